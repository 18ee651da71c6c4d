"""Notes about someone: what was seen, told and thought, each in its own place."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands.people import touch
from kith.people.models import Note, Person
from kith.people.permissions import WRITE_NOTES


class NothingNoted(Refused):
    """A note says at least one thing."""

    sentence = _("Fill in at least one of the four.")


class NotYourNote(Refused):
    """What someone else wrote stays theirs."""

    sentence = _("Only the one who wrote a note can remove it.")


@command(WRITE_NOTES, on="person")
def add_note(
    actor: Actor,
    *,
    person: Person,
    observed: str = "",
    told_by_person: str = "",
    told_by_others: str = "",
    interpretation: str = "",
    today: date,
    now: datetime,
) -> Note:
    """Write a note about someone. Raises NothingNoted."""
    note = Note(
        person=person,
        written_on=today,
        written_by=actor.membership,
        observed=observed.strip(),
        told_by_person=told_by_person.strip(),
        told_by_others=told_by_others.strip(),
        interpretation=interpretation.strip(),
    )
    if not (note.observed or note.told_by_person or note.told_by_others or note.interpretation):
        raise NothingNoted()
    note.save()
    touch(person, at=now)
    return note


@command(WRITE_NOTES, on="note")
def remove_note(actor: Actor, *, note: Note) -> None:
    """Remove a note one wrote oneself, or one that nobody here wrote. Raises NotYourNote."""
    if note.written_by is not None and note.written_by != actor.membership:
        raise NotYourNote()
    note.delete()
