"""Pictures of activities: only with the consent of everybody who can be recognised."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.activities.models import Activity, OnPicture, Picture
from kith.activities.permissions import NOTE_WHO_CAME
from kith.base import files
from kith.base.errors import Refused
from kith.base.pictures import without_traces
from kith.consent.queries import in_force
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.models import Person

PHOTOS = "photos"
STORE = "mentoring"


class NobodyNamed(Refused):
    """Whoever can be recognised has a say; whoever is not named has none."""

    sentence = _(
        "Say who can be recognised on the picture, or that nobody can. Others must not be on it."
    )


class PictureNotAllowed(Refused):
    """Somebody on the picture has not agreed to pictures."""

    sentence = _(
        "Somebody on this picture has not agreed to pictures. It was not kept. Ask them first, or"
        " choose a picture without them."
    )


@command(NOTE_WHO_CAME, on="activity")
def add_picture(
    actor: Actor,
    *,
    activity: Activity,
    content: bytes,
    kind: str,
    alt: str,
    nobody: bool,
    persons: Sequence[Person],
) -> Picture:
    """Keep a picture, without what a phone wrote into it.

    Raises NobodyNamed, PictureNotAllowed, PictureBroken; then nothing of it is kept.
    """
    if nobody == bool(persons):
        raise NobodyNamed()
    if not all(in_force(person, PHOTOS) for person in persons):
        raise PictureNotAllowed()
    file = files.keep(
        content=without_traces(content, kind),
        kind=kind,
        name="picture",
        subject_id=activity.pk,
        store=STORE,
    )
    picture = Picture(
        activity=activity, file=file, alt=alt.strip(), nobody=nobody, added_by=actor.membership
    )
    picture.save()
    for person in persons:
        OnPicture(picture=picture, person=person).save()
    return picture


@command(NOTE_WHO_CAME, on="picture")
def remove_picture(actor: Actor, *, picture: Picture) -> None:
    """Remove a picture for good."""
    _remove(picture)


def remove_pictures_of(person_id: UUID) -> None:
    """Somebody takes back the yes to pictures, or is erased: what shows them goes at once.

    Runs inside the act of the room below.
    """
    shown = OnPicture.objects.filter(person=person_id).values("picture")
    for picture in Picture.objects.filter(pk__in=shown).select_related("file"):
        _remove(picture)


def _remove(picture: Picture) -> None:
    file = picture.file
    OnPicture.objects.filter(picture=picture).delete()
    picture.delete()
    files.remove(file)
