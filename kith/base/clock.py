"""The only clock. Acts get the time passed in; pages and jobs ask here."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, with its time zone."""
    return timezone.now()


def today() -> date:
    """Today in the time zone of this installation."""
    return timezone.localdate()
