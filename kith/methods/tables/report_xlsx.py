"""The sheet as it was given, with a column of remarks, as an XLSX file."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook as XlsxWorkbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from kith.methods.tables.remarks import ROW_SENTENCES, Remark, Severity
from kith.methods.tables.report import Report
from kith.methods.tables.table import LeftOut, Row, Table, Value

LONGEST_CELL = 32_000

_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TO_CORRECT = PatternFill("solid", fgColor="FBE3D6")
_TO_LOOK_AT = PatternFill("solid", fgColor="FFF6D6")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class ReportWords:
    """The words of the remarks column; pages give them in the reader's language."""

    heading: str = "Remarks"
    to_correct: str = "To correct"
    to_look_at: str = "Please look"
    not_an_entry: str = "Not an entry"
    sheet: str = "List"
    sentence: Callable[[Remark], str] = lambda found: found.sentence
    why: Callable[[LeftOut], str] = lambda part: ROW_SENTENCES[part.why]


def write_report_xlsx(table: Table, report: Report, *, words: ReportWords | None = None) -> bytes:
    """All rows at their old places, remarks in the first free column.

    Text that begins like a formula is written as text, never as a formula.
    """
    words = words or ReportWords()
    book = XlsxWorkbook(write_only=True)
    sheet = book.create_sheet(_title(table.sheet.name or words.sheet))
    place = table.sheet.width
    sheet.column_dimensions[get_column_letter(place + 1)].width = 70
    if table.heading_rows:
        sheet.freeze_panes = f"A{table.heading_rows[-1] + 1}"
    remarks = _remark_cells(table, report, words, sheet)
    number = 0
    for row in table.sheet.rows:
        for _ in range(row.number - number - 1):
            sheet.append([])
        number = row.number
        cells = [_cell(sheet, value) for value in _padded(row, place)]
        sheet.append([*cells, remarks.get(number)] if number in remarks else cells)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _remark_cells(table: Table, report: Report, words: ReportWords, sheet: Any) -> dict[int, Any]:
    """Row number -> the cell of the remarks column."""
    cells: dict[int, Any] = {}
    for part in report.left_out:
        if part.first == part.last and part.why not in {"title", "blank", "heading"}:
            cells[part.first] = _cell(sheet, f"{words.not_an_entry}: {words.why(part)}")
    for row in report.rows:
        if row.remarks:
            cells[row.number] = _remark_cell(sheet, row.remarks, words)
    heading = _cell(sheet, words.heading)
    heading.font = Font(bold=True)
    cells[table.heading_rows[-1] if table.heading_rows else 0] = heading
    return cells


def _remark_cell(sheet: Any, remarks: Iterable[Remark], words: ReportWords) -> Any:
    """One line for each remark, those to correct first; the colour only repeats the words."""
    ordered = sorted(remarks, key=lambda found: found.severity is not Severity.CORRECT)
    cell = _cell(sheet, "\n".join(_line(found, words) for found in ordered))
    cell.alignment = _WRAPPED
    cell.fill = _TO_CORRECT if ordered[0].severity is Severity.CORRECT else _TO_LOOK_AT
    return cell


def _line(found: Remark, words: ReportWords) -> str:
    label = words.to_correct if found.severity is Severity.CORRECT else words.to_look_at
    place = f" ({found.column})" if found.column else ""
    return f"{label}{place}: {words.sentence(found)}"


def _padded(row: Row, width: int) -> list[Value]:
    """The cells of a row, with formulas without a result as their text."""
    cells = [row.cell(index) for index in range(width)]
    return [row.formulas.get(index, cell) for index, cell in enumerate(cells)]


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, dt.datetime | dt.date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    text = _NOT_ALLOWED.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=text)
    if text.startswith(_STARTS_A_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _title(name: str) -> str:
    return _NOT_IN_TITLES.sub(" ", _NOT_ALLOWED.sub("", name)).strip("' ")[:31] or "List"
