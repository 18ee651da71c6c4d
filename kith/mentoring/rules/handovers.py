"""Somebody else goes with a participant: for good, or as a stand-in until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar


class HandOverState(StrEnum):
    """Where a hand-over stands."""

    ASKED = "asked"
    AGREED = "agreed"
    BEGUN = "begun"
    OVER = "over"
    REFUSED = "refused"
    OFF = "off"


NEXT_HAND_OVER: dict[HandOverState, frozenset[HandOverState]] = {
    HandOverState.ASKED: frozenset(
        {HandOverState.AGREED, HandOverState.REFUSED, HandOverState.OFF}
    ),
    HandOverState.AGREED: frozenset({HandOverState.BEGUN, HandOverState.OFF}),
    HandOverState.BEGUN: frozenset({HandOverState.OVER}),
    HandOverState.OVER: frozenset(),
    HandOverState.REFUSED: frozenset(),
    HandOverState.OFF: frozenset(),
}
AHEAD = frozenset({HandOverState.ASKED, HandOverState.AGREED})
"""A hand-over that has not begun; one place of a match has one at a time."""
OPEN = AHEAD | {HandOverState.BEGUN}

FARTHEST_HAND_OVER_DAYS = 90
LONGEST_STAND_IN_DAYS = 180
ASK_BEFORE_DAYS = 7
"""So many days before a stand-in ends, the coordinator asks how things stand."""


@dataclass(frozen=True)
class HandOverPlan:
    """What was chosen: from which day on, and for a stand-in the last day."""

    from_on: date
    until_on: date | None = None


def within(plan: HandOverPlan, today: date) -> bool:
    """Whether the days of a plan are possible: not in the past, and not too far away."""
    if not today <= plan.from_on <= today + timedelta(days=FARTHEST_HAND_OVER_DAYS):
        return False
    return plan.until_on is None or longer_by(plan.until_on, after=plan.from_on)


def longer_by(until_on: date, *, after: date) -> bool:
    """Whether a stand-in may last until a day."""
    return timedelta() <= until_on - after <= timedelta(days=LONGEST_STAND_IN_DAYS)


def ends_soon(until_on: date, today: date) -> bool:
    """Whether the coordinator asks how things stand: a week before the last day, and after it."""
    return until_on - timedelta(days=ASK_BEFORE_DAYS) <= today


class OfATime(Protocol):
    """Somebody who belongs or belonged to a match."""

    since: date
    until: date | None


Member = TypeVar("Member", bound=OfATime)


def there_on(members: Sequence[Member], day: date) -> Member | None:
    """Who was there on a day: whoever came last of those who had not left.

    On the day of a hand-over it is whoever takes over.
    """
    there = [row for row in members if row.since <= day and (row.until is None or day <= row.until)]
    return max(there, key=lambda row: row.since, default=None)
