"""Reading every row of a list: what it says, what is to be corrected, who is here already."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods import names, tables
from kith.methods.tables import CheckedRow, Duplicate, Report, Table, check_rows
from kith.methods.tables.text import shown
from kith.people.commands.imports.reading import locked, move, table_of
from kith.people.models import ImportBatch, ImportRow
from kith.people.permissions import IMPORT_PEOPLE
from kith.people.queries.imports import Known, known_fingerprints, stored_twins
from kith.people.rules import Choice, ImportState, RowState
from kith.people.rules.listrows import (
    fingerprint,
    kind_of,
    plain_remarks,
    plain_values,
    with_corrections,
)
from kith.people.rules.tokens import Hasher

ROWS_TOGETHER = 1_000
MOST_UNKNOWN = 60
UNKNOWN_WORDS = {
    "language_unknown": "languages",
    "topic_unknown": "needs",
    "availability_unknown": "availability",
}

Item = TypeVar("Item")


@command(IMPORT_PEOPLE, on="batch")
def check_list(actor: Actor, *, batch: ImportBatch, today: date) -> ImportBatch:
    """Read every row of a long list and keep what was found; nobody is stored yet."""
    batch = locked(batch)
    if batch.state != ImportState.CHECKING:
        return batch
    check_rows_of(actor, batch, today)
    return move(batch, ImportState.CHECKED)


def check_rows_of(actor: Actor, batch: ImportBatch, today: date) -> Report:
    """Read every row again; what people corrected or decided before stays."""
    before = decided(batch)
    table = with_corrections(table_of(batch), before.cells)
    report = report_of(actor, batch, table, today)
    ImportRow.objects.filter(batch=batch).delete()
    store_checked(batch, report, table, before)
    batch.findings = {**(batch.findings or {}), "unknown": unknown_words(report)}
    batch.total = len(report.rows)
    return report


def report_of(actor: Actor, batch: ImportBatch, table: Table, today: date) -> Report:
    """What a list says, row by row."""
    country = actor.organisation.country if actor.organisation else ""
    mapping = tables.Mapping.from_dict(batch.mapping)
    kind = kind_of(batch.kind)
    return check_rows(table, mapping, kind=kind, today=today, country=country, names=names)


@dataclass(frozen=True)
class Decided:
    """What people said about rows before the list was read again."""

    cells: Mapping[int, Mapping[str, str]]
    left: frozenset[int]


def decided(batch: ImportBatch) -> Decided:
    """What people said about the rows of a list so far."""
    rows = ImportRow.objects.filter(batch=batch)
    left = rows.filter(choice=Choice.LEAVE).values_list("number", flat=True)
    corrected = {row.number: row.cells or {} for row in rows.filter(corrected=True)}
    return Decided(corrected, frozenset(left))


def store_checked(batch: ImportBatch, report: Report, table: Table, before: Decided) -> None:
    """Keep the rows of a report, part by part, with whom they may be."""
    hashed = Hasher(batch.organisation_id)
    repeats = {pair.row: pair for pair in report.duplicates}
    cells = _cells_to_correct(report, table)
    for part in parts(report.rows, ROWS_TOGETHER):
        rows = [_row(batch, one, cells.get(one.number), before) for one in part]
        match_rows(batch, rows, hashed, repeats)
        ImportRow.objects.bulk_create(rows)


def parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Pieces of a sequence, one after the other."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _cells_to_correct(report: Report, table: Table) -> dict[int, dict[str, str]]:
    """What stands in the cells of rows that someone must correct, as it was written."""
    wanted = {row.number for row in report.rows_to_correct}
    taken = [
        column for column, use in zip(table.columns, report.columns, strict=True) if use.target
    ]
    return {
        row.number: {column.heading: shown(row.cell(column.index)) for column in taken}
        for row in table.rows
        if row.number in wanted
    }


def _row(
    batch: ImportBatch, checked: CheckedRow, cells: dict[str, str] | None, before: Decided
) -> ImportRow:
    values = plain_values(checked.values)
    left = checked.number in before.left
    return ImportRow(
        organisation_id=batch.organisation_id,
        batch=batch,
        number=checked.number,
        state=RowState.READY if checked.good else RowState.CORRECT,
        choice=Choice.LEAVE if left else Choice.NEW,
        values=values,
        cells=before.cells.get(checked.number) or cells,
        corrected=checked.number in before.cells,
        remarks=plain_remarks(checked),
        has_remarks=bool(checked.remarks),
        fingerprint=fingerprint(batch.organisation_id, batch.kind, values),
    )


def match_rows(
    batch: ImportBatch,
    rows: Sequence[ImportRow],
    hashed: Hasher,
    repeats: Mapping[int, Duplicate],
) -> None:
    """Say of rows who they may be. The same row of an earlier list is known; the same name with
    the same phone or e-mail counts as the same person until someone says otherwise."""
    open_rows = [row for row in rows if row.state == RowState.READY and row.choice == Choice.NEW]
    known = known_fingerprints(batch.organisation_id, [row.fingerprint for row in open_rows])
    fresh = {row.number: row.values for row in open_rows if row.fingerprint not in known}
    twins = stored_twins(batch.organisation_id, fresh, hashed)
    for row in open_rows:
        _match(row, known.get(row.fingerprint), twins.get(row.number), repeats.get(row.number))


def _match(
    row: ImportRow, known: UUID | None, twin: Known | None, repeat: Duplicate | None
) -> None:
    if known is not None:
        row.twin_id, row.choice, row.twin_reason = known, Choice.KNOWN, "same_row"
    elif twin is not None:
        row.twin_id, row.twin_reason = twin.person_id, twin.reason
        row.choice = Choice.SAME if twin.sure else Choice.NEW
    elif repeat is not None:
        row.twin_row, row.twin_reason = repeat.earlier, repeat.code.removeprefix("duplicate_")
        row.choice = Choice.SAME if repeat.sure else Choice.NEW


def unknown_words(report: Report) -> list[list[Any]]:
    """Words nobody knows yet, the most frequent first: target, text, how often."""
    found: Counter[tuple[str, str]] = Counter()
    for row in report.rows:
        for one in row.remarks:
            target = UNKNOWN_WORDS.get(one.code)
            text = str(one.params.get("text", ""))
            # A text that was cut cannot be looked up again.
            if target and not text.endswith("…"):
                found.update((target, part) for part in text.split(", ") if part)
    return [[target, text, count] for (target, text), count in found.most_common(MOST_UNKNOWN)]
