"""Pictures of an activity: those that may be shown now."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kith.activities.models import Activity, OnPicture, Picture
from kith.activities.queries.lists import activities, to_note
from kith.consent.queries import persons_agreed
from kith.gate.actor import Actor

PHOTOS = "photos"
MOST_PICTURES = 24


def shown(actor: Actor, activity: Activity) -> list[Picture]:
    """Pictures on which everybody agrees to be seen today; consent is asked each time."""
    return list(_allowed(actor).filter(activity=activity).order_by("id")[:MOST_PICTURES])


def picture(actor: Actor, key: UUID) -> Picture | None:
    """One picture this actor may look at."""
    return _allowed(actor).filter(pk=key).first()


def to_remove(actor: Actor) -> "QuerySet[Picture]":
    """Pictures this actor may remove."""
    return Picture.objects.filter(activity__in=to_note(actor).values("pk"))


def _allowed(actor: Actor) -> "QuerySet[Picture]":
    against = OnPicture.objects.filter(picture=OuterRef("pk")).exclude(
        person__in=persons_agreed(PHOTOS)
    )
    rows = Picture.objects.filter(activity__in=activities(actor).values("pk"))
    return rows.filter(~Exists(against)).select_related("file")
