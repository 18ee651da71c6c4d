"""Giving people a place in a programme, letting it rest, ending it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.gate.actor import Actor, job_actor
from kith.gate.commands import command
from kith.gate.retention import JOB as RETENTION_JOB
from kith.people.commands.erase import erase_person
from kith.people.models import MentorProfile, ParticipantProfile, Person
from kith.programmes.events import Enrolled, PlaceEnded
from kith.programmes.models import Enrolment, Programme, Wait, note_standing
from kith.programmes.permissions import ENROL, LEAVE, PAUSE
from kith.programmes.rules import (
    MAY_END,
    MAY_PAUSE,
    MAY_RESUME,
    REASONS_OF,
    PlaceState,
    Side,
)

AT_ONCE = 500


class ProgrammeClosed(Refused):
    """Nobody begins in a programme that was closed."""

    sentence = _("This programme is closed. Nobody can be enrolled in it any more.")


class NotOnThisSide(Refused):
    """A place on a side needs the profile of that side."""

    sentence = _("Note in the record first whether this person is a participant or a mentor.")


class AlreadyEnrolled(Refused):
    """One place for each side of a programme."""

    sentence = _("This person already has a place in this programme.")


class NotPossibleNow(Refused):
    """The place is in a state from which this does not follow."""

    sentence = _("This place has changed meanwhile. Look at it again.")


class InAMatch(Refused):
    """A place in a match ends with the match."""

    sentence = _("This person is in a match or being asked about one. Let that end first.")


class AskedAboutAMatch(Refused):
    """Someone is being asked, or has said yes: that is answered first."""

    sentence = _("Somebody is waiting for your answer about a match. Answer that first.")


class PauseEndsTooSoon(Refused):
    """A pause ends on a day to come."""

    sentence = _("Choose a day after today.")


@command(ENROL, on="programme")
def enrol(
    actor: Actor,
    *,
    programme: Programme,
    person: Person,
    side: Side,
    today: date,
    waiting_since: date | None = None,
    note: str = "",
) -> Enrolment:
    """Give someone a place: they wait from the day they asked, or from today.

    Raises ProgrammeClosed, NotOnThisSide, AlreadyEnrolled.
    """
    _require_open(programme)
    if not (person.is_participant if side is Side.PARTICIPANT else person.is_mentor):
        raise NotOnThisSide()
    if _places(programme, side).filter(person=person).exists():
        raise AlreadyEnrolled()
    since = waiting_since or _asked_on([person.pk], side).get(person.pk) or today
    place = Enrolment(
        programme=programme,
        person=person,
        side=side.value,
        waiting_since=min(since, today),
        note=note,
    )
    place.save()
    events.announce(Enrolled(place.pk, person.pk, side.value))
    return place


@command(ENROL, on="programme")
def enrol_many(
    actor: Actor, *, programme: Programme, person_ids: Iterable[UUID], side: Side, today: date
) -> int:
    """Give many people a place at once; those who have one keep it. Gives how many are new.

    Raises ProgrammeClosed.
    """
    _require_open(programme)
    wanted = list(dict.fromkeys(person_ids))
    chunks = (wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE))
    return sum(_enrol_chunk(programme, chunk, side, today) for chunk in chunks)


@command(ENROL, on="enrolment")
def note_reasons(
    actor: Actor, *, enrolment: Enrolment, reasons: Iterable[str], note: str
) -> Enrolment:
    """Note practically why it takes long."""
    chosen = set(reasons)
    enrolment.reasons = [
        reason.value for reason in REASONS_OF[Side(enrolment.side)] if reason.value in chosen
    ]
    enrolment.note = note.strip()
    enrolment.save()
    return enrolment


@command(ENROL, on="enrolment")
def end_place(actor: Actor, *, enrolment: Enrolment, today: date) -> Enrolment:
    """End someone's place. Raises InAMatch, NotPossibleNow."""
    if enrolment.state in (PlaceState.PROPOSED, PlaceState.MATCHED):
        raise InAMatch()
    _require(enrolment, MAY_END)
    end(enrolment, today)
    return enrolment


@command(LEAVE, on="enrolment")
def leave_list(actor: Actor, *, enrolment: Enrolment, today: date) -> Enrolment:
    """Someone does not want to wait any more; no reason is asked.

    Raises AskedAboutAMatch, NotPossibleNow.
    """
    if enrolment.state == PlaceState.PROPOSED:
        raise AskedAboutAMatch()
    _require(enrolment, MAY_END)
    end(enrolment, today)
    return enrolment


