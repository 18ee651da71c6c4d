"""Agreed expenses as the bookkeeping takes them: one line for each expense, nobody accompanied."""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

COLUMNS = ("who", "day", "kind", "amount", "currency", "receipt", "programme", "agreed_on",
           "agreed_by", "paid_on")  # fmt: skip
WIDTHS = (28, 12, 28, 12, 10, 10, 28, 12, 28, 12)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class BookLine:
    """One expense; `amount` in units of the currency with two places."""

    who: str
    day: date
    kind: str
    amount: Decimal
    currency: str
    receipt: str
    programme: str
    agreed_on: date | None
    agreed_by: str
    paid_on: date | None


def in_units(cents: int) -> Decimal:
    """Whole cents as an amount with two places, without rounding."""
    return Decimal(cents).scaleb(-2)


def as_csv(lines: Sequence[BookLine]) -> str:
    """The list as CSV, days as 2026-11-30, amounts as 12.50."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for line in lines:
        table.writerow(["" if cell is None else _safe(str(cell)) for cell in astuple(line)])
    return written.getvalue()


def as_xlsx(lines: Sequence[BookLine]) -> bytes:
    """The list as a spreadsheet: days are days there, amounts are numbers, texts are texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("expenses")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJ"[number]].width = width
    sheet.append([_bold(sheet, name) for name in COLUMNS])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in astuple(line)])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _bold(sheet: object, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: object, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, Decimal):
        cell.number_format = "0.00"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str):
        # A spreadsheet must not take a name for a formula.
        cell.data_type = "s"
    return cell


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
