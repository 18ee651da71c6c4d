"""The matches of a programme by phase, each column read page by page from an index."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.permissions import visible
from kith.mentoring.models import Match
from kith.mentoring.permissions import SEE_BOARD
from kith.mentoring.queries.lists import RUNNING_STATES
from kith.mentoring.rules.states import MatchState
from kith.programmes.models import Programme
from kith.programmes.rules import Phase, ProgrammeTemplate, Stage, rules_of

ON_THE_BOARD = 6
ON_A_PAGE = 30
MOST_COUNTED = 99
DAYS_OF_A_MONTH = 31
USUAL_MONTHS = 12


@dataclass(frozen=True)
class Mark:
    """Where a page of a column ends: behind a day and a match. No day: behind those not begun."""

    day: date | None
    key: UUID

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark an address names, or None when it names none."""
        day, _, key = text.partition("_")
        try:
            return cls(date.fromisoformat(day) if day else None, UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.day.isoformat() if self.day else ''}_{self.key}"


@dataclass(frozen=True)
class Column:
    """One phase with some of its matches; `number` is None when there are very many."""

    phase: Phase
    matches: list[Match]
    number: int | None
    next: Mark | None


def numbers(actor: Actor, programme: Programme, *, today: date) -> list[Column]:
    """Every phase with how many matches are in it. Raises Denied."""
    return [_column(rows, [], None) for rows in _phases(actor, programme, today)]


def board(actor: Actor, programme: Programme, *, today: date) -> list[Column]:
    """Every phase with its first matches. Raises Denied."""
    return [_filled(rows, None, ON_THE_BOARD) for rows in _phases(actor, programme, today)]


def column(
    actor: Actor, programme: Programme, phase: Phase, *, after: Mark | None, today: date
) -> Column:
    """One page of one phase. Raises Denied."""
    here = next(one for one in _phases(actor, programme, today) if one.phase.key == phase.key)
    return _filled(here, after, ON_A_PAGE)


@dataclass(frozen=True)
class _InPhase:
    """The matches of one phase, not read yet."""

    phase: Phase
    rows: "QuerySet[Match]"

    @property
    def is_over(self) -> bool:
        return self.phase.stage is Stage.FOLLOW_UP

    def after(self, mark: Mark | None) -> "QuerySet[Match]":
        """In their order: the earliest begun first, of the ended ones the latest."""
        return _ended(self.rows, mark) if self.is_over else _begun(self.rows, mark)

    def mark(self, match: Match) -> Mark:
        """The place of a match in this order."""
        return Mark(match.closed_on if self.is_over else match.started_on, match.pk)


def _phases(actor: Actor, programme: Programme, today: date) -> list[_InPhase]:
    check(actor, SEE_BOARD)
    rules = rules_of(programme)
    rows = visible(actor, SEE_BOARD, Match.objects.filter(programme=programme))
    rows = rows.select_related("participant", "mentor", "programme", "group")
    return [
        _InPhase(phase, rows.filter(within(rules, phase, today=today))) for phase in rules.phases
    ]


def _filled(here: _InPhase, after: Mark | None, most: int) -> Column:
    found = list(here.after(after)[: most + 1])
    more = here.mark(found[most - 1]) if len(found) > most else None
    return _column(here, found[:most], more)


def _column(here: _InPhase, matches: list[Match], more: Mark | None) -> Column:
    number = here.rows.order_by()[: MOST_COUNTED + 1].count()
    return Column(here.phase, matches, number if number <= MOST_COUNTED else None, more)


def within(rules: ProgrammeTemplate, phase: Phase, *, today: date) -> Q:
    """The matches that are in a phase today, by the day they began or ended.

    As `phase_of_match` says it of one match.
    """
    if phase.stage is Stage.FOLLOW_UP:
        months = max(rules.follow_up_months, default=USUAL_MONTHS)
        since = today - timedelta(days=months * DAYS_OF_A_MONTH)
        return Q(state=MatchState.CLOSED.value, closed_on__gte=since)
    running = Q(state__in=RUNNING_STATES)
    during = [one for one in rules.phases if one.stage is not Stage.FOLLOW_UP]
    place = during.index(phase)
    if phase is not during[-1]:
        begun = Q(started_on__gt=_start_of(phase.to_week, today))
        running &= begun | Q(started_on__isnull=True) if place == 0 else begun
    if place:
        running &= Q(started_on__lte=_start_of(during[place - 1].to_week, today))
    return running


def _start_of(weeks: int, today: date) -> date:
    """A match that began on this day has so many whole weeks behind it today."""
    return today - timedelta(weeks=weeks)


def _begun(rows: "QuerySet[Match]", after: Mark | None) -> "QuerySet[Match]":
    if after is not None and after.day is None:
        rows = rows.filter(started_on__isnull=True, pk__gt=after.key)
    elif after is not None:
        later = Q(started_on__gt=after.day) | Q(started_on=after.day, pk__gt=after.key)
        rows = rows.filter(later | Q(started_on__isnull=True))
    return rows.order_by("started_on", "id")


def _ended(rows: "QuerySet[Match]", after: Mark | None) -> "QuerySet[Match]":
    if after is not None and after.day is not None:
        earlier = Q(closed_on__lt=after.day) | Q(closed_on=after.day, pk__lt=after.key)
        rows = rows.filter(earlier, closed_on__lte=after.day)
    return rows.order_by("-closed_on", "-id")
