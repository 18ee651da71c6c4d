"""Writes a directory in HSDS's JSON and as its CSV package."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from kith.services.rules.hsds import VERSION, Document, tables
from kith.services.rules.nesting import flat

Documents = Callable[[], Iterable[Document]]


def json_page(documents: Iterable[Document], total: int) -> Iterator[str]:
    """One page of the API's list of services with all of them, piece by piece."""
    head = {
        "total_items": total,
        "total_pages": 1,
        "page_number": 1,
        "size": total,
        "first_page": True,
        "last_page": True,
        "empty": total == 0,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "contents": ['
    between = ""
    for document in documents:
        yield between + json.dumps(document, ensure_ascii=False)
        between = ",\n"
    yield "]}\n"


def csv_package(
    documents: Documents, rest: dict[str, list[Document]], about: Document
) -> IO[bytes]:
    """A zip file of one table each and `datapackage.json`, ready to be read from its start.

    documents is called twice: once to know the columns, once to write.
    """
    columns = _columns(documents, rest)
    parts = {name: _Part(found) for name, found in columns.items()}
    for name, row in _rows(documents, rest):
        parts[name].write(row)
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the caller reads and closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", _described(columns, about))
        for name, part in parts.items():
            archive.writestr(_path(name), part.text())
    packed.seek(0)
    return packed


class _Part:
    """One table while it is written."""

    def __init__(self, columns: list[str]) -> None:
        self.into = io.StringIO(newline="")
        self.writer = csv.DictWriter(self.into, columns, lineterminator="\n")
        self.writer.writeheader()

    def write(self, row: Document) -> None:
        self.writer.writerow({name: _cell(value) for name, value in row.items()})

    def text(self) -> str:
        return self.into.getvalue()


def _rows(documents: Documents, rest: dict[str, list[Document]]) -> Iterator[tuple[str, Document]]:
    yield from flat(documents())
    for name, rows in rest.items():
        yield from ((name, row) for row in rows)


def _columns(documents: Documents, rest: dict[str, list[Document]]) -> dict[str, list[str]]:
    """The columns of each table that has rows: those of the standard, then any others."""
    used: dict[str, dict[str, None]] = {}
    for name, row in _rows(documents, rest):
        used.setdefault(name, {}).update(dict.fromkeys(row))
    known = tables()
    order = [*known, *(name for name in used if name not in known)]
    return {
        name: list(dict.fromkeys([*(known[name].columns if name in known else ()), *used[name]]))
        for name in order
        if name in used
    }


def _path(name: str) -> str:
    table = tables().get(name)
    return table.path if table else f"{name}.csv"


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _described(columns: dict[str, list[str]], about: Document) -> str:
    resources = [
        {
            "name": name,
            "path": _path(name),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": [_field(name, column) for column in found]},
        }
        for name, found in columns.items()
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "services",
        "hsds_version": VERSION,
        **about,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1)


def _field(name: str, column: str) -> Document:
    table = tables().get(name)
    kind = "number" if table and column in table.numbers else "string"
    must = bool(table and column in table.required)
    return {"name": column, "type": kind, **({"constraints": {"required": True}} if must else {})}
