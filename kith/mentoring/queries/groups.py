"""What a match of a group and a family begins from: groups, families, and who may take part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.queries.pool import MentorPapers, pending_offers, with_children
from kith.matching.rules.gates import Lacking
from kith.matching.rules.load import held_places
from kith.mentoring.models import Match
from kith.mentoring.permissions import SEE_MATCH
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.members import known_roles
from kith.people.models import FamilyMember, Group, Person
from kith.people.queries import find_people, group_rows, members_of
from kith.programmes.models import Enrolment, Programme
from kith.programmes.queries import (
    agreed_to_mentoring,
    facts_of_mentors,
    places,
    running,
    waiting,
)
from kith.programmes.rules import (
    Missing,
    ProgrammeTemplate,
    Side,
    Unit,
    missing_before_match,
    rules_of,
    units_of,
)

FAMILIES_SHOWN = 40
CANDIDATES = 10


@dataclass(frozen=True)
class Volunteer:
    """Someone of a group, with the roles taken there and what is missing before the match."""

    person: Person
    roles: list[str]
    lacking: list[Lacking]
    has_place: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacking and self.has_place


@dataclass(frozen=True)
class Beginning:
    """A group and a family side by side before their match begins."""

    programme: Programme
    rules: ProgrammeTemplate
    place: Enrolment
    group: Group
    volunteers: list[Volunteer]
    adults: list[Person]
    has_children: bool
    has_agreed: bool


def group_programmes(actor: Actor) -> list[Programme]:
    """Running programmes in which a group may go with a family."""
    return [row for row in running(actor) if Unit.GROUP in units_of(rules_of(row))]


def groups(actor: Actor) -> list[Group]:
    """Ready-made groups the actor may see, the newest first."""
    return list(group_rows(actor).order_by("-id"))


def families(
    actor: Actor, programme: Programme, wanted: Enrolment | None = None
) -> list[Enrolment]:
    """Places of participants who wait in a programme: the one wanted, then the longest waiting."""
    found = list(waiting(actor, programme, Side.PARTICIPANT)[:FAMILIES_SHOWN])
    if wanted is None or wanted in found:
        return found
    return [wanted, *found]


def family_places(actor: Actor) -> "QuerySet[Enrolment]":
    """Places of participants, with their programmes."""
    return places(actor).filter(side=Side.PARTICIPANT.value)


def place_named(actor: Actor, key: str) -> Enrolment | None:
    """The waiting place an address names, or None when it names none."""
    try:
        rows = family_places(actor).filter(pk=UUID(key), state="waiting")
    except ValueError:
        return None
    found: Enrolment | None = rows.first()
    return found


def beginning(programme: Programme, *, place: Enrolment, group: Group, today: date) -> Beginning:
    """Everything to look at before a group and a family begin."""
    rules, person = rules_of(programme), place.person
    children = has_children(person)
    members = members_of(group)
    people = [member.person for member in members]
    roles = {member.person_id: known_roles(rules, [member.role]) for member in members}
    return Beginning(
        programme=programme,
        rules=rules,
        place=place,
        group=group,
        volunteers=volunteers(rules, people, roles, children=children, today=today),
        adults=other_adults(person),
        has_children=children,
        has_agreed=person.pk in agreed_to_mentoring([person.pk]),
    )


def volunteers(
    rules: ProgrammeTemplate,
    people: Sequence[Person],
    roles: dict[UUID, list[str]],
    *,
    children: bool,
    today: date,
) -> list[Volunteer]:
    """People of a group with what each still needs, read together."""
    keys = [person.pk for person in people]
    papers = MentorPapers.of(keys, rules, today=today)
    facts = facts_of_mentors(keys)
    held, asked = held_places(keys), pending_offers(keys)
    found = []
    for person in people:
        own = [one for one in papers.lacking(person) if not isinstance(one, Missing)]
        needed = missing_before_match(rules, facts[person.pk], today, with_minors=children)
        profile = papers.profiles.get(person.pk)
        capacity = profile.capacity if profile else 0
        free = capacity - held[person.pk] - asked.get(person.pk, 0)
        found.append(
            Volunteer(person, roles.get(person.pk, []), [*own, *needed], has_place=free > 0)
        )
    return found


def has_children(person: Person) -> bool:
    """Whether someone's family has children: then more checks are asked for."""
    return bool(with_children([person.pk]))


def other_adults(person: Person) -> list[Person]:
    """The other adults of someone's family."""
    family = FamilyMember.objects.filter(person=person).values("family")
    rows = FamilyMember.objects.filter(family__in=family).exclude(person=person)
    return [row.person for row in rows.select_related("person").order_by("id")]


def matches_of_group(actor: Actor, group: Group) -> "QuerySet[Match]":
    """The matches that began with a ready-made group, the newest first."""
    rows = visible(actor, SEE_MATCH, Match.objects.filter(group=group))
    return rows.select_related("participant", "mentor", "programme", "group").order_by("-id")


def enrolled_mentors(programme: Programme, persons: Collection[UUID]) -> set[UUID]:
    """Those of these people who have a place as mentors in a programme."""
    rows = Enrolment.objects.filter(
        programme=programme, person__in=list(persons), side=Side.MENTOR.value
    ).exclude(state="ended")
    return set(rows.values_list("person", flat=True))


def candidates(actor: Actor, match: Match, side: Side, *, text: str) -> list[Person]:
    """Who could join: found by name, else the ready-made group or the family it began with."""
    here = {row.person_id for row in people_now(match)}
    if text:
        found = find_people(actor, text, CANDIDATES)
        found = [one for one in found if one.is_mentor or side is Side.PARTICIPANT]
    elif side is Side.PARTICIPANT:
        found = other_adults(match.participant)
    else:
        found = [row.person for row in members_of(match.group)] if match.group else []
    return [one for one in found if one.pk not in here]
