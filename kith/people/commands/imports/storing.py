"""Storing what was agreed: new people and people filled in, part by part."""

from collections.abc import Sequence
from datetime import date, datetime

from kith.base import jobs
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands.imports.filling import fill_in
from kith.people.commands.imports.people import create_people
from kith.people.commands.imports.reading import locked, move, require
from kith.people.events import PeopleImported
from kith.people.models import ImportBatch, ImportRow, Person
from kith.people.permissions import IMPORT_JOB, IMPORT_PEOPLE
from kith.people.rules import BIG_LIST_ROWS, ROWS_AT_ONCE, Choice, ImportState, RowState
from kith.people.rules.listrows import day


@command(IMPORT_PEOPLE, on="batch")
def store_import(actor: Actor, *, batch: ImportBatch, today: date, now: datetime) -> ImportBatch:
    """Store a list that someone looked at and agreed to. A long list goes on behind the page."""
    batch = locked(batch)
    require(batch, ImportState.CHECKED, ImportState.STOPPED)
    move(batch, ImportState.STORING)
    if batch.total > BIG_LIST_ROWS:
        jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
        return batch
    while store_rows(batch, today=today, now=now):
        pass
    return finish(batch, now)


@command(IMPORT_PEOPLE, on="batch")
def store_part(actor: Actor, *, batch: ImportBatch, today: date, now: datetime) -> bool:
    """Store the next rows of a long list; tells whether there are more."""
    batch = locked(batch)
    if batch.state != ImportState.STORING:
        return False
    if batch.stop_asked:
        move(batch, ImportState.STOPPED)
        return False
    if store_rows(batch, today=today, now=now):
        return True
    finish(batch, now)
    return False


@command(IMPORT_PEOPLE, on="batch")
def stop_import(actor: Actor, *, batch: ImportBatch) -> ImportBatch:
    """Ask a long import to stop after its present part."""
    batch = locked(batch)
    require(batch, ImportState.STORING)
    batch.stop_asked = True
    batch.save(update_fields=["stop_asked"])
    return batch


def finish(batch: ImportBatch, now: datetime) -> ImportBatch:
    """Everything agreed is stored."""
    batch.stored_at = now
    return move(batch, ImportState.STORED)


def store_rows(batch: ImportBatch, *, today: date, now: datetime) -> int:
    """Store the next rows that are ready; gives how many. Only inside a command."""
    ready = ImportRow.objects.filter(batch=batch, state=RowState.READY)
    wanted = ready.filter(choice__in=[Choice.NEW, Choice.SAME]).order_by("number")
    rows = list(wanted.select_related("twin")[:ROWS_AT_ONCE])
    store_these(batch, rows, today=today, now=now)
    batch.progress += len(rows)
    batch.save(update_fields=["progress"])
    return len(rows)


def store_these(
    batch: ImportBatch, rows: Sequence[ImportRow], *, today: date, now: datetime
) -> None:
    """Store these rows and tell the rooms above. Only inside a command."""
    if not rows:
        return
    new, same = _split(batch, rows)
    people = create_people(batch, new, today=today, now=now)
    owners = {row.number: person for row, person in zip(new, people, strict=True)}
    for row, target in same:
        owners[row.number] = owners[target] if isinstance(target, int) else target
        fill_in(batch, owners[row.number], row.values, today=today, now=now)
    created = {row.number for row in new}
    for row in rows:
        row.person, row.state = owners[row.number], RowState.DONE
        row.created = row.number in created
        row.choice = Choice.NEW if row.created else Choice.SAME
    ImportRow.objects.settle(rows)
    waiting = [
        (person.pk, day(row.values, "waiting_since"))
        for person, row in zip(people, new, strict=True)
    ]
    announce(PeopleImported(batch.pk, batch.kind, waiting))


Same = list[tuple[ImportRow, Person | int]]


def _split(batch: ImportBatch, rows: Sequence[ImportRow]) -> tuple[list[ImportRow], Same]:
    """New people, and rows about someone stored or about an earlier row (by its number).

    A row that repeats one that did not go in becomes a new person.
    """
    earlier = _stored_before(batch, rows)
    seen: set[int] = set()
    new: list[ImportRow] = []
    same: Same = []
    for row in rows:
        target = _target(row, seen, earlier) if row.choice == Choice.SAME else None
        if target is None:
            new.append(row)
        else:
            same.append((row, target))
        seen.add(row.number)
    return new, same


def _target(row: ImportRow, seen: set[int], earlier: dict[int, Person]) -> Person | int | None:
    if row.twin is not None and row.twin.erased_at is None:
        return row.twin
    if row.twin_row in seen:
        return row.twin_row
    return earlier.get(row.twin_row or 0)


def _stored_before(batch: ImportBatch, rows: Sequence[ImportRow]) -> dict[int, Person]:
    wanted = {row.twin_row for row in rows if row.twin_row is not None}
    found = ImportRow.objects.filter(batch=batch, number__in=wanted, person__isnull=False)
    return {row.number: row.person for row in found.select_related("person")}
