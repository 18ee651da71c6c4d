"""Which matches ask for the coordinator today, and what runs as planned."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Match, Meeting
from kith.mentoring.permissions import SEE_MATCH
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import Attention, Care, Dates, care_of
from kith.mentoring.rules.rising import Step, pressing, step_of
from kith.mentoring.rules.states import MatchState, MeetingState
from kith.programmes.rules import rules_of

MOST_LINES = 8
MOST_COUNTED = 999
MOST_NEW = 4
MOST_MORE = 99
ON_A_PAGE = 30


@dataclass(frozen=True)
class InCare:
    """A match that asks for attention, its dates, the rules and the most pressing reason."""

    match: Match
    dates: Dates
    care: Care
    attention: Attention

    def step(self, today: date) -> Step:
        """How far the matter has risen."""
        return step_of(self.attention, self.care, today=today)


def own_people(actor: Actor) -> Q:
    """Matches of people the actor looks after, or nobody yet."""
    mine = Q(participant__responsible=actor.membership)
    return mine | Q(participant__responsible__isnull=True)


def own_matches(actor: Actor) -> "QuerySet[Match]":
    """Matches of one's own people, with whom the page names."""
    rows = visible(actor, SEE_MATCH, Match.objects.all()).filter(own_people(actor))
    return rows.select_related("participant", "mentor", "programme", "group")


def to_call(actor: Actor, *, today: date) -> "QuerySet[Match]":
    """Matches of which somebody calls someone today, those first that wait the longest."""
    return own_matches(actor).filter(call_on__lte=today).order_by("call_on", "id")


def due(actor: Actor, *, today: date) -> "QuerySet[Match]":
    """Matches that ask for attention without a call, those first that ask the longest."""
    rows = own_matches(actor).filter(attention_on__lte=today)
    rows = rows.filter(Q(call_on__isnull=True) | Q(call_on__gt=today))
    return rows.order_by("attention_on", "id")


def in_care(actor: Actor, *, today: date) -> list[InCare]:
    """The first of them, each with its most pressing reason: calls first, then the rest."""
    calls = list(to_call(actor, today=today)[:MOST_LINES])
    rest = list(due(actor, today=today)[: MOST_LINES - len(calls)])
    return cared_for([*calls, *rest], today=today)


@dataclass(frozen=True)
class Mark:
    """Where a page of the list ends: among those to call, or among the others."""

    is_call: bool
    day: date
    key: UUID

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark an address names, or None when it names none."""
        kind, _, rest = text.partition("_")
        day, _, key = rest.partition("_")
        try:
            return cls(kind == "call", date.fromisoformat(day), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{'call' if self.is_call else 'other'}_{self.day.isoformat()}_{self.key}"


def page(actor: Actor, *, after: Mark | None, today: date) -> tuple[list[InCare], Mark | None]:
    """One page of everything that asks for the actor, calls first; and where the next begins."""
    found: list[tuple[Match, Mark]] = []
    for is_call, rows, name in (
        (True, to_call(actor, today=today), "call_on"),
        (False, due(actor, today=today), "attention_on"),
    ):
        if after is not None and after.is_call and not is_call:
            after = None
        if after is not None and not after.is_call and is_call:
            continue
        rest = _after(rows, name, after)[: ON_A_PAGE + 1 - len(found)]
        found += [(row, Mark(is_call, getattr(row, name), row.pk)) for row in rest]
    shown = found[:ON_A_PAGE]
    more = shown[-1][1] if len(found) > ON_A_PAGE else None
    return cared_for([row for row, _mark in shown], today=today), more


def _after(rows: "QuerySet[Match]", name: str, mark: Mark | None) -> "QuerySet[Match]":
    if mark is None:
        return rows
    # The first bound alone is what the index understands.
    later = Q(**{f"{name}__gt": mark.day}) | Q(pk__gt=mark.key)
    return rows.filter(later, **{f"{name}__gte": mark.day})


def more_in_care(actor: Actor, *, today: date) -> int:
    """How many matches ask for something beside those of `in_care`, counted up to a limit."""
    rows = own_matches(actor).filter(attention_on__lte=today).order_by()
    return max(0, rows[: MOST_LINES + MOST_MORE + 1].count() - MOST_LINES)


def cared_for(matches: list[Match], *, today: date) -> list[InCare]:
    """Those of some matches that ask for attention, with the reason."""
    dates = dates_of(matches)
    found = []
    for match in matches:
        care = care_of(rules_of(match.programme), match.unit)
        reasons = pressing(dates[match.pk], care, today=today)
        if reasons:
            found.append(InCare(match, dates[match.pk], care, reasons[0]))
    return found


def all_reasons(match: Match, *, today: date) -> list[InCare]:
    """Everything one match asks for today, the most pressing first."""
    dates, care = dates_of([match])[match.pk], care_of(rules_of(match.programme), match.unit)
    return [InCare(match, dates, care, one) for one in pressing(dates, care, today=today)]


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
