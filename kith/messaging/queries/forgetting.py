"""Whose time is over: messages of matches that ended, and very old ones."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kith.mentoring.models import Match
from kith.mentoring.rules.states import MatchState
from kith.messaging.models import Message, Report, Seat, WordPair

MOST_AT_ONCE = 20_000


def ended_before(day: date) -> Iterable[UUID]:
    """Matches with messages that ended on or before a day; a report that waits holds them."""
    rows = Match.objects.filter(state=MatchState.CLOSED.value, closed_on__lte=day)
    rows = rows.filter(
        Q(pk__in=Seat.objects.values("match")) | Q(pk__in=WordPair.objects.values("match"))
    ).exclude(pk__in=_waiting("match"))
    found: Iterable[UUID] = rows.order_by("closed_on").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return found


def sent_before(day: date) -> Iterable[UUID]:
    """Messages sent on or before a day; a report that waits holds its message."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    rows = Message.objects.filter(sent_at__lt=end).exclude(pk__in=_waiting("message"))
    found: Iterable[UUID] = rows.order_by("sent_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return found


def _waiting(field: str) -> object:
    return Report.objects.filter(answered_at__isnull=True).values(field)
