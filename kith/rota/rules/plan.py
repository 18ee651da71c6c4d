"""How a rota is laid out: days in the rhythm of the programme, shared by who did fewest."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kith.rota.rules.states import LOOK_AHEAD, USUAL_MINUTES, USUAL_WEEKS, VISIT


@dataclass(frozen=True, kw_only=True)
class RotaPlan:
    """What is laid out in one act.

    at     the first day with its time; the others keep its weekday and time
    roles  one duty for each of them on each day; `VISIT` for somebody who is just there
    weeks  how many weeks, counted from the first day
    """

    at: datetime
    minutes: int = USUAL_MINUTES
    roles: tuple[str, ...] = (VISIT,)
    weeks: int = USUAL_WEEKS


@dataclass(frozen=True, kw_only=True)
class DutyPlan:
    """When one duty is, for how long, and what it is about."""

    at: datetime
    minutes: int = USUAL_MINUTES
    role: str = VISIT


@dataclass(frozen=True)
class Slot:
    """One duty to be shared: its day and its role."""

    day: date
    role: str


@dataclass(frozen=True)
class Helper:
    """Somebody of the group, as far as sharing goes.

    away_until  the last day of a rest
    done        how many duties fall to them already, those of the last weeks and those ahead
    last_on     the day of the latest of these
    """

    key: UUID
    roles: frozenset[str] = frozenset()
    away_until: date | None = None
    done: int = 0
    last_on: date | None = None


def days_from(first: date, weeks: int, *, every_weeks: Callable[[date], int]) -> Iterator[date]:
    """The days of a rota on one weekday.

    every_weeks  how many weeks lie between this day and the next, as the programme plans
    """
    day, end = first, first + timedelta(weeks=weeks)
    while day < end:
        yield day
        day += timedelta(weeks=max(1, every_weeks(day)))


def share(slots: Sequence[Slot], helpers: Sequence[Helper]) -> list[UUID | None]:
    """Who takes which duty, in the order of the slots; None where everybody is away.

    A duty of a role goes to those who hold it, while they are there. Among those who may, it goes
    to whoever has no duty that day, then to whoever did fewest, then whose last is longest ago,
    then who came first in `helpers`. The same input always gives the same rota.
    """
    done = Counter({one.key: one.done for one in helpers})
    last = {one.key: one.last_on or date.min for one in helpers}
    that_day: Counter[tuple[UUID, date]] = Counter()
    found: list[UUID | None] = []
    for slot in slots:
        free = _free(slot, helpers)
        chosen = min(
            free, key=lambda key: (that_day[key, slot.day], done[key], last[key]), default=None
        )
        found.append(chosen)
        if chosen is not None:
            done[chosen] += 1
            that_day[chosen, slot.day] += 1
            last[chosen] = max(last[chosen], slot.day)
    return found


def _free(slot: Slot, helpers: Sequence[Helper]) -> list[UUID]:
    here = [one for one in helpers if one.away_until is None or one.away_until < slot.day]
    holders = [one for one in here if slot.role and slot.role in one.roles]
    return [one.key for one in holders or here]


@dataclass(frozen=True)
class Filled:
    """How the weeks ahead stand.

    number   duties in the weeks ahead
    empty    those of them that nobody has taken
    looking  those of which somebody looks for a swap
    last_on  the day of the last duty that is laid out; None without any
    reaches  whether the rota goes on to the end of these weeks
    """

    number: int = 0
    empty: int = 0
    looking: int = 0
    last_on: date | None = None
    reaches: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do for these weeks."""
        return self.reaches and not self.empty and not self.looking


def reaches_far(last_on: date | None, *, today: date, every_weeks: int) -> bool:
    """Whether the next duty after the last one would lie behind the weeks that should be filled."""
    if last_on is None:
        return False
    return last_on + timedelta(weeks=max(1, every_weeks)) > today + LOOK_AHEAD
