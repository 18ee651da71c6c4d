"""What people decide about single rows: corrections, and who is who."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands.imports.checking import match_rows, report_of
from kith.people.commands.imports.reading import ImportBusy, locked
from kith.people.commands.imports.storing import store_these
from kith.people.models import ImportBatch, ImportRow
from kith.people.permissions import IMPORT_PEOPLE
from kith.people.rules import Choice, ImportState, RowState
from kith.people.rules.listrows import (
    fingerprint,
    plain_remarks,
    plain_values,
    table_of_one,
)
from kith.people.rules.tokens import Hasher


class StillToCorrect(Refused):
    """A corrected row still has something that keeps it out."""

    sentence = _("Something still needs correcting. What you typed is kept.")


OPEN_STATES = (ImportState.CHECKED, ImportState.STORED, ImportState.STOPPED)


@command(IMPORT_PEOPLE, on="row")
def choose_row(actor: Actor, *, row: ImportRow, choice: str) -> ImportRow:
    """Say what shall become of a row: a new person, the same one, or left out."""
    _refuse_unless_open(row)
    row.choice = Choice(choice)
    row.save(update_fields=["choice"])
    return row


@command(IMPORT_PEOPLE, on="batch")
def choose_rows(
    actor: Actor, *, batch: ImportBatch, choices: Iterable[tuple[ImportRow, str]]
) -> ImportBatch:
    """Say of several rows of a list what shall become of them."""
    for row, choice in choices:
        _refuse_unless_open(row)
        row.choice = Choice(choice)
        row.save(update_fields=["choice"])
    return batch


@command(IMPORT_PEOPLE, on="row")
def correct_row(
    actor: Actor, *, row: ImportRow, cells: Mapping[str, str], today: date, now: datetime
) -> ImportRow:
    """Read a row again with cells typed by hand. After an import it goes in at once."""
    batch = _refuse_unless_open(row)
    report = report_of(actor, batch, table_of_one(batch.reading, row.number, cells), today)
    checked: Any = report.rows[0]
    row.cells, row.corrected = dict(cells), True
    row.values, row.remarks = plain_values(checked.values), plain_remarks(checked)
    row.has_remarks = bool(checked.remarks)
    row.state = RowState.READY if checked.good else RowState.CORRECT
    row.choice, row.twin, row.twin_row, row.twin_reason = Choice.NEW, None, None, ""
    row.fingerprint = fingerprint(batch.organisation_id, batch.kind, row.values)
    match_rows(batch, [row], Hasher(batch.organisation_id), {})
    row.save()
    goes_in = row.state == RowState.READY and row.choice in {Choice.NEW, Choice.SAME}
    if batch.state == ImportState.STORED and goes_in:
        store_these(batch, [row], today=today, now=now)
    return row


def _refuse_unless_open(row: ImportRow) -> ImportBatch:
    batch = locked(row.batch)
    if batch.state not in OPEN_STATES or row.state == RowState.DONE:
        raise ImportBusy()
    return batch
