"""When somebody is reminded, and when a mail may go: quiet hours, free days, one mail a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from kith.reminders.rules.kinds import Kind, When

# The longest quiet of two programmes together still leaves the day from 11 to 17.
QUIET_FROM, QUIET_UNTIL = range(17, 25), range(5, 12)
HOURS = range(5, 23)
USUAL_HOUR = 8
MOST_DAYS = 90
SATURDAY = 5


@dataclass(frozen=True)
class Quiet:
    """Hours of the night, and perhaps Saturday and Sunday, in which no mail goes."""

    from_hour: int = 20
    until_hour: int = 8
    on_weekends: bool = True  # mail goes on Saturday and Sunday too

    def holds(self, local: datetime) -> bool:
        """Whether no mail goes at this moment of somebody's own clock."""
        if not self.on_weekends and local.weekday() >= SATURDAY:
            return True
        return local.hour >= self.from_hour or local.hour < self.until_hour


@dataclass(frozen=True)
class Timing:
    """What a programme says of one kind: whether it reminds, and how many days before or after."""

    is_on: bool
    days: int


@dataclass(frozen=True)
class Plan:
    """How a programme reminds; what it says nothing about is as usual."""

    quiet: Quiet = field(default_factory=Quiet)
    timings: Mapping[str, Timing] = field(default_factory=dict)

    def timing(self, kind: Kind) -> Timing:
        """Whether and when a kind reminds here."""
        return self.timings.get(kind.key) or Timing(is_on=True, days=kind.days)


USUAL = Plan()


def timings_of(stored: Mapping[str, Any]) -> dict[str, Timing]:
    """The timings of a stored plan."""
    return {key: Timing(bool(one["on"]), int(one["days"])) for key, one in stored.items()}


def stored_timings(timings: Mapping[str, Timing]) -> dict[str, Any]:
    """The same, as it is stored."""
    return {key: {"on": one.is_on, "days": one.days} for key, one in timings.items()}


def strictest(quiets: Iterable[Quiet]) -> Quiet:
    """The quiet of several programmes together."""
    known = list(quiets) or [Quiet()]
    return Quiet(
        from_hour=min(one.from_hour for one in known),
        until_hour=max(one.until_hour for one in known),
        on_weekends=all(one.on_weekends for one in known),
    )


def due_on(kind: Kind, on: date, plan: Plan) -> date:
    """The day on which somebody is reminded of a row whose day is `on`.

    What comes before a free day is said on the last day that is not free: after it, it may be late.
    """
    days = plan.timing(kind).days
    if kind.when is not When.BEFORE:
        return on + timedelta(days=days)
    day = on - timedelta(days=days)
    while not plan.quiet.on_weekends and day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day


def asked_days(kind: Kind, first: date, last: date, plans: Iterable[Plan]) -> tuple[date, date]:
    """The days of rows that may be due between two days, under any of the plans."""
    days = [plan.timing(kind).days for plan in plans]
    if kind.when is not When.BEFORE:
        return first - timedelta(days=max(days)), last - timedelta(days=min(days))
    # On a Friday what is due on Saturday and Sunday is looked for as well.
    return first + timedelta(days=min(days)), last + timedelta(days=max(days) + 2)


def next_allowed(moment: datetime, quiet: Quiet, zone: tzinfo) -> datetime:
    """The first moment from this one on at which a mail may go."""
    local = moment.astimezone(zone)
    while quiet.holds(local):
        day, hour = local.date(), quiet.until_hour
        if local.hour >= hour:
            day += timedelta(days=1)
        local = datetime.combine(day, time(hour), tzinfo=zone)
    return max(moment, local)


@dataclass(frozen=True)
class Rhythm:
    """When somebody would like the mail of the day."""

    hour: int
    zone: tzinfo
    last_daily: date | None = None  # the day of the last such mail, by the person's own clock

    def today(self, now: datetime) -> date:
        """The day of somebody's own calendar."""
        return now.astimezone(self.zone).date()


def daily_at(due: date, rhythm: Rhythm, quiet: Quiet, *, now: datetime) -> datetime:
    """When a reminder goes out with the others of a day: at the hour the person chose.

    When nothing has gone on a day yet, what comes up after the hour goes the same day.
    """
    day = max(due, rhythm.today(now))
    if rhythm.last_daily is not None and rhythm.last_daily >= day:
        day = rhythm.last_daily + timedelta(days=1)
    chosen = datetime.combine(day, time(rhythm.hour), tzinfo=rhythm.zone)
    return next_allowed(max(chosen, now), quiet, rhythm.zone)
