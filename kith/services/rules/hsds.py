"""The tables of the Human Services Data Specification 3.2, as the standard publishes them."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent.parent / "content"
VERSION = "3.2"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")

Document = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One table: many and one say which of its fields hold rows of which other table."""

    name: str
    path: str
    columns: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    many: dict[str, str] = field(default_factory=dict)
    one: dict[str, str] = field(default_factory=dict)


@cache
def tables() -> dict[str, Table]:
    """All tables by name, in the order of the standard."""
    stored = tomllib.loads((CONTENT / "hsds.toml").read_text("utf-8"))
    return {name: _table(name, given) for name, given in stored.items()}


def _table(name: str, given: Document) -> Table:
    return Table(
        name=name,
        path=given["path"],
        columns=tuple(given["columns"]),
        numbers=frozenset(given.get("numbers", ())),
        required=tuple(given["required"]),
        many=given.get("many", {}),
        one=given.get("one", {}),
    )


def link_columns(parent: str, child: str) -> tuple[str, str]:
    """The column of a child that names its parent's row, and the one that names its table."""
    if child == "attribute":
        return "link_id", "link_entity"
    if child == "metadata":
        return "resource_id", "resource_type"
    return f"{parent}_id", ""


# Where one row names several parents it hangs at the first of these; no row is drawn twice.
NEAREST_FIRST = (
    "contact",
    "phone",
    "service_at_location",
    "service",
    "location",
    "program",
    "organization",
)
