"""Talks some months after the end: whose day has come, which are open, which are late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from kith.base.days import months_later
from kith.consent.queries import persons_agreed
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import FollowUp, Match
from kith.mentoring.permissions import NOTE_FOLLOW_UP
from kith.mentoring.rules.closing import (
    FOLLOW_UP,
    FOLLOW_UP_OPEN_DAYS,
    FollowUpState,
    still_open,
)
from kith.programmes.models import Programme
from kith.programmes.rules import rules_of

MOST_LINES = 4
# A month has 28 to 31 days: the span asked of the index is a little wider than what is due.
SHORTEST_MONTH, LONGEST_MONTH = 28, 31


@dataclass(frozen=True)
class Coming:
    """A talk to open."""

    match: Match
    months: int
    due_on: date


def to_open(today: date) -> list[Coming]:
    """Talks whose day has come, where the participant's yes is in force and nothing is open yet."""
    found = []
    for programme in Programme.objects.order_by("id"):
        for months in rules_of(programme).follow_up_months:
            for match in _closed(programme, months, today):
                due_on = months_later(match.closed_on or today, months)
                if still_open(due_on, today):
                    found.append(Coming(match, months, due_on))
    return found


def _closed(programme: Programme, months: int, today: date) -> "QuerySet[Match]":
    earliest = today - timedelta(days=months * LONGEST_MONTH + FOLLOW_UP_OPEN_DAYS)
    latest = today - timedelta(days=months * SHORTEST_MONTH)
    known = FollowUp.objects.filter(match=OuterRef("pk"), months=months)
    rows = Match.objects.filter(
        programme=programme,
        state="closed",
        closed_on__range=(earliest, latest),
        participant__in=persons_agreed(FOLLOW_UP),
    )
    rows = rows.filter(~Exists(known)).select_related("participant")
    ordered: QuerySet[Match] = rows.order_by("closed_on", "id")
    return ordered


def late(today: date) -> "QuerySet[FollowUp]":
    """Open talks that nobody held in time."""
    day = today - timedelta(days=FOLLOW_UP_OPEN_DAYS)
    rows: QuerySet[FollowUp] = FollowUp.objects.filter(
        state=FollowUpState.OPEN.value, due_on__lt=day
    )
    return rows


def follow_ups(actor: Actor) -> "QuerySet[FollowUp]":
    """Talks after the end that the actor may note, where the yes is in force."""
    rows = visible(actor, NOTE_FOLLOW_UP, FollowUp.objects.all())
    rows = rows.filter(person__in=persons_agreed(FOLLOW_UP))
    found: QuerySet[FollowUp] = rows.select_related("person", "match__programme")
    return found


def open_now(actor: Actor) -> list[FollowUp]:
    """The first of those to hold now with one's own people."""
    mine = Q(person__responsible=actor.membership) | Q(person__responsible__isnull=True)
    rows = follow_ups(actor).filter(mine, state=FollowUpState.OPEN.value)
    return list(rows.order_by("due_on", "id")[:MOST_LINES])


def with_account(first: date, last: date) -> "QuerySet[FollowUp]":
    """Open talks whose day lies in a span, with people who can sign in and still agree."""
    rows = FollowUp.objects.filter(
        state=FollowUpState.OPEN.value,
        due_on__range=(first, last),
        person__user__isnull=False,
        person__in=persons_agreed(FOLLOW_UP),
    )
    found: QuerySet[FollowUp] = rows.select_related("person", "match").order_by("due_on", "id")
    return found


def of_match(actor: Actor, match: Match) -> list[FollowUp]:
    """The talks after the end of one match."""
    return list(follow_ups(actor).filter(match=match).order_by("months"))


def over_before(day: date) -> Iterable[UUID]:
    """Talks of people whose last one was on this day or before; for the retention clock."""
    last = FollowUp.objects.filter(on__isnull=False).values("person").annotate(last=Max("on"))
    over = last.filter(last__lte=day).values("person")
    rows = FollowUp.objects.filter(person__in=over, on__isnull=False)
    return rows.values_list("pk", flat=True)
