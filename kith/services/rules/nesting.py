"""Turns the flat tables of a CSV package into nested services, and back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kith.services.rules.hsds import NEAREST_FIRST, Document, link_columns, tables

Tables = dict[str, list[Document]]
Key = tuple[str, str]


def nested(found: Tables) -> tuple[list[Document], Tables]:
    """Every service with all its rows inside, and the rows that belong to no service."""
    nest = _Nest(found)
    documents = [nest.grown("service", row, frozenset()) for row in found.get("service", [])]
    return documents, nest.rest()


def _id(row: Document) -> str:
    return str(row.get("id", ""))


class _Nest:
    def __init__(self, found: Tables) -> None:
        self.found = found
        self.by_id = {
            (name, _id(row)): row for name, rows in found.items() for row in rows if _id(row)
        }
        self.shared = set(self._shared())
        self.children = self._children()
        self.used: set[int] = set()

    def _shared(self) -> Iterator[Key]:
        """Rows that others name as their one: they are shown there and not hung up again."""
        for name, table in tables().items():
            for child in table.one.values():
                for row in self.found.get(name, []):
                    yield child, str(row.get(_one_column(child), ""))

    def _children(self) -> dict[tuple[str, str, str], list[Document]]:
        """Rows by parent table, key of the parent and own table."""
        hung: dict[tuple[str, str, str], list[Document]] = defaultdict(list)
        for child, rows in self.found.items():
            parents = _parents(child)
            for row in rows:
                parent = self._parent(child, row, parents)
                if parent and (child, _id(row)) not in self.shared:
                    hung[(*parent, child)].append(row)
        return hung

    def _parent(self, child: str, row: Document, parents: list[str]) -> Key | None:
        for parent in parents:
            column, says = link_columns(parent, child)
            key = str(row.get(column, ""))
            said = str(row.get(says, "")) if says else ""
            if said in ("", parent) and (parent, key) in self.by_id:
                return parent, key
        return None

    def grown(self, name: str, row: Document, above: frozenset[Key]) -> Document:
        """A row with everything that hangs at it."""
        self.used.add(id(row))
        table, key = tables()[name], (name, _id(row))
        grown = dict(row)
        for field, child in table.one.items():
            wanted = (child, str(row.get(_one_column(child), "")))
            # A chain that leads back to where it began is left as it stands.
            if wanted in self.by_id and wanted not in above and wanted != key:
                grown[field] = self.grown(child, self.by_id[wanted], above | {key})
        for field, child in table.many.items():
            hung = self.children.get((*key, child), [])
            if hung:
                grown[field] = [self.grown(child, one, above | {key}) for one in hung]
        return grown

    def rest(self) -> Tables:
        left = {
            name: [row for row in rows if id(row) not in self.used]
            for name, rows in self.found.items()
        }
        return {name: rows for name, rows in left.items() if rows}


def _one_column(child: str) -> str:
    return f"{child}_id"


def _parents(child: str) -> list[str]:
    """The tables a row of this one can hang at, the nearest first."""
    holders = [name for name, table in tables().items() if child in table.many.values()]
    order = {name: place for place, name in enumerate(NEAREST_FIRST)}
    return sorted(holders, key=lambda name: order.get(name, len(order)))


def flat(documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Every row of nested services with its table; a row that is met again is given once."""
    seen: set[Key] = set()
    for document in documents:
        yield from _flat("service", document, seen)


def _flat(name: str, row: Document, seen: set[Key]) -> Iterator[tuple[str, Document]]:
    table, key = tables()[name], (name, _id(row))
    if key in seen:
        return
    if key[1]:
        seen.add(key)
    own = {
        field: value
        for field, value in row.items()
        if field not in table.many and field not in table.one
    }
    for field, child in table.one.items():
        inner = row.get(field)
        if isinstance(inner, dict):
            own.setdefault(_one_column(child), inner.get("id", ""))
            yield from _flat(child, inner, seen)
    yield name, own
    for field, child in table.many.items():
        for inner in row.get(field) or []:
            yield from _flat(child, _linked(name, row, child, inner), seen)


def _linked(parent: str, row: Document, child: str, inner: Document) -> Any:
    """A nested row with the column that names its parent."""
    column, says = link_columns(parent, child)
    linked = {**inner, column: inner.get(column) or row.get("id", "")}
    if says:
        linked[says] = inner.get(says) or parent
    return linked
