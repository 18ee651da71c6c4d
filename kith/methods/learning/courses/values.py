"""Values of a table that must be there, or be one of a few."""

from enum import StrEnum
from typing import TypeVar

from kith.methods.learning.courses.texts import NAME
from kith.methods.learning.questions.tables import Table

Kind = TypeVar("Kind", bound=StrEnum)


def needed_text(table: Table, key: str) -> str:
    """The text; empty, and a fault, when there is none."""
    found = table.text(key).strip()
    if not found and not _is_wrong(table, key, str):
        table.fault(key, "key_missing")
    return found


def keyed(table: Table) -> str:
    """Its key; empty, and a fault, when it is not one of letters, digits and hyphens."""
    found = needed_text(table, "key")
    if found and not NAME.fullmatch(found):
        table.fault("key", "key_wrong", needs="small letters, digits and hyphens")
        return ""
    return found


def needed_number(table: Table, key: str, least: int, most: int) -> int:
    """A whole number between two others; the smaller one, and a fault, when it is none."""
    if not table.has(key):
        table.fault(key, "key_missing")
        return least
    found = table.whole(key, least)
    if _is_wrong(table, key, int) or least <= found <= most:
        return found
    table.fault(key, "number_outside", found=found, least=least, most=most)
    return least


def number(table: Table, key: str, least: int, most: int) -> int | None:
    """The same for a number that need not be there."""
    return needed_number(table, key, least, most) if table.has(key) else None


def one_of(table: Table, key: str, kinds: type[Kind], usual: Kind) -> Kind:
    found = table.text(key, usual)
    if found not in set(kinds):
        table.fault(key, "key_wrong", needs=", ".join(kinds))
        return usual
    return kinds(found)


def _is_wrong(table: Table, key: str, kind: type[object]) -> bool:
    """Whether the table has complained about the value already."""
    value = table.values.get(key)
    return value is not None and (type(value) is not kind or (isinstance(value, int) and value < 0))
