"""What has been kept long enough: the clocks of this room."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kith.learning.models import (
    Attempt,
    BroughtCertificate,
    Certificate,
    ErasedCertificate,
    Hours,
    PackageRun,
    Progress,
    Seat,
    Work,
)
from kith.learning.rules.states import BroughtState

KEEP_ANSWERS = timedelta(days=365)
KEEP_RUNS = timedelta(days=365)
KEEP_TURNED_DOWN = timedelta(days=90)
KEEP_CODES = timedelta(days=30)
KEEP_SEATS = timedelta(days=730)
KEEP_HOURS = timedelta(days=730)


def answers_due(day: date) -> Iterable[UUID]:
    """Seats with answers whose edition ended, and on which nothing happened since this day."""
    here = {"seat": OuterRef("pk")}
    left = Q()
    for model in (Attempt, Work, Progress):
        left |= Q(Exists(model.objects.filter(**here)))
    return _over(day).filter(left).values_list("pk", flat=True)


def seats_due(day: date) -> Iterable[UUID]:
    """Seats whose edition ended, and whose certificate, if there is one, did by this day."""
    holding = Certificate.objects.filter(seat=OuterRef("pk"), valid_until__gt=day)
    return _over(day).exclude(Exists(holding)).values_list("pk", flat=True)


def _over(day: date) -> "QuerySet[Seat]":
    return Seat.objects.filter(edition__ends_on__lte=day, last_at__lt=_after(day))


def runs_due(day: date) -> Iterable[UUID]:
    """Ways through packages that nobody went on with since this day."""
    return PackageRun.objects.filter(last_at__lt=_after(day)).values_list("pk", flat=True)


def hours_due(day: date) -> Iterable[UUID]:
    """Refreshers and supervision of this day and before that keep no certificate valid."""
    rows = Hours.objects.filter(done_on__lte=day)
    for model in (Certificate, BroughtCertificate):
        holding = model.objects.filter(member=OuterRef("member"), valid_until__gt=day)
        rows = rows.exclude(Exists(holding))
    return rows.values_list("pk", flat=True)


def brought_due(day: date) -> Iterable[UUID]:
    """Certificates from elsewhere whose last day was this one or before."""
    return BroughtCertificate.objects.filter(valid_until__lte=day).values_list("pk", flat=True)


def turned_down_due(day: date) -> Iterable[UUID]:
    """Certificates from elsewhere that were turned down by this day."""
    rows = BroughtCertificate.objects.filter(
        state=BroughtState.TURNED_DOWN.value, decided_on__lte=day
    )
    return rows.values_list("pk", flat=True)


def codes_due(day: date) -> Iterable[UUID]:
    """Codes of erased certificates whose last day was this one or before."""
    return ErasedCertificate.objects.filter(valid_until__lte=day).values_list("pk", flat=True)


def _after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
