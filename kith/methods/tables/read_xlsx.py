"""XLSX files, read row by row with openpyxl's read-only mode."""

import datetime as dt
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple, range_boundaries

from kith.methods.tables.errors import (
    EmptyFile,
    FileTooLarge,
    FileWithMacros,
    NotAListFile,
    OtherSpreadsheet,
    TooManyRows,
    UnreadableTable,
)
from kith.methods.tables.table import NO_FORMULAS, Merge, Row, Sheet, Value, Workbook

MOST_UNPACKED_BYTES = 300_000_000
MOST_PARTS = 5_000
WIDEST = 256

_OTHER_SPREADSHEETS = ("xl/workbook.bin", "content.xml", "Index/Document.iwa")
_FORMULA_OR_MERGE = re.compile(rb"<(?:\w+:)?(?:f|mergeCell)[ />]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass
class _Extras:
    """What read-only mode does not tell: formulas saved without a result, merged areas."""

    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)


def read_xlsx(content: bytes, filename: str, *, most_rows: int) -> Workbook:
    with _opened(content) as archive:
        _refuse_what_is_no_plain_xlsx(archive)
    try:
        sheets = _sheets(content, most_rows=most_rows)
    except UnreadableTable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads to
        raise UnreadableTable from error
    if not any(sheet.rows for sheet in sheets):
        raise EmptyFile
    return Workbook(filename, "xlsx", sheets)


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise UnreadableTable from error


def _refuse_what_is_no_plain_xlsx(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise FileTooLarge
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileWithMacros
    if names.intersection(_OTHER_SPREADSHEETS):
        raise OtherSpreadsheet
    if "xl/workbook.xml" not in names:
        raise NotAListFile
    if any(_declares_entities(archive, name) for name in names if name.endswith((".xml", ".rels"))):
        raise UnreadableTable


def _declares_entities(archive: zipfile.ZipFile, name: str) -> bool:
    """No spreadsheet program writes a DOCTYPE; entity bombs need one."""
    try:
        with archive.open(name) as part:
            return _DOCTYPE.search(part.read(4096)) is not None
    # A lock and an unknown packing are RuntimeErrors, a damaged stream is an error of zlib.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise UnreadableTable from error


def _sheets(content: bytes, *, most_rows: int) -> tuple[Sheet, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it passes over
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return tuple(_sheet(sheet, content, most_rows=most_rows) for sheet in book.worksheets)
        finally:
            book.close()


def _sheet(sheet: Any, content: bytes, *, most_rows: int) -> Sheet:
    extras = _extras(content, sheet._worksheet_path)  # the only place that names the part
    rows = tuple(_rows(sheet, extras, most_rows=most_rows))
    hidden = sheet.sheet_state != "visible"
    return Sheet(sheet.title, rows, hidden=hidden, merges=tuple(extras.merges))


def _rows(sheet: Any, extras: _Extras, *, most_rows: int) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write a dimension that is too small
    count = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        formulas = dict(extras.formulas.get(number, NO_FORMULAS))
        values = _trimmed(_value(cell, formulas) for cell in cells[:WIDEST])
        if not values and not formulas:
            continue
        count += 1
        if count > most_rows:
            raise TooManyRows(limit=most_rows)
        yield Row(number, values, formulas or NO_FORMULAS)


def _trimmed(values: Iterator[Value]) -> tuple[Value, ...]:
    kept = list(values)
    while kept and kept[-1] is None:
        kept.pop()
    return tuple(kept)


def _value(cell: Any, formulas: dict[int, str]) -> Value:
    value = cell.value
    if isinstance(value, str):
        return _text(cell, value, formulas)
    if isinstance(value, bool | dt.date | dt.time):
        return value
    if isinstance(value, int | float):
        return _number(cell, value)
    return None if value is None else str(value)


def _text(cell: Any, value: str, formulas: dict[int, str]) -> str | None:
    if cell.data_type == "e":
        formulas[cell.column - 1] = value
        return None
    return value.replace("_x000D_", "") if value.strip() else None


def _number(cell: Any, value: float) -> Value:
    if "%" in (cell.number_format or ""):
        return f"{value * 100:.6g}%"
    return int(value) if float(value).is_integer() else value


def _extras(content: bytes, path: str) -> _Extras:
    extras = _Extras()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if not _mentions_extras(archive, path):
            return extras
        with archive.open(path) as part:
            for _, element in iterparse(part):  # noqa: S314 - a DOCTYPE was refused before
                _take_extras(element, extras)
    return extras


def _mentions_extras(archive: zipfile.ZipFile, path: str) -> bool:
    """A quick look, so that plain lists are parsed only once."""
    tail = b""
    with archive.open(path) as part:
        while chunk := part.read(1 << 20):
            if _FORMULA_OR_MERGE.search(tail + chunk):
                return True
            tail = chunk[-40:]
    return False


def _take_extras(element: Element, extras: _Extras) -> None:
    tag = element.tag.rpartition("}")[2]
    if tag == "c":
        _take_formula(element, extras)
    elif tag == "mergeCell":
        left, top, right, bottom = range_boundaries(element.get("ref"))
        extras.merges.append(Merge(top, bottom, left - 1, right - 1))
    elif tag == "row":
        element.clear()


def _take_formula(cell: Element, extras: _Extras) -> None:
    space = cell.tag.rpartition("}")[0] + "}" if "}" in cell.tag else ""
    formula = cell.find(f"{space}f")
    place = cell.get("r")
    if formula is None or place is None:
        return
    result = cell.findtext(f"{space}v")
    if result or (result is not None and cell.get("t") == "str"):  # "" can be a result of text
        return
    row, column = coordinate_to_tuple(place)
    extras.formulas.setdefault(row, {})[column - 1] = "=" + (formula.text or "…")
