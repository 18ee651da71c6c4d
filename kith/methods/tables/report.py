"""What becomes of a list: good rows, rows to correct, what is left out, possible doubles."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from kith.methods.tables.check import CheckedRow, RowReader
from kith.methods.tables.duplicates import Duplicate, NameRules, find_duplicates
from kith.methods.tables.mapping import Mapping, reason_left_out
from kith.methods.tables.remarks import COLUMN_SENTENCES, Remark, remark
from kith.methods.tables.table import Column, LeftOut, Table
from kith.methods.tables.targets import TARGETS, Kind, LeaveOut, Target
from kith.methods.tables.values.dates import date_order

DATES = frozenset({Target.WAITING_SINCE, Target.TRAINED_UNTIL, Target.RECORD_CHECK_UNTIL})
_NEVER = frozenset({LeaveOut.FORBIDDEN, LeaveOut.IDENTITY_NUMBER})


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column was taken for, or why it was left out."""

    heading: str
    letter: str
    target: Target | None
    left_out: LeaveOut | None = None
    samples: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return COLUMN_SENTENCES[self.left_out] if self.left_out else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """read == good + to_correct + left_out, always."""

    read: int
    good: int
    to_correct: int
    left_out: int


@dataclass(frozen=True)
class Report:
    kind: Kind
    rows: tuple[CheckedRow, ...]
    left_out: tuple[LeftOut, ...]
    columns: tuple[ColumnUse, ...]
    duplicates: tuple[Duplicate, ...]

    @property
    def good_rows(self) -> tuple[CheckedRow, ...]:
        return tuple(row for row in self.rows if row.good)

    @property
    def rows_to_correct(self) -> tuple[CheckedRow, ...]:
        return tuple(row for row in self.rows if not row.good)

    @property
    def totals(self) -> Totals:
        good, left_out = len(self.good_rows), sum(part.count for part in self.left_out)
        return Totals(len(self.rows) + left_out, good, len(self.rows) - good, left_out)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON without any value of a person: counts, columns, rows with remark codes."""
        totals = self.totals
        return {
            "kind": self.kind.value,
            "read": totals.read,
            "good": totals.good,
            "to_correct": totals.to_correct,
            "left_out": totals.left_out,
            "columns": [
                {"heading": use.heading, "target": use.target, "left_out": use.left_out}
                for use in self.columns
            ],
            "rows": [
                {
                    "row": row.number,
                    "good": row.good,
                    "remarks": list(map(_remark_dict, row.remarks)),
                }
                for row in self.rows
                if row.remarks
            ],
            "rows_left_out": [
                {"first": part.first, "last": part.last, "why": part.why} for part in self.left_out
            ],
        }


def check_rows(
    table: Table,
    mapping: Mapping,
    *,
    kind: Kind,
    today: dt.date,
    country: str,
    names: NameRules,
) -> Report:
    """Every row of a table recognised and judged.

    country  of the organisation ("PL"): phone numbers without a prefix, order of day and month
    names    how names are compared; `kith.methods.names` does
    """
    uses = tuple(_use(table, column, mapping, kind) for column in table.columns)
    plan = [
        (column, use.target) for column, use in zip(table.columns, uses, strict=True) if use.target
    ]
    reader = RowReader(
        plan=plan,
        mapping=mapping,
        kind=kind,
        today=today,
        country=country,
        orders=_orders(table, plan),
        width=len(table.columns),
    )
    rows = [reader.read(row) for row in table.rows]
    duplicates = find_duplicates(rows, names=names)
    told = _with_duplicates(rows, duplicates, _name_heading(plan))
    return Report(kind, tuple(told), table.left_out, uses, tuple(duplicates))


def _use(table: Table, column: Column, mapping: Mapping, kind: Kind) -> ColumnUse:
    reason = reason_left_out(table, column, kind)
    target = mapping.target(column.heading)
    if reason in _NEVER or target not in TARGETS[kind]:
        by_hand = reason is LeaveOut.UNKNOWN and mapping.leaves_out(column.heading)
        return ColumnUse(
            column.heading,
            column.letter,
            None,
            LeaveOut.BY_HAND if by_hand else reason,
            () if reason in _NEVER else column.samples,
        )
    return ColumnUse(column.heading, column.letter, target, samples=column.samples)


def _orders(table: Table, plan: list[tuple[Column, Target]]) -> dict[int, str]:
    return {
        column.index: date_order(row.cell(column.index) for row in table.rows)
        for column, target in plan
        if target in DATES
    }


def _name_heading(plan: list[tuple[Column, Target]]) -> str:
    wanted = (Target.NAME, Target.LAST_NAME, Target.FIRST_NAME)
    return next(
        (column.heading for name in wanted for column, target in plan if target is name), ""
    )


def _with_duplicates(
    rows: list[CheckedRow], duplicates: list[Duplicate], heading: str
) -> list[CheckedRow]:
    """The rows with a remark on both sides of each pair."""
    said: dict[int, list[Remark]] = defaultdict(list)
    for pair in duplicates:
        said[pair.row].append(remark(pair.code, row=pair.earlier).at(heading))
        said[pair.earlier].append(remark(pair.code, row=pair.row).at(heading))
    return [
        replace(row, remarks=(*row.remarks, *said[row.number])) if row.number in said else row
        for row in rows
    ]


def _remark_dict(found: Remark) -> dict[str, Any]:
    return {"code": found.code, "column": found.column, "severity": found.severity}
