"""When an invitation goes: outside quiet hours, unless it concerns today."""

from datetime import date, datetime, tzinfo

from kith.reminders.rules.moments import Quiet, next_allowed


def goes_at(
    now: datetime, days: set[date], *, is_change: bool, quiet: Quiet, zone: tzinfo
) -> datetime:
    """The moment at which somebody is told.

    days       the day of the meeting, and the day that the person was told before
    is_change  moved or called off: of today, that cannot wait for the morning
    """
    if is_change and now.astimezone(zone).date() in days:
        return now
    return next_allowed(now, quiet, zone)
