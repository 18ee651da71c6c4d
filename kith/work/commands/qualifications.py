"""A person's qualifications, and the way of their recognition."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands import touch
from kith.people.models import Person
from kith.work.commands.shared import require_consent, require_own, require_room
from kith.work.models import Move, Qualification
from kith.work.permissions import KEEP_QUALIFICATIONS
from kith.work.rules import ASKS_NEXT_STEP, AWAITED, Recognition, may_become


class RecognitionMovedOn(Refused):
    """The table of transitions has no such step."""

    sentence = _("The recognition stands elsewhere by now. Look at it again.")


class NextStepMissing(Refused):
    """After a no, or half a yes, there is always a way on."""

    sentence = _("Write what comes next: a course, a test, another office or another way to work.")


@dataclass(frozen=True)
class Learned:
    """What someone has learned, where, and when it was finished."""

    title: str
    school: str = ""
    finished_in: int | None = None


@dataclass(frozen=True)
class Outcome:
    """Where a recognition stands now, since when, at which office, and what comes next."""

    state: Recognition
    on: date
    office: str = ""
    answer_due_on: date | None = None
    next_step: str = ""
    next_on: date | None = None


@command(KEEP_QUALIFICATIONS, on="person")
def add_qualification(
    actor: Actor, *, person: Person, learned: Learned, today: date, now: datetime
) -> Qualification:
    """Write down a qualification. Raises ConsentMissing, ListIsFull."""
    require_consent(person)
    require_room(Qualification.objects.filter(person=person))
    row = _write(Qualification(person=person, state_on=today), learned)
    _note_move(row)
    touch(person, at=now)
    return row


@command(KEEP_QUALIFICATIONS, on="person")
def change_qualification(
    actor: Actor, *, person: Person, qualification: Qualification, learned: Learned
) -> Qualification:
    """Change what was learned; its recognition stays. Raises ConsentMissing, NotOfThisPerson."""
    require_consent(person)
    require_own(person, qualification)
    return _write(qualification, learned)


@command(KEEP_QUALIFICATIONS, on="person")
def move_qualification(
    actor: Actor, *, person: Person, qualification: Qualification, outcome: Outcome, now: datetime
) -> Qualification:
    """The recognition moves on.

    Raises ConsentMissing, NotOfThisPerson, RecognitionMovedOn, NextStepMissing.
    """
    require_consent(person)
    require_own(person, qualification)
    if not may_become(Recognition(qualification.state), outcome.state):
        raise RecognitionMovedOn()
    if outcome.state in ASKS_NEXT_STEP and not outcome.next_step.strip():
        raise NextStepMissing()
    row = qualification
    row.state, row.state_on = outcome.state.value, outcome.on
    row.office = outcome.office.strip()
    row.answer_due_on = outcome.answer_due_on if outcome.state in AWAITED else None
    row.next_step, row.next_on = _step(outcome.next_step, outcome.next_on)
    row.save()
    _note_move(row)
    touch(person, at=now)
    return row


@command(KEEP_QUALIFICATIONS, on="person")
def plan_step(
    actor: Actor,
    *,
    person: Person,
    qualification: Qualification,
    next_step: str,
    next_on: date | None,
) -> Qualification:
    """What comes next, or nothing more when it is done. Raises ConsentMissing, NotOfThisPerson."""
    require_consent(person)
    require_own(person, qualification)
    qualification.next_step, qualification.next_on = _step(next_step, next_on)
    qualification.save()
    return qualification


@command(KEEP_QUALIFICATIONS, on="person")
def remove_qualification(actor: Actor, *, person: Person, qualification: Qualification) -> None:
    """Take an entry out for good. Raises NotOfThisPerson."""
    require_own(person, qualification)
    qualification.delete()


def _write(row: Qualification, learned: Learned) -> Qualification:
    row.title, row.school = learned.title.strip(), learned.school.strip()
    row.finished_in = learned.finished_in
    row.save()
    return row


def _step(words: str, on: date | None) -> tuple[str, date | None]:
    """A day without a step would remind of nothing."""
    said = words.strip()
    return said, on if said else None


def _note_move(row: Qualification) -> None:
    Move.objects.create(
        person_id=row.person_id, qualification=row, state=row.state, on=row.state_on
    )
