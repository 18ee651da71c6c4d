"""The sheets of a file as rows of text, each with its number, read by pyxform."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from openpyxl import load_workbook
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData, get_xlsform
from xlrd import open_workbook

from kith.methods.instruments.findings import Finding, InstrumentRefused
from kith.methods.instruments.xlsform.columns import SHEETS_REFUSED

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".md")
MOST_ROWS = 5_000
"""Rows of one sheet."""
MOST_BYTES = 50_000_000
"""Bytes a workbook may unpack to."""
NEEDED, READ = "survey", ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """As the file counts, the headings being row 1."""
    cells: dict[str, str]
    """Heading -> text; empty cells are not there."""


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a questionnaire."""

    headings: dict[str, tuple[str, ...]]
    rows: dict[str, tuple[Row, ...]]
    findings: tuple[Finding, ...]
    definition: DefinitionData


def read_book(content: bytes, *, filename: str) -> Book:
    """The sheets of a file. Raises InstrumentRefused when it cannot be read at all."""
    suffix = PurePath(filename).suffix.lower()
    if suffix not in SUFFIXES:
        raise InstrumentRefused([Finding("file_kind", {"kind": suffix or filename})])
    if suffix in {".xlsx", ".xlsm"}:
        _check_size(content)
    definition = _definition(content, suffix)
    found = [*_sheet_findings(definition), *_lost_cells(content, suffix, definition)]
    return Book(
        headings={name: _headings(definition, name) for name in READ},
        rows={name: _rows(definition, name) for name in READ},
        findings=tuple(found),
        definition=definition,
    )


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as fault:
        raise _unreadable("it is no workbook") from fault
    if size > MOST_BYTES:
        raise InstrumentRefused([Finding("file_too_large")])


def _definition(content: bytes, suffix: str) -> DefinitionData:
    kind = ".xlsx" if suffix == ".xlsm" else suffix
    try:
        return get_xlsform(content, file_type=kind)
    except PyXFormError as fault:
        raise _unreadable(str(fault)) from fault
    # A damaged workbook can stop the reader in many ways; all of them are faults of the file.
    except Exception as fault:
        raise _unreadable(type(fault).__name__) from fault


def _unreadable(said: str) -> InstrumentRefused:
    return InstrumentRefused([Finding("file_unreadable", {"said": said})])


def _sheet_findings(definition: DefinitionData) -> Iterator[Finding]:
    names = [str(name) for name in definition.sheet_names or ()]
    lone = len(names) == 1
    if definition.survey_header is None:
        yield Finding("sheet_missing", {"sheet": NEEDED})
    for name in names:
        low = name.lower()
        if low in SHEETS_REFUSED:
            why = SHEETS_REFUSED[low]
            yield Finding("sheet_unsupported", {"sheet": name, "why": why}, sheet=name)
        elif low not in READ and not lone and not name.startswith("_"):
            yield Finding("sheet_not_read", {"sheet": name}, sheet=name)
    for name in READ:
        if len(getattr(definition, name) or ()) > MOST_ROWS:
            yield Finding("too_many_rows", {"limit": MOST_ROWS}, sheet=name)


def _headings(definition: DefinitionData, sheet: str) -> tuple[str, ...]:
    header = getattr(definition, f"{sheet}_header") or ()
    return tuple(str(name) for name in header[0]) if header else ()


def _rows(definition: DefinitionData, sheet: str) -> tuple[Row, ...]:
    found = getattr(definition, sheet) or ()
    return tuple(
        Row(number, {str(name): str(text).strip() for name, text in cells.items() if text})
        for number, cells in enumerate(found, start=2)
        if cells
    )


def _lost_cells(content: bytes, suffix: str, definition: DefinitionData) -> Iterator[Finding]:
    """Cells that the reader of the standard leaves out without a word."""
    if suffix == ".md":
        return
    grids = _xls_cells(content) if suffix == ".xls" else _xlsx_cells(content)
    names = [str(name) for name in definition.sheet_names or ()]
    for sheet, rows in grids:
        read = "survey" if len(names) == 1 else sheet.lower()
        if read in READ:
            last = len(getattr(definition, read) or ()) + 1
            yield from _lost(rows, sheet=read, last_row=last)


def _lost(rows: Iterator[tuple[object, ...]], *, sheet: str, last_row: int) -> Iterator[Finding]:
    headed = {at for at, value in enumerate(next(rows, ())) if str(value or "").strip()}
    empty_before = _gap(headed)
    for number, cells in enumerate(rows, start=2):
        filled = {at for at, value in enumerate(cells) if str(value or "").strip()}
        if filled and number > last_row:
            yield Finding("rows_after_gap", sheet=sheet, row=number)
            return
        for at in sorted(filled - headed):
            shown = str(cells[at])[:40]
            yield Finding("value_without_heading", {"text": shown}, sheet=sheet, row=number)
        if any(at > empty_before for at in filled & headed):
            yield Finding("columns_after_gap", sheet=sheet, row=number)
            return


def _gap(headed: set[int]) -> int:
    """The last column before more than 20 without a heading."""
    last = -1
    for at in sorted(headed):
        if at - last > 20:
            break
        last = at
    return last


def _xlsx_cells(content: bytes) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield sheet.title, sheet.iter_rows(values_only=True, max_row=MOST_ROWS * 2)
    finally:
        book.close()


def _xls_cells(content: bytes) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    book = open_workbook(file_contents=content)
    for sheet in book.sheets():
        yield sheet.name, (tuple(sheet.row_values(at)) for at in range(sheet.nrows))
