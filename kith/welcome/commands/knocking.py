"""What people outside do: apply, ask for a mentor, answer with their code, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.rules import Side
from kith.people.rules.tokens import Hasher, contact_tokens
from kith.programmes.models import Programme
from kith.questionnaires.models import Asking, Version
from kith.welcome.models import Application, Door, IntakeAnswers, Step
from kith.welcome.permissions import ANSWER, APPLY, REFER
from kith.welcome.rules.codes import code_of, kept_code
from kith.welcome.rules.states import AskedBy, Deed, State, due_on, may_become


class DoorClosed(Refused):
    """The programme takes nobody in by this way now."""

    sentence = _("This page is closed now. Please ask us.")


class NotAnAdult(Refused):
    """Mentoring here is between adults."""

    sentence = _("Please confirm the age. Only adults can take part here.")


class NotYourTurn(Refused):
    """There is nothing to answer at the moment."""

    sentence = _("There is nothing to answer now. What you wrote before is kept.")


@dataclass(frozen=True)
class Answered:
    """What somebody answered to one questionnaire of a programme; what was left open is named."""

    asking: Asking
    version: Version
    language: str
    given: Mapping[str, Any]
    passed_over: Sequence[str] = ()


@dataclass(frozen=True)
class Written:
    """What somebody wrote on a public page.

    answers  languages, times, topics, place, why …   helper  who asks for somebody else
    intake   answers to the questions of the programme
    """

    name: str
    language: str
    phone: str = ""
    email: str = ""
    channel: str = "phone"
    safe_to_write: bool | None = None
    is_adult: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    helper: dict[str, Any] | None = None
    asked_by: AskedBy = AskedBy.SELF
    intake: Sequence[Answered] = ()


@dataclass(frozen=True)
class Received:
    """A fresh application, and the code that leads back to it; the code is not stored."""

    application: Application
    code: str


@command(APPLY)
def apply(
    actor: Actor,
    *,
    side: Side,
    programme: Programme | None,
    written: Written,
    mark: str,
    today: date,
) -> Received:
    """Take in an application or a request. Sent twice, it is there once.

    mark    of the form that was sent: from it the receipt code is made
    raises  DoorClosed, NotAnAdult
    """
    if not _is_open(programme, side):
        raise DoorClosed()
    return _take_in(actor, side, programme, written, mark, today)


@command(REFER)
def refer(
    actor: Actor, *, programme: Programme | None, written: Written, mark: str, today: date
) -> Received:
    """A partner contact asks for somebody who knows of it and agrees. Raises NotAnAdult."""
    return _take_in(actor, Side.PARTICIPANT, programme, written, mark, today)


def _is_open(programme: Programme | None, side: Side) -> bool:
    """Whether the public page takes this side in; a participant may leave the programme open."""
    is_for = "for_mentors" if side is Side.MENTOR else "for_participants"
    doors = Door.objects.filter(programme__closed_on__isnull=True, **{is_for: True})
    if programme is None:
        return side is Side.PARTICIPANT and doors.exists()
    return doors.filter(programme=programme).exists()


def _take_in(
    actor: Actor,
    side: Side,
    programme: Programme | None,
    written: Written,
    mark: str,
    today: date,
) -> Received:
    if actor.organisation_id is None or not written.is_adult:
        raise NotAnAdult()
    code = code_of(mark)
    kept = kept_code(actor.organisation_id, code)
    known: Application | None = Application.objects.filter(code=kept).first()
    if known is not None:
        return Received(known, code)
    hasher = Hasher(actor.organisation_id)
    application = Application(
        organisation=actor.organisation,
        side=side.value,
        programme=programme,
        code=kept,
        received_on=today,
        due_on=due_on(State.RECEIVED, side, today=today),
        language=written.language,
        asked_by=written.asked_by.value,
        name=" ".join(written.name.split()),
        phone=written.phone.strip(),
        email=written.email.strip(),
        channel=written.channel,
        safe_to_write=written.safe_to_write,
        answers=written.answers,
        helper=written.helper,
        tokens=sorted(contact_tokens(written.phone, written.email, hasher)),
        referred_by=actor.membership,
    )
    application.save()
    for one in written.intake:
        _keep_intake(application, one)
    add_step(actor, application, Deed.RECEIVED, today)
    return Received(application, code)


def _keep_intake(application: Application, one: Answered) -> None:
    IntakeAnswers(
        organisation_id=application.organisation_id,
        application=application,
        asking=one.asking,
        version=one.version,
        language=one.language,
        given=dict(one.given),
        passed_over=sorted(one.passed_over),
    ).save()


@command(ANSWER, on="application")
def answer_question(actor: Actor, *, application: Application, text: str, today: date) -> None:
    """Answer what was asked, or add something: it is our turn again. Raises NotYourTurn."""
    application = locked(application)
    if not text.strip() or State(application.state) is not State.ASKED:
        raise NotYourTurn()
    add_step(actor, application, Deed.ANSWER, today, text)
    stand(application, State.RECEIVED, today)


@command(ANSWER, on="application")
def answer_talk(
    actor: Actor, *, application: Application, is_coming: bool, text: str, today: date
) -> None:
    """Say yes to the time of a talk, or that another one would suit. Raises NotYourTurn."""
    application = locked(application)
    if State(application.state) is not State.PLANNED:
        raise NotYourTurn()
    application.is_coming = is_coming
    if is_coming:
        add_step(actor, application, Deed.COMING, today, text)
        application.save()
        return
    add_step(actor, application, Deed.OTHER_TIME, today, text)
    stand(application, State.RECEIVED, today)


@command(ANSWER, on="application")
def withdraw(actor: Actor, *, application: Application, today: date) -> None:
    """Take an application back; no reason is asked. Raises NotYourTurn."""
    application = locked(application)
    if not may_become(State(application.state), State.WITHDRAWN):
        raise NotYourTurn()
    add_step(actor, application, Deed.WITHDRAWN, today)
    stand(application, State.WITHDRAWN, today)


def stand(application: Application, state: State, today: date) -> None:
    """Set where an application stands, and by when the next move is promised."""
    application.state = state.value
    talk = local_day(application.talk_at) if application.talk_at else None
    application.due_on = due_on(state, Side(application.side), today=today, talk=talk)
    application.decided_on = None if application.due_on else today
    if state is not State.PLANNED:
        application.talk_at, application.talk_where, application.is_coming = None, "", None
    application.save()


def local_day(at: datetime) -> date:
    """The day of a moment on the clock of this installation."""
    return timezone.localtime(at).date()


def add_step(
    actor: Actor,
    application: Application,
    deed: Deed,
    today: date,
    text: str = "",
    *,
    at: datetime | None = None,
) -> Step:
    """Add a line to the history; `at` is the time of a talk."""
    step = Step(
        organisation_id=application.organisation_id,
        application=application,
        deed=deed.value,
        on=today,
        by=actor.membership,
        text=text.strip(),
        at=at,
    )
    step.save()
    return step


def locked(application: Application) -> Application:
    """The application as it is now; who comes second waits here and sees what the first did."""
    rows = Application.objects.select_for_update(of=("self",))
    found: Application = rows.select_related("programme", "organisation").get(pk=application.pk)
    return found
