"""Rows → people who can take part in a round today, and what the others lack."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Proposal
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.rules.gates import HoldUntil, Lacking, holds_of_anyone, holds_of_mentor
from kith.matching.rules.load import held_places
from kith.matching.rules.states import MOST_PEOPLE, ProposalState, Side
from kith.people.models import (
    Children,
    FamilyMember,
    MentorProfile,
    ParticipantProfile,
    Person,
    PersonLanguage,
)
from kith.programmes.models import Enrolment, Programme
from kith.programmes.queries import agreed_to_mentoring, facts_of_mentors
from kith.programmes.rules import (
    MentorFacts,
    ProgrammeTemplate,
    missing_before_match,
    rules_of,
)


@dataclass(frozen=True)
class Waiting:
    """A participant who can be matched today."""

    enrolment: Enrolment
    profile: ParticipantProfile | None
    languages: dict[str, int]
    with_children: bool


@dataclass(frozen=True)
class Free:
    """A mentor who can be matched today, with the places left.

    enrolments  in the programmes of the round whose checks this mentor has, by programme
    """

    person: Person
    enrolments: dict[UUID, Enrolment]
    profile: MentorProfile
    languages: dict[str, int]
    places: int
    may_meet_children: bool


@dataclass(frozen=True)
class HeldBack:
    """Someone on the list who cannot be matched today, and why."""

    enrolment: Enrolment
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True)
class Pool:
    """Everyone who takes part in a round, in the order of waiting, and who is held back."""

    programmes: Sequence[Programme]
    participants: Sequence[Waiting]
    mentors: Sequence[Free]
    held_back: Sequence[HeldBack] = field(default_factory=tuple)

    @property
    def places(self) -> int:
        """How many people the mentors can take on together."""
        return sum(mentor.places for mentor in self.mentors)

    def held_back_on(self, side: Side) -> list[HeldBack]:
        """Those held back on one side."""
        return [one for one in self.held_back if one.enrolment.side == side.value]


def pool(
    actor: Actor, programmes: Sequence[Programme], *, today: date, most: int = MOST_PEOPLE
) -> Pool:
    """Who can be matched in these programmes today.

    most  how many places of each side are read, those first that have waited longest
    """
    waiting, short = _participants(actor, programmes, most=most)
    free, lacking = _mentors(actor, programmes, today=today, most=most)
    return Pool(programmes, waiting, free, (*short, *lacking))


def on_the_list(
    actor: Actor, programmes: Sequence[Programme], side: Side, *, limit: int
) -> list[Enrolment]:
    """Enrolments that wait, the longest waiting first."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    rows = rows.filter(programme__in=programmes, side=side.value, state="waiting")
    return list(
        rows.select_related("person", "person__place").order_by("waiting_since", "id")[:limit]
    )


def pending_offers(mentors: Iterable[UUID]) -> dict[UUID, int]:
    """How many people each of these persons is being asked about as a mentor."""
    rows = Proposal.objects.filter(
        mentor__person__in=list(mentors), state=ProposalState.OFFERED.value
    )
    return dict(rows.values_list("mentor__person").annotate(number=Count("id")).order_by())


def _participants(
    actor: Actor, programmes: Sequence[Programme], *, most: int
) -> tuple[list[Waiting], list[HeldBack]]:
    rows = on_the_list(actor, programmes, Side.PARTICIPANT, limit=most)
    persons = [row.person_id for row in rows]
    agreed, languages = agreed_to_mentoring(persons), _languages(persons)
    profiles = {one.person_id: one for one in ParticipantProfile.objects.filter(person__in=persons)}
    parents = with_children(persons)
    waiting, short = [], []
    for row in rows:
        holds = holds_of_anyone(agreed=row.person_id in agreed, adult=row.person.adult)
        if holds:
            short.append(HeldBack(row, tuple(holds)))
            continue
        person = row.person_id
        waiting.append(Waiting(row, profiles.get(person), languages[person], person in parents))
    return waiting, short


def _mentors(
    actor: Actor, programmes: Sequence[Programme], *, today: date, most: int
) -> tuple[list[Free], list[HeldBack]]:
    rows = on_the_list(actor, programmes, Side.MENTOR, limit=most)
    persons = list({row.person_id: None for row in rows})
    papers = {one.pk: MentorPapers.of(persons, rules_of(one), today=today) for one in programmes}
    languages = _languages(persons)
    offers, held = pending_offers(persons), held_places(persons)
    free: dict[UUID, Free] = {}
    lacking = []
    for row in rows:
        known = papers[row.programme_id]
        missing = known.lacking(row.person)
        if missing:
            lacking.append(HeldBack(row, tuple(missing)))
            continue
        person = row.person_id
        if person in free:
            free[person].enrolments[row.programme_id] = row
            continue
        profile = known.profiles[person]
        places = profile.capacity - held[person] - offers.get(person, 0)
        if places > 0:
            children = known.may_meet_children(row.person)
            enrolled = {row.programme_id: row}
            free[person] = Free(row.person, enrolled, profile, languages[person], places, children)
    return list(free.values()), lacking


@dataclass(frozen=True)
class MentorPapers:
    """Profiles, checks and consents of some mentors, read together."""

    template: ProgrammeTemplate
    today: date
    profiles: dict[UUID, MentorProfile]
    facts: dict[UUID, MentorFacts]
    consents: set[UUID]

    @classmethod
    def of(
        cls, persons: Sequence[UUID], template: ProgrammeTemplate, *, today: date
    ) -> "MentorPapers":
        """Read the papers of these persons."""
        profiles = {one.person_id: one for one in MentorProfile.objects.filter(person__in=persons)}
        facts = facts_of_mentors(persons)
        return cls(template, today, profiles, facts, agreed_to_mentoring(persons))

    def lacking(self, person: Person) -> list[Lacking]:
        """Everything that keeps this mentor from being proposed today."""
        facts = self.facts.get(person.pk, MentorFacts())
        return [
            *holds_of_anyone(agreed=person.pk in self.consents, adult=person.adult),
            *self._times(person),
            *missing_before_match(self.template, facts, self.today),
        ]

    def may_meet_children(self, person: Person) -> bool:
        """Whether the checks hold that are needed where children are about."""
        facts = self.facts.get(person.pk, MentorFacts())
        return not missing_before_match(self.template, facts, self.today, with_minors=True)

    def _times(self, person: Person) -> list[HoldUntil]:
        profile = self.profiles.get(person.pk)
        if profile is None:
            return []
        return holds_of_mentor(
            paused_until=profile.paused_until,
            available_since=profile.available_since,
            today=self.today,
        )


def _languages(persons: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    spoken: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = PersonLanguage.objects.filter(person__in=persons)
    for person, code, level in rows.values_list("person_id", "code", "level"):
        spoken[person][code] = level
    return spoken


def with_children(persons: Sequence[UUID]) -> set[UUID]:
    """Those of some persons who are in a family with children."""
    families = Children.objects.values("family")
    members = FamilyMember.objects.filter(person__in=persons, family__in=families)
    return set(members.values_list("person_id", flat=True))


def waiting_numbers(programmes: Sequence[Programme]) -> tuple[int, int]:
    """How many participants and mentors are on the lists, counted up to the limit of a round."""
    rows = Enrolment.objects.filter(programme__in=programmes, state="waiting")
    return (
        rows.filter(side=Side.PARTICIPANT.value)[:MOST_PEOPLE].count(),
        rows.filter(side=Side.MENTOR.value)[:MOST_PEOPLE].count(),
    )
