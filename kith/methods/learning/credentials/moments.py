"""Moments in credentials: texts with a time zone, and the seconds of token claims."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

WRITTEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


class NoZone(ValueError):
    """A moment without its time zone, which readers elsewhere would take for another one."""


def moment(text: Any) -> datetime | None:
    """The moment that a text such as 2026-03-01T09:00:00Z names, in UTC; None where it is none."""
    if not isinstance(text, str) or not WRITTEN.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def written(at: datetime) -> str:
    """A moment in UTC, to the second. Raises NoZone."""
    if at.tzinfo is None:
        raise NoZone("A moment in a credential needs its time zone.")
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def seconds(at: datetime) -> int:
    """Whole seconds since 1970, as claims of a token count them."""
    return int(at.timestamp() // 1)


def span(today: date) -> tuple[datetime, datetime]:
    """The first and the last moment that is asked about: one moment, or a whole day in UTC."""
    if isinstance(today, datetime):
        at = today if today.tzinfo else today.replace(tzinfo=UTC)
        return at, at
    return datetime.combine(today, time.min, UTC), datetime.combine(today, time.max, UTC)


def day(at: datetime) -> str:
    return at.date().isoformat()
