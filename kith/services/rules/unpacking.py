"""Opens a CSV package: only what a directory needs, never more than it may weigh."""

import csv
import io
import json
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

from kith.services.rules.faults import FileFault, Unreadable
from kith.services.rules.hsds import Document, Table, tables

MOST_FILES = 80
MOST_BYTES = 256 * 1024 * 1024
# Text packs about tenfold; what unfolds to more than that from nothing is no directory.
MOST_UNFOLDED = 200
SMALL = 1024 * 1024

Tables = dict[str, list[Document]]


def tables_of(content: bytes) -> tuple[Tables, list[int]]:
    """The rows of each table of a package, and the line of each service. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive.infolist())
            return _read(archive)
    # A lock and an unknown packing are RuntimeErrors, a damaged stream is an error of zlib.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as fault:
        raise Unreadable(FileFault.ZIP) from fault


def _check(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MOST_FILES:
        raise Unreadable(FileFault.TOO_MANY_FILES)
    for file in files:
        path = PurePosixPath(file.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in file.filename or ":" in str(path):
            raise Unreadable(FileFault.PATH, file.filename)
        if file.flag_bits & 1:
            raise Unreadable(FileFault.LOCKED, file.filename)
        unfolds = file.file_size > max(SMALL, MOST_UNFOLDED * file.compress_size)
        if unfolds or sum(one.file_size for one in files) > MOST_BYTES:
            raise Unreadable(FileFault.BOMB, file.filename)


def _read(archive: zipfile.ZipFile) -> tuple[Tables, list[int]]:
    named = _names_of_resources(archive)
    found: Tables = {}
    lines: list[int] = []
    for file in archive.infolist():
        path = PurePosixPath(file.filename)
        if path.suffix.lower() != ".csv":
            continue
        table = named.get(path.name) or _table_of(path.stem)
        rows = _rows(_bytes(archive, file), table, path.name)
        found.setdefault(table, []).extend(row for row, _line in rows)
        if table == "service":
            lines.extend(line for _row, line in rows)
    return found, lines


def _bytes(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> bytes:
    """At most what the file says it unfolds to: a package may lie about its size."""
    with archive.open(file) as opened:
        content = opened.read(file.file_size + 1)
    if len(content) > file.file_size:
        raise Unreadable(FileFault.BOMB, file.filename)
    return content


def _names_of_resources(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which file is which table, where the description of the package says so."""
    for file in archive.infolist():
        if PurePosixPath(file.filename).name == "datapackage.json":
            return _described(_bytes(archive, file))
    return {}


def _described(content: bytes) -> dict[str, str]:
    try:
        given = json.loads(content.decode("utf-8-sig"))
        return {
            PurePosixPath(one["path"]).name: _table_of(one["name"]) for one in given["resources"]
        }
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable(FileFault.JSON, "datapackage.json") from fault


def _table_of(name: str) -> str:
    """The table of a file by its name, in the singular or plural; the name itself if unknown."""
    wanted = name.lower()
    for table in tables().values():
        if wanted in (table.name, PurePosixPath(table.path).stem, f"{table.name}s"):
            return table.name
    return {"services_at_location": "service_at_location", "fundings": "funding"}.get(
        wanted, wanted
    )


def _rows(content: bytes, name: str, part: str) -> list[tuple[Document, int]]:
    text = _text(content, part)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    table = tables().get(name)
    try:
        return [(_row(row, table), reader.line_num) for row in reader]
    except csv.Error as fault:
        raise Unreadable(FileFault.CSV, f"{part}:{reader.line_num}") from fault


def _text(content: bytes, part: str) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(FileFault.ENCODING, part) from fault


def _row(row: dict[str | None, Any], table: Table | None) -> Document:
    """The cells that say something; more cells than headings are no row of a table."""
    if None in row:
        raise csv.Error("more cells than headings")
    numbers = table.numbers if table else frozenset()
    return {
        name.strip(): _number(cell) if name.strip() in numbers else cell
        for name, cell in row.items()
        if name and cell not in (None, "")
    }


def _number(cell: str) -> int | float | str:
    """A number as it is written; what is none stays text and is reported."""
    for kind in (int, float):
        try:
            found = kind(cell)
        except ValueError:
            continue
        return found if found == found and abs(found) != float("inf") else cell  # noqa: PLR0124
    return cell
