"""A pause: why and since when a match rests, when somebody asks, and going on."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import refresh
from kith.mentoring.commands.matches import MatchMoved, move_to
from kith.mentoring.models import Match, Pause
from kith.mentoring.permissions import CLOSE
from kith.mentoring.queries.agreement import has_all_signatures
from kith.mentoring.rules.notes import PauseNote
from kith.mentoring.rules.states import LONGEST_PAUSE_DAYS, MatchState


class PauseInFuture(Refused):
    """A pause is noted when it has begun."""

    sentence = _("The pause begins today or began earlier. Note a later one when it comes.")


class PauseBeforeYes(Refused):
    """Before both said yes there was nothing to pause."""

    sentence = _("That day is before both said yes to this match.")


class PauseOutOfRange(Refused):
    """A pause ends, and somebody asks, within half a year."""

    sentence = _("Choose days from tomorrow on, at most 180 days ahead.")


class NoPause(Refused):
    """The match rests no longer."""

    sentence = _("This match is not paused any more.")


@command(CLOSE, on="match")
def pause_match(
    actor: Actor, *, match: Match, note: PauseNote, today: date, now: datetime
) -> Match:
    """Let a match rest; nobody is reminded, and the coordinator asks on the day of the review.

    Raises MatchMoved, PauseInFuture, PauseBeforeYes, PauseOutOfRange.
    """
    if note.from_on > today:
        raise PauseInFuture()
    if note.from_on < match.agreed_on:
        raise PauseBeforeYes()
    _require_within(today, note.until_on or note.review_on, note.review_on)
    move_to(match, MatchState.PAUSED)
    Pause.objects.create(
        match=match,
        reason=note.reason.value,
        from_on=note.from_on,
        until_on=note.until_on,
        noted_by=actor.membership,
    )
    match.review_on = note.review_on
    refresh(match, now=now)
    return match


@command(CLOSE, on="match")
def extend_pause(
    actor: Actor,
    *,
    match: Match,
    until_on: date | None,
    review_on: date,
    today: date,
    now: datetime,
) -> Match:
    """The match rests for longer; somebody asks again. Raises NoPause, PauseOutOfRange."""
    pause = Pause.objects.filter(match=match, ended_on__isnull=True).first()
    if match.state != MatchState.PAUSED.value:
        raise NoPause()
    _require_within(today, until_on or review_on, review_on)
    if pause is not None:
        pause.until_on = until_on
        pause.save()
    match.review_on = review_on
    refresh(match, now=now)
    return match


@command(CLOSE, on="match")
def resume_match(actor: Actor, *, match: Match, today: date, now: datetime) -> Match:
    """Go on after a pause; the planned end moves by the days they rested. Raises MatchMoved."""
    if match.state != MatchState.PAUSED.value:
        raise MatchMoved()
    signed = has_all_signatures(match)
    move_to(match, MatchState.ACTIVE if signed else MatchState.STARTING)
    rested = timedelta()
    for pause in Pause.objects.filter(match=match, ended_on__isnull=True):
        pause.ended_on, rested = today, today - pause.from_on
        pause.save()
    if match.planned_end_on is not None:
        match.planned_end_on += rested
    match.review_on, match.resumed_on = None, today
    refresh(match, now=now)
    return match


def _require_within(today: date, *days: date) -> None:
    if not all(0 < (day - today).days <= LONGEST_PAUSE_DAYS for day in days):
        raise PauseOutOfRange()
