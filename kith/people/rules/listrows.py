"""Rows of a list as plain data that can be kept, and back."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kith.base import vault
from kith.methods.tables import (
    CheckedRow,
    Children,
    Column,
    Kind,
    LeaveOut,
    LeftOut,
    Remark,
    Row,
    Table,
)
from kith.methods.tables.mapping import reason_left_out
from kith.methods.tables.table import Sheet, Why, Workbook
from kith.people.rules.tokens import Spoken

NEVER_TAKEN = frozenset({LeaveOut.FORBIDDEN, LeaveOut.IDENTITY_NUMBER})
DATES = ("waiting_since", "trained_until", "record_check_until")
Plain = dict[str, Any]


def plain_values(values: Mapping[str, Any]) -> Plain:
    """Recognised values as JSON."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Children):
        return {"count": value.count, "bands": list(value.bands)}
    if isinstance(value, tuple):
        return [list(part) if isinstance(part, tuple) else part for part in value]
    return value


def day(values: Mapping[str, Any], key: str) -> date | None:
    """A date among kept values."""
    text = values.get(key)
    return date.fromisoformat(text) if text else None


def plain_remarks(row: CheckedRow) -> list[list[Any]]:
    """Remarks as JSON: code, parameters, column."""
    return [[one.code, one.params, one.column] for one in row.remarks]


def remarks_of(kept: Sequence[Sequence[Any]] | None) -> list[Remark]:
    """Kept remarks."""
    return [Remark(code, params, column) for code, params, column in kept or ()]


def fingerprint(organisation_id: object, kind: str, values: Plain) -> str:
    """A keyed hash of a whole row: the same row in the next list has the same."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return vault.blind_hex(f"import|{organisation_id}|{kind}", text)


def headings_hash(organisation_id: object, headings: Sequence[str]) -> str:
    """A keyed hash of the headings of a list, in any order."""
    text = json.dumps(sorted(heading.strip().casefold() for heading in headings))
    return vault.blind_hex(f"headings|{organisation_id}", text)


def spoken_of(values: Plain) -> Spoken:
    """What of a row can be searched."""
    name = str(values.get("name", ""))
    return Spoken(
        names=(name,) if name else (),
        phone=str(values.get("phone", "")),
        email=str(values.get("email", "")),
    )


def reading_of(table: Table, kind: Kind) -> Plain:
    """What the next pages need to know of a file: columns with samples, sheets, rows left out.

    Of columns that are never taken not even samples are kept.
    """
    never = {
        column.heading: reason.value
        for column in table.columns
        if (reason := reason_left_out(table, column, kind)) in NEVER_TAKEN
    }
    return {
        "sheet": table.sheet.name,
        "sheets": list(table.sheet_names),
        "columns": [
            [one.index, one.letter, one.heading, [] if one.heading in never else [*one.samples]]
            for one in table.columns
        ],
        "never": never,
        "rows": len(table.rows),
        "read": table.rows_read,
        "left_out": [[part.first, part.last, part.why.value, part.text] for part in table.left_out],
    }


def columns_of(reading: Plain) -> tuple[Column, ...]:
    """The columns of a file that was read."""
    return tuple(
        Column(index, letter, heading, tuple(samples))
        for index, letter, heading, samples in reading["columns"]
    )


def left_out_of(reading: Plain) -> list[LeftOut]:
    """The rows of a file that are no entries."""
    return [LeftOut(first, last, Why(why), text) for first, last, why, text in reading["left_out"]]


def with_corrections(table: Table, corrections: Mapping[int, Mapping[str, str]]) -> Table:
    """The table with cells corrected by hand: row number → heading → text."""
    if not corrections:
        return table
    rows = tuple(
        corrected(row, table.columns, corrections[row.number]) if row.number in corrections else row
        for row in table.rows
    )
    return Table(
        table.workbook, table.sheet, table.heading_rows, table.columns, rows, table.left_out
    )


def corrected(row: Row, columns: Sequence[Column], typed: Mapping[str, str]) -> Row:
    """A row whose cells were typed anew."""
    width = max([len(row.cells), *(column.index + 1 for column in columns)])
    cells = [row.cell(index) for index in range(width)]
    formulas = dict(row.formulas)
    for column in columns:
        if column.heading in typed:
            cells[column.index] = typed[column.heading].strip() or None
            formulas.pop(column.index, None)
    return Row(row.number, tuple(cells), formulas)


def table_of_one(reading: Plain, number: int, typed: Mapping[str, str]) -> Table:
    """A table of one row, for reading a corrected row again without its file."""
    columns = columns_of(reading)
    row = corrected(Row(number, ()), columns, typed)
    sheet = Sheet(reading["sheet"], (row,))
    return Table(Workbook("", "csv", (sheet,)), sheet, (), columns, (row,), ())


def kind_of(side_kind: str) -> Kind:
    """Participants or mentors. Raises ValueError for anything else."""
    return Kind(side_kind)
