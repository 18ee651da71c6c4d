"""What a mentor still needs: the gates of each programme beside what is noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentors.permissions import SEE_CHECKLIST
from kith.mentors.rules.checklist import Held, Line, Noted, checklist, open_lines
from kith.people.models import MentorCheck, MentorProfile, Person
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import PlaceState, Side, rules_of
from kith.welcome.models import Application

MOST_PLACES = 20
MOST_CHECKS = 200


@dataclass(frozen=True)
class ProgrammeList:
    """The checklist of one mentor in one programme."""

    programme: Programme
    state: PlaceState
    lines: tuple[Line, ...]

    @property
    def open(self) -> tuple[Line, ...]:
        """What is missing before the next match."""
        return open_lines(self.lines)


def mentors_seen(actor: Actor) -> "QuerySet[Person]":
    """The mentors whose checklist this actor may see."""
    return visible(actor, SEE_CHECKLIST, Person.objects.filter(is_mentor=True))


def own_mentor(actor: Actor) -> Person | None:
    """The mentor behind the account; None for everyone else."""
    if actor.user_id is None:
        return None
    return mentors_seen(actor).filter(user_id=actor.user_id).first()


def of_mentor(person: Person, *, today: date) -> list[ProgrammeList]:
    """One checklist for each place of this mentor, the oldest place first."""
    places = _places(person)
    held = _held(person) if places else None
    if held is None:
        return []
    return [
        ProgrammeList(
            place.programme,
            PlaceState(place.state),
            checklist(rules_of(place.programme), held, today),
        )
        for place in places
    ]


def _places(person: Person) -> list[Enrolment]:
    rows = Enrolment.objects.filter(person=person, side=Side.MENTOR.value)
    rows = rows.exclude(state=PlaceState.ENDED.value).select_related("programme")
    return list(rows.order_by("id")[:MOST_PLACES])


def _held(person: Person) -> Held:
    profile = MentorProfile.objects.filter(person=person).first()
    return Held(
        applied_on=_applied_on(person),
        trained_on=profile.trained_on if profile else None,
        trained_until=profile.trained_until if profile else None,
        checks=tuple(_noted(_checks(person))),
    )


def _checks(person: Person) -> list[MentorCheck]:
    rows = MentorCheck.objects.filter(person=person).select_related("seen_by")
    return list(rows.order_by("-id")[:MOST_CHECKS])


def _noted(rows: Sequence[MentorCheck]) -> list[Noted]:
    return [
        Noted(
            kind=row.kind,
            done_on=row.done_on,
            valid_until=row.valid_until,
            seen_by=str(row.seen_by.name) if row.seen_by else "",
        )
        for row in rows
    ]


def _applied_on(person: Person) -> date:
    wrote = Application.objects.filter(person=person, side=Side.MENTOR.value)
    day: date | None = wrote.order_by("received_on").values_list("received_on", flat=True).first()
    return day or person.created_at.date()
