"""What coordinators do: ask back, invite, accept, decline. Each step is told to the person."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people import commands as people
from kith.people.models import FamilyMember, Person
from kith.people.rules import CheckKind, Side
from kith.programmes import commands as programmes
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import PlaceState
from kith.questionnaires.commands import take_over_answers
from kith.questionnaires.commands.answering import AnswersMissing, AnswersOver
from kith.welcome.commands.knocking import add_step, local_day, locked, stand
from kith.welcome.commands.talks import Told, keep_talk
from kith.welcome.events import Accepted
from kith.welcome.models import Application, IntakeAnswers
from kith.welcome.permissions import DECIDE
from kith.welcome.rules.states import Deed, State, may_become
from kith.welcome.rules.texts import letters


class MovedOn(Refused):
    """It stands somewhere else by now."""

    sentence = _("This has moved on meanwhile. Look at it again.")


class TextMissing(Refused):
    """An empty question asks nothing."""

    sentence = _("Write what you would like to know.")


class TalkInThePast(Refused):
    """A talk is planned for a time to come."""

    sentence = _("Choose a time that lies ahead.")


class ReasonMissing(Refused):
    """A no has a reason that the person is told."""

    sentence = _("Choose the reason that the person is told.")


class NeedsProgramme(Refused):
    """A mentor is accepted for a programme."""

    sentence = _("Choose the programme.")


@command(DECIDE, on="application")
def ask_back(actor: Actor, *, application: Application, text: str, today: date) -> Application:
    """Ask the person something; they answer with their code. Raises MovedOn, TextMissing."""
    if not text.strip():
        raise TextMissing()
    application = _may(application, State.ASKED)
    _look_after(actor, application)
    add_step(actor, application, Deed.QUESTION, today, text)
    stand(application, State.ASKED, today)
    return application


@command(DECIDE, on="application")
def invite(
    actor: Actor,
    *,
    application: Application,
    at: datetime,
    where: str,
    text: str,
    today: date,
    now: datetime,
) -> Application:
    """Plan a talk, or move it. Raises MovedOn, TalkInThePast."""
    if at <= now:
        raise TalkInThePast()
    application = _may(application, State.PLANNED)
    _look_after(actor, application)
    application.talk_at, application.talk_where, application.is_coming = at, where.strip(), None
    said = "\n".join(line for line in (where.strip(), text.strip()) if line)
    add_step(actor, application, Deed.INVITED, today, said, at=at)
    stand(application, State.PLANNED, today)
    return application


@command(DECIDE, on="application")
def note_inside(actor: Actor, *, application: Application, text: str, today: date) -> None:
    """A note between coordinators; the person may ask to read it. Raises TextMissing."""
    if not text.strip():
        raise TextMissing()
    add_step(actor, application, Deed.NOTE, today, text)


@command(DECIDE, on="application")
def take_on(actor: Actor, *, application: Application) -> Application:
    """Say that one looks after this application."""
    application = locked(application)
    application.responsible = actor.membership
    application.save()
    return application


@command(DECIDE, on="application")
def decline(
    actor: Actor, *, application: Application, reason: str, text: str, today: date
) -> Application:
    """Say no with a coded reason, and a few words of one's own. Raises MovedOn, ReasonMissing."""
    side = Side(application.side)
    if reason not in {one.key for one in letters().of(side)}:
        raise ReasonMissing()
    application = _may(application, State.DECLINED)
    application.reason, application.decided_by = reason, actor.membership
    add_step(actor, application, Deed.DECLINED, today, text)
    stand(application, State.DECLINED, today)
    return application


@command(DECIDE, on="application")
def accept_mentor(
    actor: Actor,
    *,
    application: Application,
    programme: Programme | None,
    person: Person | None,
    interview_on: date | None,
    text: str,
    today: date,
    now: datetime,
) -> Person:
    """Write a mentor down, or go on with someone who is here already, and give a place.

    person        who they are, where the same person has a record already
    interview_on  the day of the talk, when it is to count as the interview of the programme
    raises        MovedOn, NeedsProgramme, and what writing down and enrolling refuse
    """
    if programme is None:
        raise NeedsProgramme()
    application = _may(application, State.ACCEPTED)
    said = application.answers or {}
    if person is None:
        person = people.add_mentor(
            actor, **_basics(actor, application), topics=said.get("topics", ())
        )
        _add_wishes(actor, person, said, now)
    elif not person.is_mentor:
        people.take_side(actor, person=person, side=Side.MENTOR, today=today)
    if said.get("why"):
        people.add_note(actor, person=person, told_by_person=said["why"], today=today, now=now)
    if interview_on is not None:
        people.record_check(
            actor,
            person=person,
            kind=CheckKind.INTERVIEW.value,
            done_on=interview_on,
            valid_until=None,
            today=today,
            now=now,
        )
    _give_place(actor, programme, person, Side.MENTOR, application, today)
    return _accepted(actor, application, person, text, now)


