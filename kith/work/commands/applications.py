"""Applications for work and places, and the talks people are invited to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands import touch
from kith.people.models import Person
from kith.work.commands.shared import require_consent, require_own, require_room
from kith.work.models import Application, Interview, Move
from kith.work.permissions import KEEP_APPLICATIONS
from kith.work.rules import ANSWER_OPEN, MOST_INTERVIEWS, OVER, Stage, Way, may_move


class ApplicationMovedOn(Refused):
    """The table of transitions has no such step."""

    sentence = _("The application stands elsewhere by now. Look at it again.")


@dataclass(frozen=True)
class Wanted:
    """What someone applies for, and what comes next."""

    way: Way
    title: str
    employer: str = ""
    next_step: str = ""
    next_on: date | None = None


@command(KEEP_APPLICATIONS, on="person")
def add_application(
    actor: Actor, *, person: Person, wanted: Wanted, today: date, now: datetime
) -> Application:
    """Begin an application. Raises ConsentMissing, ListIsFull."""
    require_consent(person)
    require_room(Application.objects.filter(person=person))
    row = _write(Application(person=person, stage_on=today), wanted)
    _note_move(row)
    touch(person, at=now)
    return row


@command(KEEP_APPLICATIONS, on="person")
def change_application(
    actor: Actor, *, person: Person, application: Application, wanted: Wanted
) -> Application:
    """Change what it is for, or the next step. Raises ConsentMissing, NotOfThisPerson."""
    require_consent(person)
    require_own(person, application)
    return _write(application, wanted)


@command(KEEP_APPLICATIONS, on="person")
def move_application(
    actor: Actor,
    *,
    person: Person,
    application: Application,
    stage: Stage,
    on: date,
    answer_due_on: date | None,
    starts_on: date | None,
    now: datetime,
) -> Application:
    """The application moves on. Raises ConsentMissing, NotOfThisPerson, ApplicationMovedOn."""
    require_consent(person)
    require_own(person, application)
    if not may_move(Stage(application.stage), stage):
        raise ApplicationMovedOn()
    row = application
    row.stage, row.stage_on = stage.value, on
    row.answer_due_on = answer_due_on if stage in ANSWER_OPEN else None
    row.starts_on = starts_on if stage in {Stage.OFFERED, Stage.ACCEPTED} else None
    if stage in OVER:
        row.closed_on, row.next_step, row.next_on = on, "", None
    row.save()
    _note_move(row)
    touch(person, at=now)
    return row


@command(KEEP_APPLICATIONS, on="person")
def add_interview(
    actor: Actor,
    *,
    person: Person,
    application: Application,
    starts_at: datetime,
    place: str,
    bring: str,
    today: date,
) -> Interview:
    """Note an interview; whoever waited for an answer is invited by it.

    Raises ConsentMissing, NotOfThisPerson, ApplicationMovedOn, ListIsFull.
    """
    require_consent(person)
    require_own(person, application)
    if application.closed_on is not None:
        raise ApplicationMovedOn()
    require_room(Interview.objects.filter(application=application), MOST_INTERVIEWS)
    row: Interview = Interview.objects.create(
        application=application,
        person=person,
        starts_at=starts_at,
        place=place.strip(),
        bring=bring.strip(),
    )
    if may_move(Stage(application.stage), Stage.INVITED):
        application.stage, application.stage_on = Stage.INVITED.value, today
        application.answer_due_on = None
        application.save()
        _note_move(application)
    return row


@command(KEEP_APPLICATIONS, on="person")
def remove_interview(actor: Actor, *, person: Person, interview: Interview) -> None:
    """The interview does not take place. Raises NotOfThisPerson."""
    require_own(person, interview)
    interview.delete()


@command(KEEP_APPLICATIONS, on="person")
def remove_application(actor: Actor, *, person: Person, application: Application) -> None:
    """Take an entry out for good. Raises NotOfThisPerson."""
    require_own(person, application)
    application.delete()


def _write(row: Application, wanted: Wanted) -> Application:
    row.way, row.title, row.employer = (
        wanted.way.value,
        wanted.title.strip(),
        wanted.employer.strip(),
    )
    row.next_step = wanted.next_step.strip()
    row.next_on = wanted.next_on if row.next_step else None
    row.save()
    return row


def _note_move(row: Application) -> None:
    Move.objects.create(person_id=row.person_id, application=row, state=row.stage, on=row.stage_on)
