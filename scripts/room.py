"""Make a new room: its folder with every shelf, a first test, and the three lines outside it.

A room is one part of the life of a case (docs/generated/floors.md). It stands on the floor above
the room named with --above, and may import that room and all below it.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / ".importlinter"
SETTINGS = ROOT / "kith" / "config" / "settings.py"
ADDRESSES = ROOT / "kith" / "config" / "urls.py"

SHELVES = {
    "rules.py": '"""States, deadlines and thresholds, as data and pure functions."""\n',
    "events.py": '"""Facts that this room announces to the rooms above."""\n',
    "models.py": '"""Tables of this room."""\n',
    "permissions.py": '"""Who may do what in this room."""\n',
    "queries.py": '"""What the pages of this room read; the first argument is the actor."""\n',
    "commands.py": '"""Every act of this room, one function each."""\n',
    "forms.py": '"""The shape of what people type in this room."""\n',
    "views.py": '"""The pages of this room."""\n',
    "jobs.py": '"""The work of this room behind the pages."""\n',
    "wiring.py": (
        '"""What this room plugs into the house."""\n\n\n'
        "def plug_in() -> None:\n"
        '    """Called once when Django is ready."""\n'
    ),
    "urls.py": (
        '"""Addresses of this room."""\n\n'
        "from django.urls import URLPattern\n\n"
        'app_name = "{name}"\n\n'
        "urlpatterns: list[URLPattern] = []\n"
    ),
    "apps.py": (
        "from django.apps import AppConfig\n\n\n"
        "class {title}Config(AppConfig):\n"
        '    name = "kith.{name}"\n'
        '    label = "{name}"\n\n'
        "    def ready(self) -> None:\n"
        "        from kith.{name} import wiring  # noqa: PLC0415 - models are ready only now\n\n"
        "        wiring.plug_in()\n"
    ),
    "__init__.py": "",
    "migrations/__init__.py": "",
    "tests/__init__.py": "",
    "tests/factories.py": '"""Records of this room for tests, one factory for each table."""\n',
    "tests/test_rules.py": '"""The rules of this room."""\n',
    "README.md": (
        "# {title}\n\nPurpose: one sentence: which part of the life of a case is this?\n\n"
        "Words: the terms of docs/words.md that belong here.\n\n"
        "Data in: what people type and what lower rooms give.\n\n"
        "Data out: what upper rooms may ask, and the facts that are announced.\n"
    ),
}
EMPTY_FOLDERS = ("content", "templates/{name}", "static/{name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="one lower-case word, such as visits")
    parser.add_argument("--above", required=True, metavar="ROOM", help="the room just below")
    options = parser.parse_args()
    problem = _problem(options.name, options.above)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    _write(options.name)
    _tell_the_house(options.name, options.above)
    print(f"Made kith/{options.name}. Begin with its words, then rules, models, permissions.")
    print("Then run make records and make check.")
    return 0


def _problem(name: str, above: str) -> str:
    if not re.fullmatch(r"[a-z]{3,20}", name):
        return "Name the room with one lower-case word: make room NAME=visits ABOVE=mentoring"
    if (ROOT / "kith" / name).exists():
        return f"kith/{name} exists already."
    if not re.search(rf"^    {re.escape(above)}$", FLOORS.read_text("utf-8"), re.MULTILINE):
        return (
            f"There is no floor {above or 'without a name'}: docs/generated/floors.md lists them."
        )
    return ""


def _write(name: str) -> None:
    room = ROOT / "kith" / name
    for shelf, text in SHELVES.items():
        (room / shelf).parent.mkdir(parents=True, exist_ok=True)
        (room / shelf).write_text(text.format(name=name, title=name.capitalize()), "utf-8")
    for folder in EMPTY_FOLDERS:
        place = room / folder.format(name=name)
        place.mkdir(parents=True, exist_ok=True)
        (place / ".gitkeep").touch()


def _tell_the_house(name: str, above: str) -> None:
    _insert(
        FLOORS,
        rf"^(    # .*\n)(?=    {above}$)",
        f"    # say here what {name} is for\n    {name}\n",
    )
    _insert(FLOORS, rf"^(?=    kith\.{above}$)", f"    kith.{name}\n")
    _add_contract(name)
    _insert(SETTINGS, rf'^(?=    "kith\.{above}",$)', f'    "kith.{name}",\n')
    _insert(ADDRESSES, r"^(?=\])", f'    *_room("kith.{name}", "{name}/"),\n')


def _insert(file: Path, place: str, line: str) -> None:
    """Put a line before the first place that fits; the place itself stays."""
    text = file.read_text("utf-8")
    found = re.search(place, text, re.MULTILINE)
    if found is None:
        raise SystemExit(
            f"{file.relative_to(ROOT)} has changed its shape: add {line.strip()} by hand."
        )
    file.write_text(text[: found.start()] + line + text[found.start() :], "utf-8")


def _add_contract(name: str) -> None:
    inner = "".join(
        f"    kith.{name}.{one}\n" for one in ("urls", "views", "forms", "jobs", "wiring")
    )
    contract = (
        f"\n[importlinter:contract:{name}]\nname = The inner files of {name} stay inside\n"
        f"type = protected\nprotected_modules =\n{inner}"
        f"allowed_importers =\n    kith.{name}\n    kith.config\n"
    )
    with FLOORS.open("a", encoding="utf-8") as file:
        file.write(contract)


if __name__ == "__main__":
    sys.exit(main())
