"""Who hears of news of a course."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.gate.actor import Actor
from kith.learning.models import Announcement, Seat
from kith.learning.queries.editions import seats
from kith.learning.rules.states import SeatState
from kith.reminders.rules.kinds import About, Due
from kith.web.words import Text, isolated

NEW_FOR = timedelta(days=14)


def of_announcement(key: UUID) -> list[Due]:
    """Everybody who learns in the edition, as far as they are members still."""
    row = Announcement.objects.get(pk=key)
    rows = _learning().filter(edition=row.edition_id, member__active=True).order_by("id")
    on, link = timezone.localdate(row.created_at), _page(row.edition_id)
    return [Due(user, key, on, link) for user in rows.values_list("member__user", flat=True)]


def told_still(abouts: Collection[About]) -> Collection[About]:
    """Those who learn there still, while the news is two weeks old at most."""
    keys = {about.subject for about in abouts}
    rows = Announcement.objects.filter(pk__in=keys, created_at__gt=clock.now() - NEW_FOR)
    editions = dict(rows.values_list("pk", "edition"))
    learning = _learning().filter(edition__in=set(editions.values()))
    known = set(learning.values_list("member__user", "edition"))
    return [about for about in abouts if (about.user_id, editions.get(about.subject)) in known]


def told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    """The edition and the heading, to those who are in it."""
    own = seats(actor).filter(state=SeatState.LEARNING.value).values("edition")
    rows = Announcement.objects.filter(pk__in=list(keys), edition__in=own)
    return {
        row.pk: f"{isolated(row.edition.title)}: {isolated(row.title)}"
        for row in rows.select_related("edition")
    }


def _learning() -> "QuerySet[Seat]":
    rows: QuerySet[Seat] = Seat.objects.filter(state=SeatState.LEARNING.value)
    return rows


def _page(edition_id: UUID) -> str:
    return reverse("learning:edition", args=[edition_id])