def note_wait(enrolment: Enrolment, *, today: date) -> None:
    """Keep how long this wait lasted, without whose it was. Only inside a command."""
    Wait.objects.create(
        organisation_id=enrolment.organisation_id,
        programme_id=enrolment.programme_id,
        side=enrolment.side,
        over_on=today,
        days=max(0, (today - enrolment.this_wait_since).days),
    )


@command(PAUSE, on="enrolment")
def pause(actor: Actor, *, enrolment: Enrolment, until: date | None, today: date) -> Enrolment:
    """Let a place rest until a day, or without an end. Raises PauseEndsTooSoon, NotPossibleNow."""
    if until is not None and until <= today:
        raise PauseEndsTooSoon()
    _require(enrolment, MAY_PAUSE)
    enrolment.state, enrolment.paused_until = PlaceState.PAUSED.value, until
    enrolment.save()
    return enrolment


@command(PAUSE, on="enrolment")
def resume(actor: Actor, *, enrolment: Enrolment) -> Enrolment:
    """Take a place up again; waiting counts from the day it once began. Raises NotPossibleNow."""
    _require(enrolment, MAY_RESUME)
    enrolment.state, enrolment.paused_until = PlaceState.WAITING.value, None
    enrolment.save()
    return enrolment


def forget_places(person_id: UUID, *, today: date) -> None:
    """End the places of a person who is being erased; the counts stay. Only inside a command."""
    for place in Enrolment.objects.filter(person_id=person_id):
        place.reasons, place.note = [], ""
        if place.state == PlaceState.ENDED:
            place.save()
        else:
            end(place, today)


def take_back_places(person_ids: Iterable[UUID]) -> set[UUID]:
    """Remove the places of people whose import is taken back; gives those who must stay because
    they are in a match or being asked about one. Only inside a command."""
    places = Enrolment.objects.filter(person__in=list(person_ids))
    busy = places.filter(state__in=[PlaceState.PROPOSED.value, PlaceState.MATCHED.value])
    stay = set(busy.values_list("person_id", flat=True))
    gone = places.exclude(person__in=stay)
    freed = list(gone.values_list("person_id", flat=True))
    gone.delete()
    note_standing(freed)
    return stay


def erase_after_mentoring(person_ids: Iterable[UUID], *, today: date, now: datetime) -> int:
    """Erase people whose time is over; gives how many. Called by the retention run alone."""
    rows = Person.objects.filter(pk__in=list(person_ids), erased_at__isnull=True)
    people = list(rows.select_related("organisation"))
    for person in people:
        erase_person(
            job_actor(RETENTION_JOB, person.organisation), person=person, today=today, now=now
        )
    return len(people)


def _require_open(programme: Programme) -> None:
    if programme.closed_on is not None:
        raise ProgrammeClosed()


def _require(enrolment: Enrolment, states: frozenset[PlaceState]) -> None:
    now = Enrolment.objects.select_for_update().get(pk=enrolment.pk).state
    if now not in states:
        raise NotPossibleNow()
    enrolment.state = now


def _places(programme: Programme, side: Side) -> Any:
    places = Enrolment.objects.filter(programme=programme, side=side.value)
    return places.exclude(state=PlaceState.ENDED.value)


def end(place: Enrolment, today: date) -> None:
    place.state, place.ended_on = PlaceState.ENDED.value, today
    place.paused_until = None
    place.save()
    events.announce(PlaceEnded(place.pk, place.person_id))


def _enrol_chunk(programme: Programme, wanted: list[UUID], side: Side, today: date) -> int:
    flag = "is_participant" if side is Side.PARTICIPANT else "is_mentor"
    known = Person.objects.filter(pk__in=wanted, erased_at__isnull=True, **{flag: True})
    held = set(_places(programme, side).filter(person__in=wanted).values_list("person", flat=True))
    asked = _asked_on(wanted, side)
    places = [
        Enrolment(
            programme=programme,
            person_id=key,
            side=side.value,
            waiting_since=min(asked.get(key) or today, today),
        )
        for key in known.order_by("id").values_list("pk", flat=True)
        if key not in held
    ]
    Enrolment.objects.bulk_create(places)
    note_standing(place.person_id for place in places)
    for place in places:
        events.announce(Enrolled(place.pk, place.person_id, side.value))
    return len(places)


def _asked_on(person_ids: list[UUID], side: Side) -> dict[UUID, date]:
    """Since when people ask for a mentor, or can be one, as far as that was noted."""
    model, field = (
        (ParticipantProfile, "asked_on")
        if side is Side.PARTICIPANT
        else (MentorProfile, "available_since")
    )
    rows: Any = model.objects.filter(person__in=person_ids, **{f"{field}__isnull": False})
    return dict(rows.values_list("person_id", field))
