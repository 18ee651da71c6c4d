"""Whether an entry can be kept: what HSDS requires of it, and what no database can hold."""

from collections.abc import Iterator
from typing import Any

from kith.services.rules.faults import Fault, Wrong
from kith.services.rules.hsds import STATUSES, Document, Table, tables

LONGEST_ID = 64
LONGEST_NAME = 300


def wrongs_of(document: Any) -> tuple[Wrong, ...]:
    """What is wrong with a service, at most one thing of each kind; nothing when it can go in."""
    if not isinstance(document, dict):
        return (Wrong(Fault.NOT_AN_OBJECT),)
    found = [*_basics(document), *_shapes(document, tables()["service"], "")]
    if not all(_is_storable(text) for text in _texts(document)):
        found.append(Wrong(Fault.SIGNS))
    once = {wrong.fault: wrong for wrong in reversed(found)}
    return tuple(reversed(once.values()))


def _basics(document: Document) -> Iterator[Wrong]:
    key, name = document.get("id"), document.get("name")
    if not isinstance(key, str) or not key.strip():
        yield Wrong(Fault.NO_ID, "id")
    elif len(key) > LONGEST_ID:
        yield Wrong(Fault.TOO_LONG, "id")
    if not isinstance(name, str) or not name.strip():
        yield Wrong(Fault.NO_NAME, "name")
    elif len(name) > LONGEST_NAME:
        yield Wrong(Fault.TOO_LONG, "name")
    if document.get("status") not in STATUSES:
        yield Wrong(Fault.STATUS, "status")


def _shapes(row: Document, table: Table, path: str) -> Iterator[Wrong]:
    """Numbers are numbers, lists are lists; a field without a value may say null."""
    for name, value in row.items():
        here = f"{path}{name}"
        if value is None:
            continue
        if name in table.numbers:
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield Wrong(Fault.NO_NUMBER, here)
        elif name in table.many:
            yield from _many(value, tables()[table.many[name]], here)
        elif name in table.one:
            yield from _one(value, tables()[table.one[name]], here)
        elif name in table.columns and not isinstance(value, str):
            yield Wrong(Fault.WRONG_SHAPE, here)


def _many(value: Any, table: Table, here: str) -> Iterator[Wrong]:
    if not isinstance(value, list):
        yield Wrong(Fault.WRONG_SHAPE, here)
        return
    for one in value:
        yield from _one(one, table, here)


def _one(value: Any, table: Table, here: str) -> Iterator[Wrong]:
    if isinstance(value, dict):
        yield from _shapes(value, table, f"{here}.")
    else:
        yield Wrong(Fault.WRONG_SHAPE, here)


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for name, value in found.items():
            yield name
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)


def _is_storable(text: str) -> bool:
    """The database holds neither the sign zero nor half a pair of signs."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
