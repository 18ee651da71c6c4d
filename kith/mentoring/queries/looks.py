"""Participants who may like to look at their domain map again, for reminders."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from kith.base import clock
from kith.mentoring.models import Match
from kith.mentoring.queries.dates import open_look
from kith.mentoring.rules.states import WATCHED
from kith.programmes.models import Programme
from kith.programmes.rules import rules_of
from kith.reminders.rules.kinds import About, Due

STATES = [state.value for state in WATCHED]


def looks(first: date, last: date) -> Iterable[Due]:
    """Participants for whom the week of a new map begins on a day of a span."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    began = {day - timedelta(weeks=week - 1) for day in days for week in _weeks()}
    rows = _asked().filter(started_on__in=began, participant__user__isnull=False)
    for match in rows.order_by("id").iterator(chunk_size=500):
        on = next((day for day in days if _begins(match, day)), None)
        if on is not None and match.participant.user_id is not None:
            link = reverse("mentoring:look_again", args=[match.pk])
            yield Due(match.participant.user_id, match.pk, on, link, match.programme_id)


def looks_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose map of these weeks is neither drawn nor declined."""
    rows = _asked().filter(pk__in=[about.subject for about in abouts])
    open_ = {
        About(match.participant.user_id, match.pk)
        for match in rows
        if match.participant.user_id and open_look(match, today=clock.today())
    }
    return [about for about in abouts if about in open_]


def _begins(match: Match, day: date) -> bool:
    """Whether one of the weeks begins on this day and its map is still to be drawn."""
    week = open_look(match, today=day)
    return week is not None and week != open_look(match, today=day - timedelta(days=1))


def _asked() -> "QuerySet[Match]":
    rows: QuerySet[Match] = Match.objects.filter(state__in=STATES, no_maps_since__isnull=True)
    return rows.select_related("participant", "programme")


def _weeks() -> set[int]:
    """The weeks in which any programme looks again."""
    running = Programme.objects.filter(closed_on__isnull=True)
    return {week for one in running for week in rules_of(one).look_again_weeks}
