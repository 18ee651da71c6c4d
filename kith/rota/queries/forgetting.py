"""Duties that have been kept long enough."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from kith.rota.models import Duty


def over_before(day: date) -> Iterable[UUID]:
    """Duties whose day was this one or an earlier one."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return Duty.objects.filter(at__lt=end).values_list("pk", flat=True).iterator()
