"""How a matter of a match rises: a reminder to those concerned, a line for staff, a call.

Nobody is reminded twice of one thing. When a reminder and a line have not helped, a person calls
and notes it; there is never a second e-mail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kith.mentoring.rules.attention import (
    Attention,
    Care,
    Dates,
    Reason,
    attention_on,
    attentions,
    coming,
)
from kith.people.rules import Side

CALL_AT_ONCE = frozenset({Reason.WISH, Reason.CALL_AGAIN, Reason.CALLED_OFF, Reason.OFFER})
"""Reasons that no reminder can answer: somebody calls on the day they come."""
NEVER_CALLED = frozenset({Reason.LOOK_AGAIN})
"""Reasons that stay an offer: a map is the participant's own, and nobody is called about it."""
REMINDED_OF = frozenset({Reason.NO_FIRST_MEETING, Reason.QUIET, Reason.CHECK})
"""Reasons that those concerned can clear themselves when somebody reminds them."""


class Step(StrEnum):
    """How far a matter has risen."""

    REMINDER = "reminder"
    LINE = "line"
    CALL = "call"


@dataclass(frozen=True)
class Reminder:
    """What one side is reminded of, and when; `since` says which silence or week is meant."""

    reason: Reason
    side: Side
    since: date
    on: date


@dataclass(frozen=True)
class Ahead:
    """The days that a match keeps: staff see it, somebody calls, those concerned are reminded."""

    attention_on: date | None
    call_on: date | None
    remind_on: date | None


def ahead(dates: Dates, care: Care, *, today: date) -> Ahead:
    """All three days, if nothing happens before."""
    return Ahead(
        attention_on=attention_on(dates, care),
        call_on=min(
            (call_day(one, care) for one in coming(dates, care) if one.reason not in NEVER_CALLED),
            default=None,
        ),
        remind_on=min((one.on for one in reminders(dates, care, today=today)), default=None),
    )


def call_day(one: Attention, care: Care) -> date:
    """From which day somebody calls, if the reason still holds; date.max for never."""
    if one.reason in NEVER_CALLED:
        return date.max
    if one.reason in CALL_AT_ONCE:
        return one.on
    return one.on + timedelta(days=care.days.call_days_after)


def step_of(one: Attention, care: Care, *, today: date) -> Step:
    """How far a matter has risen today."""
    if one.on > today:
        return Step.REMINDER
    return Step.CALL if call_day(one, care) <= today else Step.LINE


def pressing(dates: Dates, care: Care, *, today: date) -> list[Attention]:
    """Every reason that holds today: first what needs a call, then in the order of the reasons."""
    due = attentions(dates, care, today=today)
    return sorted(due, key=lambda one: step_of(one, care, today=today) is not Step.CALL)


def reminders(dates: Dates, care: Care, *, today: date) -> Iterator[Reminder]:
    """Reminders that were not given yet. Where a call is due already, they come too late."""
    for one in coming(dates, care):
        if one.reason not in REMINDED_OF or call_day(one, care) <= today:
            continue
        for side in [one.side] if one.side else list(Side):
            if (one.reason, side, one.since) not in dates.reminded:
                yield Reminder(one.reason, side, one.since, remind_day(one, care))


def reminders_due(dates: Dates, care: Care, *, today: date) -> list[Reminder]:
    """Reminders for today."""
    return [one for one in reminders(dates, care, today=today) if one.on <= today]


def remind_day(one: Attention, care: Care) -> date:
    """Some days before staff see it, and never before half of the time has passed."""
    earliest = one.since + (one.on - one.since + timedelta(days=1)) // 2
    return max(one.on - timedelta(days=care.days.remind_days_before), earliest)


def reminded_on(one: Attention, dates: Dates) -> date | None:
    """When those concerned were reminded of this very matter."""
    sides = [one.side] if one.side else list(Side)
    days = [dates.reminded.get((one.reason, side, one.since)) for side in sides]
    return min((day for day in days if day is not None), default=None)
