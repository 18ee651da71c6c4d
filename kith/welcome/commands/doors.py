"""The public pages: their address, and for whom they are open."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.programmes.models import Programme
from kith.welcome.models import Door, Front
from kith.welcome.permissions import KEEP_DOORS


class AddressTaken(Refused):
    """Every address leads to one page."""

    sentence = _("This address is taken. Choose another one.")


def set_front(actor: Actor, *, slug: str, contact: str, is_open: bool) -> Front:
    """Say at which address the public page is, and whether it is open. Raises AddressTaken."""
    try:
        return _set_front(actor, slug=slug, contact=contact, is_open=is_open)
    except IntegrityError as taken:
        # Other organisations are out of sight: only the table itself knows that it is taken.
        raise AddressTaken from taken


@command(KEEP_DOORS)
def _set_front(actor: Actor, *, slug: str, contact: str, is_open: bool) -> Front:
    front: Front = Front.objects.first() or Front()
    front.slug, front.contact, front.is_open = slug, contact.strip(), is_open
    front.save()
    return front


@command(KEEP_DOORS, on="programme")
def set_door(
    actor: Actor,
    *,
    programme: Programme,
    slug: str,
    for_mentors: bool,
    for_participants: bool,
    least_age: int,
    words: Mapping[str, str],
) -> Door:
    """Say for whom a programme is open on the public page. Raises AddressTaken."""
    if Door.objects.filter(slug=slug).exclude(programme=programme).exists():
        raise AddressTaken
    door: Door = Door.objects.filter(programme=programme).first() or Door(programme=programme)
    door.slug, door.least_age = slug, least_age
    door.for_mentors, door.for_participants = for_mentors, for_participants
    door.words = {key: text.strip() for key, text in words.items() if text.strip()}
    door.save()
    return door
