"""Who is to be reminded of an activity: that it comes up, moved, or has a place after all."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from kith.activities.models import Activity, SignUp
from kith.activities.rules.plan import ActivityState, Answer
from kith.base import clock
from kith.reminders.rules.kinds import About, Due

STAYS = [Answer.COMING.value, Answer.WAITING.value]


def soon(first: date, last: date) -> Iterable[Due]:
    """Those who come to an activity that begins on a day of a span."""
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = _coming().filter(activity__starts_at__gte=begin, activity__starts_at__lt=end)
    for row in rows.order_by("activity__starts_at", "id").iterator(chunk_size=500):
        yield from _dues([row])


def soon_still(abouts: Collection[About]) -> Collection[About]:
    """Those who still come, to what has not begun."""
    return _of(abouts, _coming().filter(activity__starts_at__gt=clock.now()))


def of_people(activity_id: UUID, person_ids: Sequence[UUID]) -> list[Due]:
    """Some people who signed up for an activity, as far as they can sign in."""
    rows = SignUp.objects.filter(activity=activity_id, person__in=list(person_ids))
    return list(_dues(_with_account(rows).order_by("id")))


def moved_still(abouts: Collection[About]) -> Collection[About]:
    """Those who wanted to come to what is not over yet, called off or not."""
    rows = SignUp.objects.filter(answer__in=STAYS, activity__starts_at__gt=clock.now())
    return _of(abouts, _with_account(rows))


def _coming() -> "QuerySet[SignUp]":
    rows = SignUp.objects.filter(
        answer=Answer.COMING.value, activity__state=ActivityState.PLANNED.value
    )
    return _with_account(rows)


def _with_account(rows: "QuerySet[SignUp]") -> "QuerySet[SignUp]":
    found: QuerySet[SignUp] = rows.filter(person__user__isnull=False)
    return found.select_related("activity", "person")


def _dues(rows: Iterable[SignUp]) -> Iterable[Due]:
    for row in rows:
        if row.person.user_id is not None:
            activity = row.activity
            on, link = timezone.localdate(activity.starts_at), _page(activity)
            yield Due(row.person.user_id, activity.pk, on, link, activity.programme_id)


def _of(abouts: Collection[About], rows: "QuerySet[SignUp]") -> list[About]:
    found = rows.filter(activity__in=[about.subject for about in abouts])
    known = {About(*pair) for pair in found.values_list("person__user", "activity")}
    return [about for about in abouts if about in known]


def _page(activity: Activity) -> str:
    return reverse("activities:activity", args=[activity.pk])