@command(DECIDE, on="application")
def accept_participant(
    actor: Actor,
    *,
    application: Application,
    programme: Programme | None,
    person: Person | None,
    told: Told | None,
    text: str,
    today: date,
    now: datetime,
) -> Person:
    """Write a participant down, or go on with someone who is here already, and begin the waiting.

    The waiting counts from the day of the request. Without a programme nobody is on a list yet.
    Raises MovedOn, and what writing down and enrolling refuse.
    """
    application = _may(application, State.ACCEPTED)
    said = application.answers or {}
    if person is None:
        person = people.add_participant(
            actor,
            **_basics(actor, application),
            contact_note=_who_asked(application),
            needs=said.get("needs", ()),
            asked_on=application.received_on,
        )
        _add_wishes(actor, person, said, now)
    elif not person.is_participant:
        people.take_side(actor, person=person, side=Side.PARTICIPANT, today=application.received_on)
    if said.get("family"):
        _note_family(actor, application, person, said["family"], now)
    if told is not None:
        keep_talk(actor, person, told)
    if programme is not None:
        _give_place(actor, programme, person, Side.PARTICIPANT, application, today)
    return _accepted(actor, application, person, text, now)


def _basics(actor: Actor, application: Application) -> dict[str, Any]:
    said = application.answers or {}
    return {
        "name": str(application.name),
        "adult": True,
        "phone": str(application.phone),
        "email": str(application.email),
        "channel": application.channel,
        "safe_to_write": application.safe_to_write,
        "language": application.language,
        "languages": {code: int(level) for code, level in said.get("languages", {}).items()},
        "responsible": application.responsible or actor.membership,
    }


def _add_wishes(actor: Actor, person: Person, said: Mapping[str, Any], now: datetime) -> None:
    if said.get("times"):
        people.set_availability(actor, person=person, slots=said["times"], now=now)
    if said.get("place") or said.get("online") is not None:
        people.set_place(
            actor,
            person=person,
            place=said.get("place", ""),
            max_km=None,
            online=said.get("online"),
            now=now,
        )


def _note_family(
    actor: Actor,
    application: Application,
    person: Person,
    family: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write the family down; its other adults are asked and added by name later."""
    if FamilyMember.objects.filter(person=person).exists():
        return
    people.make_family(
        actor,
        person=person,
        label=str(application.name).split()[-1],
        children={band: int(count) for band, count in family.get("children", {}).items()},
        now=now,
    )


def _who_asked(application: Application) -> str:
    helper = application.helper or {}
    parts = (helper.get("name"), helper.get("organisation"), helper.get("contact"))
    return " · ".join(part for part in parts if part)


def _give_place(
    actor: Actor,
    programme: Programme,
    person: Person,
    side: Side,
    application: Application,
    today: date,
) -> None:
    held = Enrolment.objects.filter(programme=programme, person=person, side=side.value)
    if held.exclude(state=PlaceState.ENDED.value).exists():
        return
    programmes.enrol(
        actor,
        programme=programme,
        person=person,
        side=side,
        today=today,
        waiting_since=application.received_on,
    )


def _accepted(
    actor: Actor, application: Application, person: Person, text: str, now: datetime
) -> Person:
    today = local_day(now)
    application.person, application.decided_by = person, actor.membership
    _take_over_intake(actor, application, person, now)
    add_step(actor, application, Deed.ACCEPTED, today, text)
    stand(application, State.ACCEPTED, today)
    announce(Accepted(application.pk, person.pk, application.side))
    return person


def _take_over_intake(
    actor: Actor, application: Application, person: Person, now: datetime
) -> None:
    """The answers to the questions of the programme follow the person."""
    rows = IntakeAnswers.objects.filter(application=application).order_by("id")
    for row in rows.select_related("asking__questionnaire", "version"):
        try:
            take_over_answers(
                actor,
                person=person,
                asking=row.asking,
                version=row.version,
                given=row.given or {},
                passed_over=row.passed_over,
                language=row.language,
                today=local_day(now),
                now=now,
            )
        except (AnswersOver, AnswersMissing):
            # Answered as the same person before: the earlier answers stay, these lie here.
            continue


def _may(application: Application, wanted: State) -> Application:
    application = locked(application)
    if not may_become(State(application.state), wanted):
        raise MovedOn()
    return application


def _look_after(actor: Actor, application: Application) -> None:
    if application.responsible_id is None:
        application.responsible = actor.membership
