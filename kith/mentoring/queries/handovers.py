"""Hand-overs of matches: what is asked, agreed and begun, and who could take a place."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import HandOver, Match, MatchMember
from kith.mentoring.permissions import ANSWER_HAND_OVER
from kith.mentoring.queries.groups import Volunteer, has_children, volunteers
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.handovers import ASK_BEFORE_DAYS, OPEN, HandOverState
from kith.mentoring.rules.states import RUNNING
from kith.people.models import Person
from kith.people.queries import find_people
from kith.people.rules import Side
from kith.programmes.models import Enrolment
from kith.programmes.rules import rules_of

CANDIDATES = 10
MOST_LINES = 4
RUNNING_STATES = [state.value for state in RUNNING]


def candidates(actor: Actor, match: Match, *, text: str) -> list[Person]:
    """Who could take a place: found by name, else mentors of the programme with a place free."""
    here = {row.person_id for row in people_now(match)}
    if text:
        found = [one for one in find_people(actor, text, CANDIDATES) if one.is_mentor]
    else:
        free = Enrolment.objects.filter(
            programme=match.programme_id, side=Side.MENTOR.value, state="waiting"
        )
        rows = free.select_related("person").order_by("waiting_since", "id")
        found = [row.person for row in rows[: CANDIDATES + len(here)]]
    return [one for one in found if one.pk not in here][:CANDIDATES]


def ready_to_take(match: Match, person: Person, *, today: date) -> Volunteer:
    """What somebody still needs before they may go with this participant."""
    children = has_children(match.participant)
    rules = rules_of(match.programme)
    return volunteers(rules, [person], {}, children=children, today=today)[0]


def hand_overs(match: Match) -> "QuerySet[HandOver]":
    """The hand-overs of a match, the newest first."""
    rows = HandOver.objects.filter(match=match)
    rows = rows.select_related("match__programme", "member__person", "person", "joined__person")
    ordered: QuerySet[HandOver] = rows.order_by("-from_on", "-id")
    return ordered


def open_of(match: Match) -> list[HandOver]:
    """Those asked, agreed, or begun and not over; a hand-over for good is over when it began."""
    rows = hand_overs(match).filter(state__in=sorted(OPEN))
    return list(rows.exclude(state=HandOverState.BEGUN.value, until_on__isnull=True))


def open_at(member: MatchMember) -> HandOver | None:
    """What is asked, agreed or begun about one place: whose it is, or who stands in."""
    rows = open_of(member.match)
    return next((row for row in rows if member.pk in {row.member_id, row.joined_id}), None)


def asked(actor: Actor) -> "QuerySet[HandOver]":
    """Hand-overs about which the actor is asked, or may note an answer."""
    rows = visible(actor, ANSWER_HAND_OVER, HandOver.objects.all())
    return rows.select_related("match__programme", "match__participant", "member__person", "person")


def own_asked(actor: Actor) -> list[HandOver]:
    """What the participant behind the account is asked."""
    if actor.user_id is None:
        return []
    rows = asked(actor).filter(state=HandOverState.ASKED.value, match__state__in=RUNNING_STATES)
    theirs = MatchMember.objects.filter(
        person__user_id=actor.user_id, side=Side.PARTICIPANT.value, until__isnull=True
    )
    return list(rows.filter(match__in=theirs.values("match")).order_by("id")[:MOST_LINES])


def named(actor: Actor, keys: Collection[UUID]) -> list[HandOver]:
    """Those of some hand-overs that concern the person behind the account."""
    if actor.user_id is None:
        return []
    theirs = MatchMember.objects.filter(
        person__user_id=actor.user_id, side=Side.PARTICIPANT.value, until__isnull=True
    )
    concerned = Q(match__in=theirs.values("match")) | Q(person__user_id=actor.user_id)
    concerned |= Q(member__person__user_id=actor.user_id)
    rows = HandOver.objects.filter(concerned, pk__in=list(keys))
    return list(rows.select_related("match__participant", "person", "member__person"))


def to_look_after(actor: Actor, *, today: date) -> list[HandOver]:
    """What the coordinator does next: an answer to ask for, a beginning that waits, an end."""
    mine = Q(match__participant__responsible=actor.membership)
    mine |= Q(match__participant__responsible__isnull=True)
    soon = today + timedelta(days=ASK_BEFORE_DAYS)
    due = Q(state=HandOverState.ASKED.value)
    due |= Q(state=HandOverState.AGREED.value, from_on__lte=today)
    due |= Q(state=HandOverState.BEGUN.value, until_on__lte=soon)
    rows = asked(actor).filter(mine).filter(due, match__state__in=RUNNING_STATES)
    return list(rows.order_by("from_on", "id")[:MOST_LINES])
