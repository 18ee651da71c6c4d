"""What the made-up mentor and participant, as whom one looks in, have before them."""

from datetime import date, datetime, timedelta

from kith.config.demo.crowd import moment
from kith.config.demo.writing import write_messages
from kith.gate.actor import Actor, member_actor
from kith.gate.models import Membership
from kith.mentoring.commands import plan_meeting
from kith.mentoring.models import Match, Meeting
from kith.mentoring.rules.notes import MeetingPlan
from kith.people.models import Person

PLACE = "ul. Święty Marcin 40, Poznań"
CLINIC = "Przychodnia, ul. Szwajcarska 3, Poznań"


def make_near(*, today: date, now: datetime) -> None:
    """They meet tomorrow, next week with somebody who interprets, and write to each other."""
    match = _match_to_look_at()
    if match is not None:
        _meet_tomorrow(match, today=today, now=now)
        _meet_with_an_interpreter(match, today=today, now=now)
        mentor, participant = _actor(match.mentor), _actor(match.participant)
        write_messages(match, mentor, participant, now=now)


def _match_to_look_at() -> Match | None:
    """The running match of which both people have a sign-in."""
    rows = Match.objects.filter(
        state="active", participant__user__isnull=False, mentor__user__isnull=False
    )
    found: Match | None = rows.select_related("participant", "mentor", "programme").first()
    return found


def _meet_tomorrow(match: Match, *, today: date, now: datetime) -> None:
    at = moment(today + timedelta(days=1), 17)
    if not Meeting.objects.filter(match=match, state="planned", planned_at=at).exists():
        plan = MeetingPlan(at=at, minutes=90, place=PLACE)
        plan_meeting(_actor(match.mentor), match=match, plan=plan, now=now)


def _meet_with_an_interpreter(match: Match, *, today: date, now: datetime) -> None:
    """Nobody is found yet: the request stands before the coordinator."""
    at = moment(today + timedelta(days=8), 17)
    if not Meeting.objects.filter(match=match, state="planned", planned_at=at).exists():
        plan = MeetingPlan(at=at, minutes=90, place=CLINIC, interpreter_wanted=True)
        plan_meeting(_actor(match.mentor), match=match, plan=plan, now=now)


def _actor(person: Person) -> Actor:
    rows = Membership.objects.filter(user=person.user_id)
    return member_actor(rows.select_related("organisation").get())
