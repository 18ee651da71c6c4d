"""The shapes a list is read into. Plain data, no rules."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | None

NO_FORMULAS: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something.

    number    as the spreadsheet program shows it, from 1
    cells     from column A on; trailing empty cells may be missing
    formulas  column index -> formula text, for formulas saved without a result (the cell is None)
    """

    number: int
    cells: tuple[Value, ...]
    formulas: Mapping[int, str] = field(default_factory=lambda: NO_FORMULAS)

    def cell(self, index: int) -> Value:
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area: first and last row number, first and last column index, all inclusive."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """A sheet as given. `rows` holds the rows with content; the numbers in between are blank."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()

    @property
    def last_row(self) -> int:
        return self.rows[-1].number if self.rows else 0

    @cached_property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as given. `encoding` and `delimiter` are empty for xlsx."""

    filename: str
    format: str  # "xlsx" or "csv"
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""


class Why(StrEnum):
    """Why rows of the sheet are not rows of the list."""

    TITLE = "title"
    HEADING = "heading"
    BLANK = "blank"
    TOTAL = "total"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows `first` to `last` (inclusive, one kind) that are no entries of the list."""

    first: int
    last: int
    why: Why
    text: str = ""

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list. `heading` is unique in the table; `samples` are up to 5 cells."""

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The list found in a workbook.

    rows      the entries; every other row number up to `rows_read` is in `left_out`
    sheet     the sheet as given, for writing it back with remarks
    """

    workbook: Workbook
    sheet: Sheet
    heading_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def rows_read(self) -> int:
        """Rows from the first to the last with content: entries plus rows left out."""
        return self.sheet.last_row

    @property
    def sheet_names(self) -> tuple[str, ...]:
        return tuple(sheet.name for sheet in self.workbook.sheets)
