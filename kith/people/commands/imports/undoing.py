"""Taking an import back: people it made go, unless someone has worked with them since."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kith.base import jobs, vault
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands.erase import forget_imports
from kith.people.commands.families import take_out_of_family
from kith.people.commands.imports.reading import locked, move, require
from kith.people.events import ImportUndoAsked
from kith.people.models import FamilyMember, GroupMember, ImportBatch, ImportRow, Person
from kith.people.permissions import IMPORT_JOB, IMPORT_PEOPLE
from kith.people.rules import BIG_LIST_ROWS, ROWS_AT_ONCE, ImportState

Reasons = dict[UUID, str | Promise]


@command(IMPORT_PEOPLE, on="batch")
def undo_import(actor: Actor, *, batch: ImportBatch) -> ImportBatch:
    """Take back a whole import. A long one is taken back behind the page."""
    batch = locked(batch)
    require(batch, ImportState.STORED, ImportState.STOPPED)
    move(batch, ImportState.UNDOING)
    if batch.total > BIG_LIST_ROWS:
        jobs.ask_for(IMPORT_JOB, batch.organisation_id, batch_id=batch.pk)
        return batch
    while take_back(batch):
        pass
    return _undone(batch)


@command(IMPORT_PEOPLE, on="batch")
def undo_part(actor: Actor, *, batch: ImportBatch) -> bool:
    """Take back the next people of a long import; tells whether there are more."""
    batch = locked(batch)
    if batch.state != ImportState.UNDOING:
        return False
    if take_back(batch):
        return True
    _undone(batch)
    return False


def _undone(batch: ImportBatch) -> ImportBatch:
    """Nothing of the list is needed any more."""
    move(batch, ImportState.UNDONE)
    forget_imports([batch.pk])
    return batch


def take_back(batch: ImportBatch) -> int:
    """Take back the next people; gives how many were looked at. Only inside a command."""
    rows = ImportRow.objects.filter(batch=batch, created=True, person__isnull=False)
    part = list(rows.select_related("person").order_by("number")[:ROWS_AT_ONCE])
    people = [row.person for row in part]
    stays = _reasons_to_stay(batch, people)
    _keep_reasons(batch, stays)
    _remove([person for person in people if person.pk not in stays])
    # Those who stay are looked at once: they no longer count as made by this import.
    ImportRow.objects.filter(pk__in=[row.pk for row in part]).update(created=False)
    batch.progress += len(part)
    batch.save(update_fields=["progress", "findings"])
    return len(part)


def _reasons_to_stay(batch: ImportBatch, people: Sequence[Person]) -> Reasons:
    if not people:
        return {}
    asked = ImportUndoAsked(batch.pk, [person.pk for person in people])
    announce(asked)
    changed = _("The record was changed since.")
    stays: Reasons = {p.pk: changed for p in people if p.last_event_at > p.created_at or p.user_id}
    stays.update(_used_elsewhere(people))
    stays.update(asked.stays)
    return stays


def _used_elsewhere(people: Sequence[Person]) -> Reasons:
    """People whom rows of rooms above, or groups, point to: these rows would be lost with them."""
    keys = [person.pk for person in people]
    used: set[UUID] = set(
        GroupMember.objects.filter(person__in=keys).values_list("person", flat=True)
    )
    for model, name in _pointers():
        rows = model._default_manager.filter(**{f"{name}__in": keys})
        used.update(rows.values_list(name, flat=True))
    return dict.fromkeys(used, _("Someone has worked with this person since."))


def _pointers() -> list[tuple[type[models.Model], str]]:
    relations: list[Any] = [
        field
        for field in Person._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete
    ]
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.related_model._meta.app_label != Person._meta.app_label
    ]


def _keep_reasons(batch: ImportBatch, stays: Reasons) -> None:
    findings = dict(batch.findings or {})
    findings["stays"] = {
        **findings.get("stays", {}),
        **{str(key): str(reason) for key, reason in stays.items()},
    }
    batch.findings = findings


def _remove(people: Sequence[Person]) -> None:
    keys = [person.pk for person in people]
    with_family = set(FamilyMember.objects.filter(person__in=keys).values_list("person", flat=True))
    for person in people:
        if person.pk in with_family:
            take_out_of_family(person)
        vault.forget(person.pk)
    Person.objects.filter(pk__in=keys).delete()
