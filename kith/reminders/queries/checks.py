"""Checks and trainings of mentors that end: the rooms below know nothing of reminders."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.base import clock
from kith.gate.actor import Actor
from kith.people.models import MentorCheck, MentorProfile
from kith.people.rules.labels import CHECKS
from kith.programmes.queries import ending, ends_of
from kith.reminders.rules.kinds import About, Due
from kith.reminders.rules.moments import MOST_DAYS
from kith.web.words import Text, near


def ending_checks(first: date, last: date) -> Iterable[Due]:
    """Checks that end within a span and that no newer one of their kind has taken over."""
    rows = _checks().filter(valid_until__range=(first, last), person__user__isnull=False)
    return _dues(rows.values_list("person__user", "pk", "valid_until"))


def checks_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose check nobody has renewed."""
    keys = set(_checks().filter(pk__in=_subjects(abouts)).values_list("pk", flat=True))
    return [about for about in abouts if about.subject in keys]


def checks_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    """Which check it is, and when it ends, to the mentor alone."""
    rows = MentorCheck.objects.filter(pk__in=keys, person__user=actor.user_id)
    today = clock.today()
    return {
        row.pk: _("A check of yours ends %(when)s: %(check)s")
        % {"check": CHECKS[row.kind], "when": near(row.valid_until, today)}
        for row in rows.filter(valid_until__isnull=False)
    }


def ending_trainings(first: date, last: date) -> Iterable[Due]:
    """Trainings that count no longer from a day within a span."""
    rows = MentorProfile.objects.filter(person__user__isnull=False)
    found = ending(rows, first, last)
    return _dues((one.profile.person.user_id, one.profile.pk, one.until) for one in found)


def trainings_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose training ends soon, or has ended."""
    last = clock.today() + timedelta(days=MOST_DAYS)
    found = ends_of(MentorProfile.objects.filter(pk__in=_subjects(abouts)))
    keys = {one.profile.pk for one in found if one.until <= last}
    return [about for about in abouts if about.subject in keys]


def _checks() -> "QuerySet[MentorCheck]":
    newer = MentorCheck.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        person=OuterRef("person"),
        kind=OuterRef("kind"),
    )
    rows: QuerySet[MentorCheck] = MentorCheck.objects.filter(
        ~Exists(newer), valid_until__isnull=False, person__archived_at__isnull=True
    )
    return rows


def _subjects(abouts: Collection[About]) -> list[UUID]:
    return [about.subject for about in abouts]


def _dues(rows: "Iterable[tuple[UUID | None, UUID, date | None]]") -> Iterable[Due]:
    link = reverse("people:me")
    for user_id, key, day in rows:
        if user_id is not None and day is not None:
            yield Due(user_id=user_id, subject=key, on=day, link=link)
