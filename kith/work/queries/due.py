"""What is due: interviews, answers that are late, steps whose day has come."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.progress.permissions import people_of_mentor
from kith.reminders.rules.kinds import About, Due
from kith.work.models import Application, Interview, Qualification
from kith.work.permissions import KEEP_APPLICATIONS, KEEP_QUALIFICATIONS
from kith.work.rules import SOON

MOST_LINES = 3
AT_ONCE = 500


def interviews(actor: Actor, *, now: datetime) -> list[Interview]:
    """Interviews of today and the next days: one's own, or of those one accompanies."""
    rows = Interview.objects.filter(
        person__in=_own(actor, KEEP_APPLICATIONS),
        application__closed_on__isnull=True,
        starts_at__gte=now,
        starts_at__lt=_end_of(timezone.localdate(now) + SOON),
    )
    return list(
        rows.select_related("application", "person").order_by("starts_at", "id")[:MOST_LINES]
    )


def late_applications(actor: Actor, *, today: date) -> list[Application]:
    """Applications whose answer was due before today."""
    rows = Application.objects.filter(person__in=_own(actor, KEEP_APPLICATIONS))
    return _first(rows.filter(answer_due_on__lt=today).order_by("answer_due_on", "id"))


def late_qualifications(actor: Actor, *, today: date) -> list[Qualification]:
    """Recognitions whose answer was due before today."""
    rows = Qualification.objects.filter(person__in=_own(actor, KEEP_QUALIFICATIONS))
    return _first(rows.filter(answer_due_on__lt=today).order_by("answer_due_on", "id"))


def steps(actor: Actor, *, today: date) -> list[Application | Qualification]:
    """Next steps whose day has come, of applications and of qualifications."""
    asked = Application.objects.filter(person__in=_own(actor, KEEP_APPLICATIONS))
    learned = Qualification.objects.filter(person__in=_own(actor, KEEP_QUALIFICATIONS))
    rows = [
        *_first(asked.filter(next_on__lte=today).order_by("next_on", "id")),
        *_first(learned.filter(next_on__lte=today).order_by("next_on", "id")),
    ]
    return sorted(rows, key=lambda row: row.next_on or today)[:MOST_LINES]


def _own(actor: Actor, needed: Any) -> "QuerySet[Person, Any]":
    """Oneself, or those one accompanies who show this part; no line is about anybody else."""
    rows = Person.objects.filter(people_of_mentor(actor), erased_at__isnull=True)
    return visible(actor, needed, rows).values("pk")


def _first(rows: "QuerySet[Any]") -> list[Any]:
    return list(rows.select_related("person")[:MOST_LINES])


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())) + timedelta(days=1)


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def interviews_between(first: date, last: date) -> Iterable[Due]:
    """Interviews on a day of a span, for the person who is invited."""
    rows = _going().filter(
        starts_at__gte=_end_of(first) - timedelta(days=1), starts_at__lt=_end_of(last)
    )
    for row in rows.order_by("starts_at", "id").iterator(AT_ONCE):
        if row.person.user_id is not None:
            link = reverse("work:application", args=[row.person_id, row.application_id])
            yield Due(row.person.user_id, row.pk, timezone.localdate(row.starts_at), link)


def interviews_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose interview is still to come."""
    keys: set[UUID] = {one.subject for one in abouts}
    ahead = set(
        _going().filter(pk__in=keys, starts_at__gt=clock.now()).values_list("pk", flat=True)
    )
    return [one for one in abouts if one.subject in ahead]


def own_interviews(actor: Actor, keys: Collection[UUID]) -> list[Interview]:
    """Those of some interviews that the actor may read."""
    rows = _going().filter(pk__in=keys, person__in=_own(actor, KEEP_APPLICATIONS))
    return list(rows.order_by("starts_at", "id"))


def _going() -> "QuerySet[Interview]":
    rows: QuerySet[Interview] = Interview.objects.filter(
        Q(person__user__isnull=False), application__closed_on__isnull=True
    )
    return rows.select_related("person", "application")
