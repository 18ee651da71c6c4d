"""Breaks each safeguard once, in a copy of the house, and sees its test fail.

A safeguard whose test still passes after its one-line change is no safeguard: exit code 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.safeguards import Safeguard

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("kith", "tests", "requirements", "scripts", "conftest.py", "pyproject.toml")


def main(arguments: list[str]) -> int:
    """Break all safeguards, or those of the numbers given."""
    sys.path.insert(0, str(ROOT))
    safeguards = [one for one in _all() if not arguments or str(one.number) in arguments]
    silent = []
    with tempfile.TemporaryDirectory(prefix="kith-broken-") as folder:
        copy = _copy(Path(folder))
        for one in safeguards:
            noticed = _noticed(one, copy)
            print(f"{one.number:>3}  {'noticed' if noticed else 'NOT NOTICED'}  {one.test}")
            if not noticed:
                silent.append(one)
    return 1 if silent else 0


def _all() -> "list[Safeguard]":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kith.config.settings"
    import django

    django.setup()
    import tests.test_safeguards  # noqa: F401 - fills the list
    from tests.safeguards import SAFEGUARDS

    return SAFEGUARDS


def _copy(folder: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def _noticed(one: "Safeguard", copy: Path) -> bool:
    path = copy / one.file
    before = path.read_text(encoding="utf-8")
    if before.count(one.line) != 1:
        raise SystemExit(f"{one.file} has no single place for the change of {one.test}.")
    path.write_text(before.replace(one.line, one.becomes), encoding="utf-8")
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-x",
                "-p",
                "no:randomly",
                f"tests/test_safeguards.py::{one.test}",
            ],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_text(before, encoding="utf-8")
    return done.returncode == 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
