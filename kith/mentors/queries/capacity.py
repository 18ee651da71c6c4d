"""What a mentor offers, and which mentors rest while a match of theirs runs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.queries.pool import pending_offers
from kith.matching.rules.load import held_places
from kith.mentoring.models import HandOver, Match, MatchMember
from kith.mentoring.queries.lists import RUNNING_STATES
from kith.mentoring.rules.handovers import OPEN, HandOverState
from kith.mentors.models import Rest
from kith.mentors.permissions import SETTLE_REST
from kith.mentors.rules.capacity import Offered
from kith.people.models import MentorProfile, Person
from kith.people.rules import Side

MOST_MATCHES = 5


def offered(person: Person) -> Offered:
    """What this mentor offers today."""
    profile = MentorProfile.objects.get(person=person)
    return Offered(
        capacity=profile.capacity,
        held=held_places([person.pk])[person.pk],
        asked=pending_offers([person.pk]).get(person.pk, 0),
        available_since=profile.available_since,
        paused_until=profile.paused_until,
    )


@dataclass(frozen=True)
class RunningPlace:
    """A place of a mentor in a running match, and what is open about somebody else there."""

    member: MatchMember
    match: Match
    hand_over: HandOver | None


@dataclass(frozen=True)
class Resting:
    """A mentor who rests, and the matches that run meanwhile."""

    rest: Rest
    places: list[RunningPlace]


def rests(actor: Actor) -> "QuerySet[Rest]":
    """Rests this actor looks after."""
    return visible(actor, SETTLE_REST, Rest.objects.all()).select_related("person")


def to_settle(actor: Actor, *, today: date, limit: int) -> list[Rest]:
    """Rests of mentors whose match runs, and about which nobody has spoken with both sides."""
    running = MatchMember.objects.filter(
        person=OuterRef("person"),
        side=Side.MENTOR.value,
        until__isnull=True,
        match__state__in=RUNNING_STATES,
    )
    rows = rests(actor).filter(ended_on__isnull=True, settled_on__isnull=True, until__gt=today)
    return list(rows.filter(Exists(running)).order_by("until", "id")[:limit])


def places_of(person: Person) -> list[RunningPlace]:
    """The running matches of a mentor, each with the stand-in that is asked, agreed or there."""
    rows = MatchMember.objects.filter(
        person=person,
        side=Side.MENTOR.value,
        until__isnull=True,
        match__state__in=RUNNING_STATES,
    )
    rows = rows.select_related("match__participant", "match__mentor", "match__group")
    members = list(rows.order_by("match")[:MOST_MATCHES])
    asked = HandOver.objects.filter(
        member__in=[row.pk for row in members], state__in=sorted(OPEN)
    ).exclude(state=HandOverState.BEGUN.value, until_on__isnull=True)
    found = {one.member_id: one for one in asked.select_related("person").order_by("id")}
    return [RunningPlace(row, row.match, found.get(row.pk)) for row in members]


def own_rest(person: Person) -> Rest | None:
    """The rest that runs now, where a mentor said one themselves."""
    return Rest.objects.filter(person=person, ended_on__isnull=True).first()


def rest_of(actor: Actor, pk: UUID) -> Resting | None:
    """One rest with its matches."""
    rest = rests(actor).filter(pk=pk).first()
    return Resting(rest, places_of(rest.person)) if rest else None
