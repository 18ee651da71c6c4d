"""The first steps of an import: the file, its columns, the words in it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.base import files
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods.tables import (
    Mapping,
    Table,
    UnreadableTable,
    guess_mapping,
    read_table,
)
from kith.people.models import ImportBatch, ImportRow
from kith.people.permissions import IMPORT_PEOPLE
from kith.people.queries.imports import remembered
from kith.people.rules import NEXT_IMPORT_STATES, ImportState
from kith.people.rules.listrows import headings_hash, kind_of, left_out_of, reading_of
from kith.people.rules.listwords import fault_in_words


class UnreadableList(Refused):
    """The file cannot be read as a list; the sentence says why."""


class ImportBusy(Refused):
    """Another step of this import has begun."""

    sentence = _("This import has moved on. Look at it again.")


@command(IMPORT_PEOPLE)
def upload_list(actor: Actor, *, kind: str, content: bytes, filename: str) -> ImportBatch:
    """Take a file in: read it, keep it encrypted, guess its columns. Raises UnreadableList."""
    return take_in(actor, kind=kind, content=content, filename=filename)


def take_in(actor: Actor, *, kind: str, content: bytes, filename: str) -> ImportBatch:
    """Take a file in. Only inside a command. Raises UnreadableList."""
    if len(content) > settings.KITH_UPLOAD_BYTES:
        raise files.FileTooLarge()
    table = read(content, filename)
    batch = ImportBatch(
        organisation=actor.organisation, kind=kind, filename=filename, by=actor.membership
    )
    batch.save()
    batch.file = files.keep(
        content=content,
        kind=files.kind_of(content) or files.TEXT,
        name=filename,
        subject_id=batch.pk,
        store="draft",
    )
    _keep_reading(batch, table)
    return batch


def read(content: bytes, filename: str, *, sheet: str | None = None) -> Table:
    """The list in a file. Raises UnreadableList."""
    try:
        return read_table(content, filename, sheet=sheet)
    except UnreadableTable as fault:
        raise UnreadableList(fault_in_words(fault)) from fault


def table_of(batch: ImportBatch) -> Table:
    """The list of an import, read again from its file. Raises UnreadableList."""
    content = files.content_of(batch.file) if batch.file else None
    if content is None:
        raise UnreadableList(_("The file is not kept any more. Bring the list in again."))
    return read(content, str(batch.filename), sheet=batch.reading["sheet"])


def _keep_reading(batch: ImportBatch, table: Table) -> None:
    batch.reading = reading_of(table, kind_of(batch.kind))
    batch.headings = headings_hash(
        batch.organisation_id, [column.heading for column in table.columns]
    )
    batch.total = len(table.rows)
    batch.counts = {"not_entries": sum(part.count for part in left_out_of(batch.reading))}
    batch.mapping = _first_mapping(batch, table).to_dict()
    batch.save()


def _first_mapping(batch: ImportBatch, table: Table) -> Mapping:
    """What was chosen for the last list of this kind; guessed where that does not know."""
    kind = kind_of(batch.kind)
    earlier = remembered(batch)
    if earlier is None or not earlier.mapping:
        return guess_mapping(table, kind)
    return Mapping.from_dict(earlier.mapping).fitted(table, kind)


@command(IMPORT_PEOPLE, on="batch")
def choose_sheet(actor: Actor, *, batch: ImportBatch, sheet: str, kind: str) -> ImportBatch:
    """Take another sheet of the file, or the other kind of people. Raises UnreadableList."""
    require(batch, ImportState.UPLOADED, ImportState.CHECKED)
    reading = dict(batch.reading)
    reading["sheet"] = sheet if sheet in reading["sheets"] else reading["sheet"]
    batch.reading, batch.kind = reading, kind_of(kind).value
    ImportRow.objects.filter(batch=batch).delete()
    batch.state = ImportState.UPLOADED
    _keep_reading(batch, table_of(batch))
    return batch


@command(IMPORT_PEOPLE, on="batch")
def throw_away(actor: Actor, *, batch: ImportBatch) -> None:
    """Forget a list of which nothing was stored."""
    require(batch, ImportState.UPLOADED, ImportState.CHECKED)
    stored = batch.file
    ImportRow.objects.filter(batch=batch).delete()
    batch.delete()
    if stored is not None:
        files.remove(stored)


def require(batch: ImportBatch, *states: ImportState) -> None:
    """Raise ImportBusy unless the import stands in one of these states."""
    if batch.state not in states:
        raise ImportBusy()


def move(batch: ImportBatch, state: ImportState) -> ImportBatch:
    """Take an import to its next state. Raises ImportBusy."""
    if state not in NEXT_IMPORT_STATES[ImportState(batch.state)] | {ImportState(batch.state)}:
        raise ImportBusy()
    batch.state, batch.progress, batch.stop_asked = state, 0, False
    batch.save()
    return batch


def locked(batch: ImportBatch) -> ImportBatch:
    """The import as it stands now; nobody else moves it before this transaction ends."""
    found: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    return found
