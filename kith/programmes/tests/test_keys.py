"""Every key of a template is read by the product: none can be set and have no effect."""

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path

from kith.programmes.rules import templates

HOUSE = Path(__file__).parents[2]
# Where a key is defined, loaded, kept, reshaped, set on a page, or listed among the settings.
OF_THE_TEMPLATE_ITSELF = {
    *("programmes/rules/templates.py", "programmes/rules/loading.py"),
    *("programmes/rules/arranging.py", "programmes/rules/reshaping.py"),
    *("programmes/rules/settings.py", "programmes/rules/changes.py"),
}
# Where a key becomes a sentence on a page.
SAID = {
    *("programmes/rules/sentences.py", "programmes/rules/weeks.py"),
    *("programmes/views/told.py", "programmes/views/programmes.py"),
}
ONLY_SAID = {
    *("minimum_weeks", "renewable"),
    *("planned_meetings", "message_every_weeks", "modules", "live_sessions", "also"),
}
"""Keys that people read and act on; no rule of Kith follows from them. The list only shrinks."""

OF_COURSES = ("learning/", "methods/learning/", "config/commands/package.py", "config/preview/")
"""A course has modules of its own; what reads them knows no template."""


def keys_of(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def shapes() -> list[type]:
    """Every record of a template file."""
    found = [one for one in vars(templates).values() if isinstance(one, type)]
    return [one for one in found if is_dataclass(one) and one.__module__ == templates.__name__]


def all_keys() -> set[str]:
    return {key for kind in shapes() for key in keys_of(kind)}


def is_read_elsewhere(path: str) -> bool:
    own = path in OF_THE_TEMPLATE_ITSELF or path.startswith(("programmes/forms/", *OF_COURSES))
    return not own and "/tests/" not in path and "/migrations/" not in path


def reads(*, said: bool) -> set[str]:
    """The names of attributes that the code of the product reads; with those only said or not."""
    found: set[str] = set()
    for path in HOUSE.rglob("*.py"):
        place = path.relative_to(HOUSE).as_posix()
        if is_read_elsewhere(place) and (said or place not in SAID):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
            found |= {node.attr for node in nodes if isinstance(node.ctx, ast.Load)}
    return found


def test_every_key_is_read_outside_its_definition_loader_and_form() -> None:
    assert all_keys() - reads(said=True) == set()


def test_a_key_that_rules_something_does_more_than_stand_on_a_page() -> None:
    assert all_keys() - reads(said=False) - ONLY_SAID == set()


def test_nothing_is_excused_that_rules_something_by_now() -> None:
    assert ONLY_SAID - all_keys() == set()
    assert ONLY_SAID & reads(said=False) == set()
