"""A good ending: the day of the farewell, or some more time."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import note_event, refresh
from kith.mentoring.commands.planning import MatchNotRunning
from kith.mentoring.models import Match
from kith.mentoring.permissions import CLOSE, SET_GOALS
from kith.mentoring.rules.states import FARTHEST_PLAN_DAYS, RUNNING


class FarewellOutOfRange(Refused):
    """A farewell lies ahead, at most a year."""

    sentence = _("Choose a day from today on, at most a year ahead.")


class NotLonger(Refused):
    """More time ends after the time that was planned."""

    sentence = _("Choose a day after the planned end, at most a year ahead.")


@command(CLOSE, on="match")
def plan_ending(
    actor: Actor, *, match: Match, farewell_on: date, today: date, now: datetime
) -> Match:
    """Plan the farewell of a running match. Raises MatchNotRunning, FarewellOutOfRange."""
    _require_running(match)
    if not today <= farewell_on <= today + timedelta(days=FARTHEST_PLAN_DAYS):
        raise FarewellOutOfRange()
    match.farewell_on = farewell_on
    refresh(match, now=now)
    return match


@command(CLOSE, on="match")
def give_more_time(actor: Actor, *, match: Match, until: date, today: date, now: datetime) -> Match:
    """The two go on for some time; a planned farewell is off. Raises MatchNotRunning, NotLonger."""
    _require_running(match)
    latest = today + timedelta(days=FARTHEST_PLAN_DAYS)
    if match.planned_end_on is None or not max(match.planned_end_on, today) < until <= latest:
        raise NotLonger()
    match.planned_end_on, match.farewell_on = until, None
    refresh(match, now=now)
    return match


@command(SET_GOALS, on="match")
def look_back(actor: Actor, *, match: Match, today: date, now: datetime) -> Match:
    """Both looked together at goals and at what has changed; only the day is kept."""
    match.looked_back_on = today
    note_event(match, now=now)
    return match


def _require_running(match: Match) -> None:
    if match.state not in RUNNING:
        raise MatchNotRunning()
