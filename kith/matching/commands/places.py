"""Where someone stands on the list of a programme, as matching moves them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.permissions import END_PAIRING, HOLD_PLACES
from kith.matching.queries.pool import pending_offers
from kith.matching.rules.load import held_places
from kith.people.models import MentorProfile, Person
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import rules_of

MOVABLE = frozenset({"waiting", "proposed", "matched"})
"""States that matching sets; a pause or an end was somebody's decision and stays."""


def move(enrolment: Enrolment, state: str) -> None:
    """Set the state unless someone paused or ended the enrolment meanwhile."""
    if enrolment.state in MOVABLE and enrolment.state != state:
        enrolment.state = state
        enrolment.save()


def places_left(enrolment: Enrolment) -> int:
    """How many people this mentor can still take on: capacity less matches less offers."""
    profile = MentorProfile.objects.filter(person=enrolment.person_id).first()
    capacity = profile.capacity if profile else 0
    return (
        capacity
        - held_places([enrolment.person_id])[enrolment.person_id]
        - _asked(enrolment.person_id)
    )


def settle_mentor(enrolment: Enrolment) -> None:
    """A mentor with a place left waits for the next participant; a full one does not."""
    if places_left(enrolment) > 0:
        move(enrolment, "waiting")
    else:
        move(enrolment, "proposed" if _asked(enrolment.person_id) else "matched")


@command(END_PAIRING, on="programme")
def end_pairing(
    actor: Actor,
    *,
    programme: Programme,
    participants: Sequence[Person],
    mentors: Sequence[Person],
    waits_again: bool,
    today: date,
) -> None:
    """A match is over: places of mentors are free; participants are done, or wait again.

    Whoever waits again keeps the day on which the waiting once began, and is among the first;
    where the programme says otherwise, they are counted from today. How long this wait lasts counts
    from today in both, so that the expected time of a programme stays honest.
    """
    for row in _present(programme, mentors, "mentor"):
        settle_mentor(row)
    for row in _present(programme, participants, "participant"):
        row.state, row.ended_on = ("waiting", None) if waits_again else ("ended", today)
        if waits_again and rules_of(programme).keeps_waiting_date:
            row.again_since = today
        elif waits_again:
            row.waiting_since, row.again_since = today, None
        row.save()


@command(HOLD_PLACES, on="programme")
def hold_places(actor: Actor, *, programme: Programme, participants: Sequence[Person]) -> None:
    """Participants are in a match that began without a round: they wait no longer."""
    for row in _present(programme, participants, "participant"):
        move(row, "matched")


@command(HOLD_PLACES, on="programme")
def settle_mentors(actor: Actor, *, programme: Programme, mentors: Sequence[Person]) -> None:
    """Mentors came to a match or left one that goes on: are there places left with them?"""
    for row in _present(programme, mentors, "mentor"):
        settle_mentor(row)


def _present(programme: Programme, persons: Sequence[Person], side: str) -> list[Enrolment]:
    rows = Enrolment.objects.filter(programme=programme, person__in=persons, side=side)
    return list(rows.exclude(state="ended").order_by("id"))


def _asked(person_id: UUID) -> int:
    return pending_offers([person_id]).get(person_id, 0)
