"""Bringing in a directory: looked at first, stored after a yes, taken back as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.base import files, jobs
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.services.commands.entries import Put, put_documents, remove_services
from kith.services.models import DirectoryImport, ImportedEntry, Publisher, Referral, Service
from kith.services.permissions import IMPORT_JOB, IMPORT_SERVICES
from kith.services.rules.bringing import (
    BIG_FILE,
    MOST_AT_ONCE,
    NEXT_IMPORT,
    EntryState,
    ImportState,
)
from kith.services.rules.faults import Unreadable
from kith.services.rules.reading import Directory, Entry, read_directory
from kith.services.rules.words import file_fault_words

GOING_IN = (EntryState.NEW.value, EntryState.CHANGED.value)


class UnreadableDirectory(Refused):
    """The file cannot be read; the sentence says why."""


class ImportMoved(Refused):
    """Another step of this import has begun."""

    sentence = _("This import has moved on. Look at it again.")


@dataclass(frozen=True)
class Source:
    """Where a file comes from, in the words of whoever brings it in."""

    name: str
    licence: str = ""
    address: str = ""


@command(IMPORT_SERVICES)
def upload_directory(
    actor: Actor, *, content: bytes, filename: str, source: Source
) -> DirectoryImport:
    """Read a file and say what would become of each entry. Raises UnreadableDirectory."""
    return _take_in(actor, content, filename, source)


def _take_in(actor: Actor, content: bytes, filename: str, source: Source) -> DirectoryImport:
    if len(content) > settings.KITH_UPLOAD_BYTES:
        raise files.FileTooLarge()
    directory = _read(content)
    batch = DirectoryImport(
        organisation=actor.organisation,
        filename=filename[:200],
        form=directory.form,
        publisher_name=source.name,
        licence=source.licence,
        address=source.address,
        rest=directory.rest,
        by=actor.membership,
        total=len(directory.entries),
    )
    batch.save()
    batch.file = files.keep(
        content=content,
        kind="application/zip" if directory.form == "csv" else files.TEXT,
        name=filename,
        subject_id=batch.pk,
        store="draft",
    )
    batch.counts = _keep_entries(batch, directory)
    batch.save()
    return batch


def _read(content: bytes) -> Directory:
    try:
        return read_directory(content)
    except Unreadable as fault:
        raise UnreadableDirectory(file_fault_words(fault)) from fault


def _keep_entries(batch: DirectoryImport, directory: Directory) -> dict[str, int]:
    counts = {state.value: 0 for state in EntryState}
    for start in range(0, len(directory.entries), MOST_AT_ONCE):
        part = directory.entries[start : start + MOST_AT_ONCE]
        rows = _rows(batch, part)
        for row in rows:
            counts[row.state] += 1
        ImportedEntry.objects.bulk_create(rows)
    return counts


def _rows(batch: DirectoryImport, part: Sequence[Entry]) -> list[ImportedEntry]:
    keys = [entry.hsds_id for entry in part if not entry.wrongs]
    known = {row.hsds_id: row for row in Service.objects.filter(hsds_id__in=keys)}
    return [_row(batch, entry, known.get(entry.hsds_id)) for entry in part]


def _row(batch: DirectoryImport, entry: Entry, known: Service | None) -> ImportedEntry:
    state = _state(entry, known)
    return ImportedEntry(
        batch=batch,
        number=entry.number,
        place=entry.place,
        name=_storable(entry.name)[:300],
        state=state.value,
        wrongs=[[wrong.fault.value, wrong.field] for wrong in entry.wrongs],
        document={} if entry.wrongs else entry.document,
        service=known if state in (EntryState.CHANGED, EntryState.SAME) else None,
    )


def _storable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _state(entry: Entry, known: Service | None) -> EntryState:
    if entry.wrongs:
        return EntryState.UNREADABLE
    if known is None:
        return EntryState.NEW
    return EntryState.SAME if known.record == entry.document else EntryState.CHANGED


@command(IMPORT_SERVICES, on="batch")
def store_directory(
    actor: Actor, *, batch: DirectoryImport, today: date, now: datetime
) -> DirectoryImport:
    """Store what somebody looked at. A long file goes on behind the page. Raises ImportMoved."""
    batch = _begin(batch, today)
    if batch.total > BIG_FILE:
        jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
        return batch
    while _store_some(batch):
        pass
    return _finish(batch, now)


def _begin(batch: DirectoryImport, today: date) -> DirectoryImport:
    batch = _locked(batch)
    _move(batch, ImportState.STORING)
    known = Publisher.objects.filter(name=batch.publisher_name).first()
    publisher = known or Publisher(name=batch.publisher_name)
    batch.rest_before = publisher.rest or {}
    publisher.licence, publisher.address = batch.licence, batch.address
    publisher.rest, publisher.brought_in_on = batch.rest, today
    publisher.save()
    batch.publisher = publisher
    batch.save()
    return batch


@command(IMPORT_SERVICES, on="batch")
def store_part(actor: Actor, *, batch: DirectoryImport, today: date, now: datetime) -> bool:
    """Store the next entries of a long file; tells whether there are more."""
    batch = _locked(batch)
    if batch.state != ImportState.STORING:
        return False
    if _store_some(batch):
        return True
    _finish(batch, now)
    return False


@command(IMPORT_SERVICES, on="batch")
def resume_directory(actor: Actor, *, batch: DirectoryImport) -> DirectoryImport:
    """Put the rest of a long file into the queue again, after an interruption."""
    batch = _locked(batch)
    if batch.state not in (ImportState.STORING, ImportState.UNDOING):
        raise ImportMoved()
    jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
    return batch


def _store_some(batch: DirectoryImport) -> int:
    waiting = ImportedEntry.objects.filter(batch=batch, state__in=GOING_IN, is_done=False)
    part = list(waiting.order_by("number")[:MOST_AT_ONCE])
    if not part:
        return 0
    keys = [row.document["id"] for row in part]
    rows = Service.objects.filter(hsds_id__in=keys).select_related("publisher")
    known = {row.hsds_id: row for row in rows}
    for row in part:
        before = known.get(row.document["id"])
        row.before = before.record if before else None
        row.publisher_before = before.publisher if before else None
    stored = put_documents(
        batch.organisation_id, [Put(row.document, batch.publisher) for row in part]
    )
    for row, service in zip(part, stored, strict=True):
        row.service, row.is_done = service, True
    ImportedEntry.objects.bulk_update(part, ["service", "is_done", "before", "publisher_before"])
    _moved_on(batch, len(part))
    return len(part)


def _moved_on(batch: DirectoryImport, number: int) -> None:
    batch.progress += number
    batch.save(update_fields=["progress"])


def _finish(batch: DirectoryImport, now: datetime) -> DirectoryImport:
    batch.stored_at = now
    return _move(batch, ImportState.STORED)


@command(IMPORT_SERVICES, on="batch")
def undo_directory(actor: Actor, *, batch: DirectoryImport) -> DirectoryImport:
    """Take an import back: new entries go, changed ones are as before. Raises ImportMoved."""
    batch = _move(_locked(batch), ImportState.UNDOING)
    if batch.total > BIG_FILE:
        jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
        return batch
    while _undo_some(batch):
        pass
    return _undone(batch)


@command(IMPORT_SERVICES, on="batch")
def undo_part(actor: Actor, *, batch: DirectoryImport) -> bool:
    """Take back the next entries of a long file; tells whether there are more."""
    batch = _locked(batch)
    if batch.state != ImportState.UNDOING:
        return False
    if _undo_some(batch):
        return True
    _undone(batch)
    return False


def _undo_some(batch: DirectoryImport) -> int:
    done = ImportedEntry.objects.filter(batch=batch, is_done=True)
    part = list(
        done.select_related("service", "publisher_before").order_by("number")[:MOST_AT_ONCE]
    )
    stays = _staying(part)
    gone, back = [], []
    for row in part:
        row.is_done = False
        if row.service is None:
            continue
        if row.service_id in stays:
            row.state = EntryState.STAYED.value
        elif row.before is None:
            gone.append(row.service)
            row.service = None
        else:
            back.append(Put(row.before, row.publisher_before))
    ImportedEntry.objects.bulk_update(part, ["is_done", "state", "service"])
    put_documents(batch.organisation_id, back)
    remove_services(gone)
    if part:
        _moved_on(batch, len(part))
    return len(part)


def _staying(part: Sequence[ImportedEntry]) -> set[Any]:
    """Entries that somebody changed since, and new ones to which people were referred."""
    services = [row.service_id for row in part if row.service_id]
    referred = set(
        Referral.objects.filter(service__in=services).values_list("service_id", flat=True)
    )
    return {
        row.service_id
        for row in part
        if row.service is not None
        and (
            row.service.record != row.document
            or (row.before is None and row.service_id in referred)
        )
    }


def _undone(batch: DirectoryImport) -> DirectoryImport:
    stayed = ImportedEntry.objects.filter(batch=batch, state=EntryState.STAYED.value).count()
    batch.counts = {**batch.counts, EntryState.STAYED.value: stayed}
    _give_back_rest(batch)
    return _move(batch, ImportState.UNDONE)


def _give_back_rest(batch: DirectoryImport) -> None:
    publisher = batch.publisher
    if publisher is None:
        return
    if Service.objects.filter(publisher=publisher).exists():
        publisher.rest = batch.rest_before or {}
        publisher.save()
        return
    batch.publisher = None
    batch.save()
    publisher.delete()


@command(IMPORT_SERVICES, on="batch")
def throw_away(actor: Actor, *, batch: DirectoryImport) -> None:
    """Forget a file of which nothing was stored. Raises ImportMoved."""
    if batch.state != ImportState.CHECKED:
        raise ImportMoved()
    stored = batch.file
    batch.delete()
    if stored is not None:
        files.remove(stored)


@command(IMPORT_SERVICES)
def import_directory(
    actor: Actor,
    *,
    content: bytes,
    filename: str,
    source: Source,
    dry_run: bool,
    today: date,
    now: datetime,
) -> tuple[DirectoryImport, list[ImportedEntry]]:
    """Read a file and store it in one go; gives the import and its unreadable entries."""
    batch = _take_in(actor, content, filename, source)
    faulty = ImportedEntry.objects.filter(batch=batch, state=EntryState.UNREADABLE.value)
    unreadable = list(faulty.order_by("number"))
    if dry_run:
        stored = batch.file
        counts = batch.counts
        ImportedEntry.objects.filter(batch=batch).delete()
        DirectoryImport.objects.filter(pk=batch.pk).delete()
        if stored is not None:
            files.remove(stored)
        batch.counts = counts
        return batch, unreadable
    batch = _begin(batch, today)
    while _store_some(batch):
        pass
    return _finish(batch, now), unreadable


def forget_files(keys: Sequence[Any]) -> int:
    """Let the files of old imports go; what they brought in stays. Only inside a command."""
    batches = list(DirectoryImport.objects.filter(pk__in=keys).select_related("file"))
    for batch in batches:
        stored, batch.file = batch.file, None
        ImportedEntry.objects.filter(batch=batch).delete()
        batch.save()
        if stored is not None:
            files.remove(stored)
    return len(batches)


def _locked(batch: DirectoryImport) -> DirectoryImport:
    found: DirectoryImport = DirectoryImport.objects.select_for_update().get(pk=batch.pk)
    return found


def _move(batch: DirectoryImport, state: ImportState) -> DirectoryImport:
    if state not in NEXT_IMPORT[ImportState(batch.state)]:
        raise ImportMoved()
    batch.state = state.value
    if state in (ImportState.STORING, ImportState.UNDOING):
        batch.progress = 0
    batch.save()
    return batch
