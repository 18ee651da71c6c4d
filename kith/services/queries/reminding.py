"""Who is to be reminded of a referral: whom a place was offered, and who asks what became of it."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from kith.reminders.rules.kinds import About, Due
from kith.services.models import Referral
from kith.services.rules.states import ReferralState


def offered(first: date, last: date) -> Iterable[Due]:
    """Participants to whom a place was offered on a day of a span, without an answer yet."""
    rows = _offered().filter(changed_on__range=(first, last))
    for row in rows.order_by("changed_on", "id").iterator(chunk_size=500):
        if row.person.user_id is not None:
            yield Due(row.person.user_id, row.pk, row.changed_on, _page(row.pk))


def offered_still(abouts: Collection[About]) -> Collection[About]:
    """Those who have not said yes or no."""
    return _among(abouts, _offered(), "person__user")


def to_ask(first: date, last: date) -> Iterable[Due]:
    """Staff whose referral is to be asked about on a day of a span."""
    rows = _going().filter(ask_on__range=(first, last))
    for row in rows.order_by("ask_on", "id").iterator(chunk_size=500):
        if row.offered_by is not None and row.ask_on is not None:
            yield Due(row.offered_by.user_id, row.pk, row.ask_on, _page(row.pk))


def to_ask_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose referral still goes on."""
    return _among(abouts, _going(), "offered_by__user")


def _offered() -> "QuerySet[Referral]":
    rows = Referral.objects.filter(
        state=ReferralState.OFFERED.value, closed_on__isnull=True, person__user__isnull=False
    )
    found: QuerySet[Referral] = rows.select_related("person")
    return found


def _going() -> "QuerySet[Referral]":
    rows = Referral.objects.filter(closed_on__isnull=True, offered_by__isnull=False)
    found: QuerySet[Referral] = rows.select_related("offered_by")
    return found


def _among(abouts: Collection[About], rows: "QuerySet[Referral]", user: str) -> list[About]:
    found = rows.filter(pk__in=[about.subject for about in abouts]).values_list(user, "pk")
    known = {About(*pair) for pair in found}
    return [about for about in abouts if about in known]


def _page(key: UUID) -> str:
    return reverse("services:referral", args=[key])
