"""Which matches ask for the coordinator today, and what runs as planned."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Match, Meeting
from kith.mentoring.permissions import SEE_MATCH
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import Attention, Care, Dates, attentions, care_of
from kith.mentoring.rules.states import WATCHED, MatchState, MeetingState
from kith.programmes.rules import rules_of

MOST_LINES = 8
MOST_COUNTED = 999
MOST_NEW = 4


@dataclass(frozen=True)
class InCare:
    """A match that asks for attention, its dates, the rules and the most pressing reason."""

    match: Match
    dates: Dates
    care: Care
    attention: Attention


def own_people(actor: Actor) -> Q:
    """Matches of people the actor looks after, or nobody yet."""
    mine = Q(participant__responsible=actor.membership)
    return mine | Q(participant__responsible__isnull=True)


def due(actor: Actor, *, today: date) -> "QuerySet[Match]":
    """Matches of one's own people that ask for attention, those first that ask the longest."""
    rows = visible(actor, SEE_MATCH, Match.objects.all()).filter(own_people(actor))
    rows = rows.filter(state__in=[state.value for state in WATCHED], attention_on__lte=today)
    return rows.select_related("participant", "mentor", "programme", "group").order_by(
        "attention_on", "id"
    )


def in_care(actor: Actor, *, today: date) -> list[InCare]:
    """The first of them, each with its most pressing reason."""
    return cared_for(list(due(actor, today=today)[:MOST_LINES]), today=today)


def cared_for(matches: list[Match], *, today: date) -> list[InCare]:
    """Those of some matches that ask for attention, with the reason."""
    dates = dates_of(matches)
    found = []
    for match in matches:
        care = care_of(rules_of(match.programme), match.unit)
        reasons = attentions(dates[match.pk], care, today=today)
        if reasons:
            found.append(InCare(match, dates[match.pk], care, reasons[0]))
    return found


def to_bring_together(actor: Actor, *, today: date) -> list[Match]:
    """New matches of one's own people without a first meeting, planned or held.

    Those whose reason to call has come already are among the others.
    """
    rows = visible(actor, SEE_MATCH, Match.objects.all()).filter(own_people(actor))
    rows = rows.filter(
        state=MatchState.STARTING.value, next_meeting_at__isnull=True, started_on__isnull=True
    )
    rows = rows.filter(Q(attention_on__isnull=True) | Q(attention_on__gt=today))
    rows = rows.select_related("participant", "mentor", "group").order_by("-last_event_at", "-id")
    return list(rows[:MOST_NEW])


def as_planned(actor: Actor, *, today: date) -> int:
    """How many active matches need nothing now, counted up to MOST_COUNTED + 1."""
    rows = visible(actor, SEE_MATCH, Match.objects.all()).filter(state=MatchState.ACTIVE.value)
    rows = rows.filter(Q(attention_on__isnull=True) | Q(attention_on__gt=today))
    return rows.order_by()[: MOST_COUNTED + 1].count()


def unnoted(matches: list[Match], *, now: datetime) -> dict[Match, Meeting]:
    """Planned meetings whose time is over and of which nobody noted yet how they went."""
    by_key = {match.pk: match for match in matches}
    rows = Meeting.objects.filter(
        match__in=list(by_key), state=MeetingState.PLANNED.value, planned_at__lt=now
    )
    return {by_key[row.match_id]: row for row in rows.order_by("-planned_at")}
