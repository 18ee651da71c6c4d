"""The only clock. Acts get the time passed in; pages and jobs ask here."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, with its time zone."""
    return timezone.now() + _ahead()


def today() -> date:
    """Today in the time zone of this installation."""
    return timezone.localdate(now())


def _ahead() -> timedelta:
    """By how much a story has moved the clock: the seconds in the file that KITH_CLOCK names."""
    if not settings.KITH_CLOCK:
        return timedelta()
    return timedelta(seconds=float(Path(settings.KITH_CLOCK).read_text("utf-8").strip() or 0))
