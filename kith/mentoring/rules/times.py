"""When people of a match could meet: their weeks laid over each other, on real dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from kith.people.rules import DAYS, Side

STARTS: dict[str, tuple[time, ...]] = {
    "am": (time(10), time(9), time(11), time(8)),
    "pm": (time(15), time(13), time(16), time(14), time(12)),
    "eve": (time(17, 30), time(18), time(19), time(17), time(20)),
}
"""Hours at which a meeting may begin in a part of the day, those that suit most people first."""
ENDS: dict[str, time] = {"am": time(12), "pm": time(17), "eve": time(21)}
DAYS_AHEAD = 28
MOST_TIMES = 8


@dataclass(frozen=True)
class Busy:
    """From when to when somebody has a meeting."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Who:
    """Someone of a match: the parts of the week they named, and when they are away or busy.

    away_until  the last day of a pause
    """

    key: UUID
    side: Side
    slots: frozenset[str]
    away_until: date | None = None
    busy: tuple[Busy, ...] = ()


@dataclass(frozen=True)
class SharedTime:
    """A time on a real date, and how many could come."""

    at: datetime
    number: int


def shared_times(
    people: Sequence[Who], *, after: date, minutes: int, zone: tzinfo, limit: int = MOST_TIMES
) -> list[SharedTime]:
    """The next times at which both sides can meet, at most one a day.

    Of a pair both have to be free. Of larger groups somebody of each side; times for the most
    people come first, then the earlier ones. Whoever named no times is not counted.
    """
    days = (after + timedelta(days=number) for number in range(1, DAYS_AHEAD + 1))
    found = [best for day in days if (best := _best_of_day(people, day, minutes, zone))]
    chosen = sorted(found, key=lambda one: (-one.number, one.at))[:limit]
    return chosen if len(people) > 2 else sorted(chosen, key=lambda one: one.at)


def _best_of_day(people: Sequence[Who], day: date, minutes: int, zone: tzinfo) -> SharedTime | None:
    times = [
        SharedTime(at, len(free))
        for at, code in _begins(day, minutes, zone)
        if (free := [one for one in people if _is_free(one, at, code, minutes)])
        and {one.side for one in free} == set(Side)
    ]
    return max(times, key=lambda one: one.number, default=None)


def _begins(day: date, minutes: int, zone: tzinfo) -> Iterable[tuple[datetime, str]]:
    for part, starts in STARTS.items():
        end = datetime.combine(day, ENDS[part], zone)
        for start in starts:
            at = datetime.combine(day, start, zone)
            if at + timedelta(minutes=minutes) <= end:
                yield at, f"{DAYS[day.weekday()]}-{part}"


def _is_free(one: Who, at: datetime, code: str, minutes: int) -> bool:
    if code not in one.slots or (one.away_until is not None and at.date() <= one.away_until):
        return False
    ends = at + timedelta(minutes=minutes)
    return not any(busy.begins < ends and at < busy.ends for busy in one.busy)
