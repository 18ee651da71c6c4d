"""Hand-overs: asking, the participant's answer, the day it begins, and a stand-in's last day."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.matching.commands.places import settle_mentor
from kith.matching.rules.words import called
from kith.mentoring.commands.dates import refresh
from kith.mentoring.commands.groups import AlreadyAMember, MemberGone, VolunteersLack
from kith.mentoring.commands.members import join, leave, take_over, turn_to
from kith.mentoring.commands.talks import MatchIsOver
from kith.mentoring.models import HandOver, Match, MatchMember
from kith.mentoring.permissions import ANSWER_HAND_OVER, CHANGE_MEMBERS, KEEP_HAND_OVERS
from kith.mentoring.queries.groups import enrolled_mentors
from kith.mentoring.queries.handovers import ready_to_take
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.handovers import (
    AHEAD,
    NEXT_HAND_OVER,
    HandOverPlan,
    HandOverState,
    longer_by,
    within,
)
from kith.mentoring.rules.members import LeaveReason
from kith.mentoring.rules.states import RUNNING
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.commands import enrol
from kith.programmes.models import Enrolment

AT_ONCE = 200


class HandOverOutOfRange(Refused):
    """A hand-over lies ahead, and a stand-in is for a while."""

    sentence = _(
        "Choose a first day from today on, at most 90 days ahead, and for a stand-in a last day "
        "within 180 days of it."
    )


class HandOverAsked(Refused):
    """One thing at a time."""

    sentence = _("Somebody is being asked about this place already.")


class HandOverMoved(Refused):
    """The hand-over is no longer where the page showed it."""

    sentence = _("This has changed meanwhile. Look at it again.")


@command(CHANGE_MEMBERS, on="match")
def ask_hand_over(
    actor: Actor,
    *,
    match: Match,
    member: MatchMember,
    person: Person,
    plan: HandOverPlan,
    today: date,
    now: datetime,
) -> HandOver:
    """Ask the participant whether somebody else may go with them, for good or for a while.

    Raises MatchIsOver, MemberGone, AlreadyAMember, HandOverAsked, HandOverOutOfRange,
    VolunteersLack.
    """
    _require_place(match, member)
    if person.pk in {row.person_id for row in people_now(match)}:
        raise AlreadyAMember()
    if HandOver.objects.filter(member=member, state__in=sorted(AHEAD)).exists():
        raise HandOverAsked()
    if not within(plan, today):
        raise HandOverOutOfRange()
    _require_ready(match, person, today=today)
    if person.pk not in enrolled_mentors(match.programme, [person.pk]):
        enrol(actor, programme=match.programme, person=person, side=Side.MENTOR, today=today)
    handover: HandOver = HandOver.objects.create(
        match=match,
        member=member,
        person=person,
        asked_on=today,
        asked_by=actor.membership,
        from_on=plan.from_on,
        until_on=plan.until_on,
    )
    refresh(match, now=now)
    return handover


@command(ANSWER_HAND_OVER, on="handover")
def answer_hand_over(
    actor: Actor, *, handover: HandOver, agrees: bool, today: date, now: datetime
) -> HandOver:
    """The participant says yes or no, or staff note it; nobody asks why.

    A yes on or after the first day begins it at once, when nothing is missing. Raises
    HandOverMoved.
    """
    _move(handover, HandOverState.AGREED if agrees else HandOverState.REFUSED)
    handover.answered_on, handover.noted_by = today, _noted_by(actor)
    handover.save()
    _begin_if_due(handover, today=today, now=now)
    return handover


@command(CHANGE_MEMBERS, on="match")
def call_off_hand_over(
    actor: Actor, *, match: Match, handover: HandOver, now: datetime
) -> HandOver:
    """It does not take place; everything stays as it is. Raises HandOverMoved."""
    _move(handover, HandOverState.OFF)
    handover.save()
    refresh(match, now=now)
    return handover


@command(CHANGE_MEMBERS, on="match")
def stand_in_longer(
    actor: Actor, *, match: Match, handover: HandOver, until_on: date, today: date, now: datetime
) -> HandOver:
    """Somebody stands in until a later day. Raises HandOverMoved, HandOverOutOfRange."""
    if handover.state != HandOverState.BEGUN or not handover.stands_in:
        raise HandOverMoved()
    if until_on < today or not longer_by(until_on, after=today):
        raise HandOverOutOfRange()
    handover.until_on = until_on
    handover.save()
    refresh(match, now=now)
    return handover


@command(CHANGE_MEMBERS, on="match")
def end_stand_in(
    actor: Actor, *, match: Match, handover: HandOver, today: date, now: datetime
) -> HandOver:
    """Whoever somebody stood in for is back. Raises HandOverMoved, MemberGone."""
    if not handover.stands_in or handover.joined is None:
        raise HandOverMoved()
    if handover.member.until is not None:
        raise MemberGone()
    _end(handover, on=today, now=now)
    return handover


@command(KEEP_HAND_OVERS)
def keep_hand_overs(actor: Actor, *, today: date, now: datetime) -> int:
    """Begin those whose day has come, end stand-ins whose last day is over; gives how many."""
    running = [state.value for state in RUNNING]
    rows = HandOver.objects.filter(match__state__in=running).select_related(
        "match__programme", "member__person", "person", "joined__person"
    )
    due = rows.filter(state=HandOverState.AGREED.value, from_on__lte=today)
    begun = [_begin_if_due(one, today=today, now=now) for one in due.order_by("id")[:AT_ONCE]]
    over = rows.filter(
        state=HandOverState.BEGUN.value, until_on__lt=today, member__until__isnull=True
    )
    ended = list(over.order_by("id")[:AT_ONCE])
    for one in ended:
        _end(one, on=one.until_on or today, now=now)
    return sum(begun) + len(ended)


def _begin_if_due(handover: HandOver, *, today: date, now: datetime) -> bool:
    """Whether it began. Where something is missing meanwhile, the coordinator is told by a line."""
    match, person = handover.match, handover.person
    if handover.state != HandOverState.AGREED or handover.from_on > today:
        return False
    gone = match.state not in RUNNING or handover.member.until is not None
    if gone or not ready_to_take(match, person, today=today).is_ready:
        return False
    _move(handover, HandOverState.BEGUN)
    member = handover.member
    # One match in hand: whom it turns to is kept with it, and its dates are renewed below.
    member.match = match
    if handover.stands_in:
        handover.joined = _stand_in(match, member, person, on=today)
    else:
        handover.joined = take_over(member, person, on=today)
    handover.save()
    _settle(match, member.person, person)
    refresh(match, now=now)
    return True


def _stand_in(match: Match, member: MatchMember, person: Person, *, on: date) -> MatchMember:
    """The stand-in comes beside whoever is away, and is turned to meanwhile."""
    joined = join(
        match, person, side=Side(member.side), since=on, roles=member.roles, instead_of=member
    )
    if member.person_id == match.mentor_id:
        turn_to(match, person, side=Side.MENTOR)
    return joined


def _end(handover: HandOver, *, on: date, now: datetime) -> None:
    _move(handover, HandOverState.OVER)
    match, joined, back = handover.match, handover.joined, handover.member.person
    if joined is not None and joined.until is None:
        leave(joined, until=on, reason=LeaveReason.CAME_BACK)
    if match.mentor_id == handover.person_id:
        turn_to(match, back, side=Side.MENTOR)
    handover.save()
    _settle(match, handover.person)
    refresh(match, now=now)


def _settle(match: Match, *mentors: Person) -> None:
    """Whoever leaves has a place free again; whoever comes has one less."""
    rows = Enrolment.objects.filter(
        programme=match.programme, person__in=mentors, side=Side.MENTOR.value
    )
    for place in rows.exclude(state="ended").order_by("id"):
        settle_mentor(place)


def _move(handover: HandOver, state: HandOverState) -> None:
    if state not in NEXT_HAND_OVER[HandOverState(handover.state)]:
        raise HandOverMoved()
    handover.state = state.value


def _noted_by(actor: Actor) -> Membership | None:
    """Who of staff noted the answer; nobody where the participant answered."""
    return actor.membership if actor.is_staff else None


def _require_place(match: Match, member: MatchMember) -> None:
    if match.state not in RUNNING:
        raise MatchIsOver()
    is_here = member.match_id == match.pk and member.until is None
    if not is_here or member.side != Side.MENTOR:
        raise MemberGone()


def _require_ready(match: Match, person: Person, *, today: date) -> None:
    if not ready_to_take(match, person, today=today).is_ready:
        raise VolunteersLack(str(VolunteersLack.sentence) % {"names": called(person)})
