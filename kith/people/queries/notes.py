"""The notes about someone, the newest first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.people.models import Note, Person
from kith.people.permissions import SEE_NOTES, WRITE_NOTES, own_caseload

NEWEST_SHOWN = 3
NOTES_AT_ONCE = 20


@dataclass(frozen=True)
class PartOfNotes:
    """Some of the notes, and where the older ones start."""

    notes: list[Note]
    after: str


def notes_of(person: Person) -> QuerySet[Note]:
    """All notes about someone; who asks was checked before."""
    rows = Note.objects.filter(person=person).select_related("written_by")
    return rows.order_by("-written_on", "-id")


@reads(SEE_NOTES, on="person", own=own_caseload)
def part_of_notes(actor: Actor, *, person: Person, after: str = "") -> PartOfNotes:
    """The notes after a place that an earlier part gave. Raises Denied, ReasonNeeded."""
    rows = _after(notes_of(person), after)
    found = list(rows[: NOTES_AT_ONCE + 1])
    more, found = len(found) > NOTES_AT_ONCE, found[:NOTES_AT_ONCE]
    return PartOfNotes(found, str(found[-1].pk) if more else "")


def _after(rows: QuerySet[Note], after: str) -> QuerySet[Note]:
    last = rows.filter(pk=UUID(after)).first() if _is_key(after) else None
    if last is None:
        return rows
    older = Q(written_on__lt=last.written_on) | Q(pk__lt=last.pk)
    return rows.filter(older, written_on__lte=last.written_on)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def removable_notes(actor: Actor) -> QuerySet[Note]:
    """The notes this actor may remove: the own ones, and those that nobody here wrote."""
    mine = Q(written_by=actor.membership) | Q(written_by__isnull=True)
    rows = Note.objects.filter(mine).select_related("person", "written_by")
    return visible(actor, WRITE_NOTES, rows)
