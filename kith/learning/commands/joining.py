"""Joining an edition, and leaving it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.models import CourseVersion, Edition, Seat
from kith.learning.permissions import JOIN_EDITION, LEARN
from kith.learning.rules.joining import Door, NotNow, why_not
from kith.learning.rules.states import SeatState, VersionState


class OtherCountry(Refused):
    """The edition is for those who work in other countries."""

    sentence = _(
        "This edition is for people who work in other countries. Below is what is open to you."
    )


class EditionClosed(Refused):
    """The last day to join is over."""

    sentence = _("The last day to join this edition is over. Below is what is open to you.")


class EditionFull(Refused):
    """Every seat is taken."""

    sentence = _("All seats of this edition are taken. Below is what is open to you.")


class EditionCalledOff(Refused):
    """It does not take place."""

    sentence = _("This edition does not take place. Below is what is open to you.")


class AlreadyIn(Refused):
    """One seat for each person."""

    sentence = _("You are in this edition already.")


class HasPassed(Refused):
    """What was finished is not left."""

    sentence = _("You have finished this course; there is nothing to leave.")


REFUSALS: dict[NotNow, type[Refused]] = {
    NotNow.OTHER_COUNTRY: OtherCountry,
    NotNow.CLOSED: EditionClosed,
    NotNow.FULL: EditionFull,
    NotNow.CALLED_OFF: EditionCalledOff,
}


def door_of(edition: Edition) -> Door:
    """What decides who can join."""
    return Door(
        countries=edition.countries,
        closes_on=edition.closes_on,
        seats=edition.seats,
        taken=edition.taken,
        is_off=edition.called_off_on is not None,
    )


@command(JOIN_EDITION, on="edition")
def join(
    actor: Actor,
    *,
    edition: Edition,
    country: str,
    language: str,
    today: date,
    now: datetime,
    works_at: str = "",
) -> Seat:
    """Take a seat. Who left may come back while the edition is open, to what they had.

    Raises OtherCountry, EditionClosed, EditionFull, EditionCalledOff, AlreadyIn.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    seat = Seat.objects.filter(edition=edition, member=actor.membership).first()
    if seat is not None and seat.state != SeatState.LEFT.value:
        raise AlreadyIn
    reason = why_not(door_of(edition), country=country, today=today)
    if reason is not None:
        raise REFUSALS[reason]
    seat = seat or Seat(
        edition=edition,
        version=CourseVersion.objects.get(
            course=edition.course_id, state=VersionState.IN_USE.value
        ),
        member=actor.membership,
        joined_on=today,
    )
    seat.country, seat.language, seat.last_at = country, language, now
    seat.works_at = works_at or seat.works_at
    seat.state = SeatState.LEARNING.value
    seat.save()
    count_seats(edition)
    return seat


@command(LEARN, on="seat")
def leave(actor: Actor, *, seat: Seat) -> None:
    """Give the seat back; what was read stays for a return. Raises HasPassed."""
    if seat.state == SeatState.PASSED.value:
        raise HasPassed
    seat.state = SeatState.LEFT.value
    seat.save(update_fields=["state"])
    count_seats(Edition.objects.select_for_update().get(pk=seat.edition_id))


def count_seats(edition: Edition) -> None:
    """Note how many seats are taken. Only inside a command, with the edition locked."""
    taken = Seat.objects.filter(edition=edition).exclude(state=SeatState.LEFT.value)
    edition.taken = taken.count()
    edition.save(update_fields=["taken"])
