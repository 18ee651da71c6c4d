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
from kith.matching.rules.states import MOST_MENTORS, MOST_PARTICIPANTS, ProposalState, Side
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

LOOKED_AT = 3
"""So many times the size of a round is read, because some people lack something."""


@dataclass(frozen=True)
class Waiting:
    """A participant who can be matched today."""

    enrolment: Enrolment
    profile: ParticipantProfile | None
    languages: dict[str, int]
    with_children: bool


@dataclass(frozen=True)
class Free:
    """A mentor who can be matched today, with the places left."""

    enrolment: Enrolment
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

    template: ProgrammeTemplate
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


def pool(actor: Actor, programme: Programme, *, today: date) -> Pool:
    """Who can be matched in this programme today."""
    template = rules_of(programme)
    waiting, short = _participants(actor, programme)
    free, lacking = _mentors(actor, programme, template, today=today)
    return Pool(template, waiting[:MOST_PARTICIPANTS], free[:MOST_MENTORS], (*short, *lacking))


def on_the_list(actor: Actor, programme: Programme, side: Side, *, limit: int) -> list[Enrolment]:
    """Enrolments that wait, the longest waiting first."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    rows = rows.filter(programme=programme, side=side.value, state="waiting")
    return list(
        rows.select_related("person", "person__place").order_by("waiting_since", "id")[:limit]
    )


def pending_offers(enrolments: Iterable[UUID]) -> dict[UUID, int]:
    """How many people each of these mentors is being asked about."""
    rows = Proposal.objects.filter(mentor__in=list(enrolments), state=ProposalState.OFFERED.value)
    return dict(rows.values_list("mentor").annotate(number=Count("id")).order_by())


def _participants(actor: Actor, programme: Programme) -> tuple[list[Waiting], list[HeldBack]]:
    rows = on_the_list(actor, programme, Side.PARTICIPANT, limit=MOST_PARTICIPANTS * 2)
    persons = [row.person_id for row in rows]
    agreed, languages = agreed_to_mentoring(persons), _languages(persons)
    profiles = {one.person_id: one for one in ParticipantProfile.objects.filter(person__in=persons)}
    parents = _with_children(persons)
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
    actor: Actor, programme: Programme, template: ProgrammeTemplate, *, today: date
) -> tuple[list[Free], list[HeldBack]]:
    rows = on_the_list(actor, programme, Side.MENTOR, limit=MOST_MENTORS * LOOKED_AT)
    papers = MentorPapers.of([row.person_id for row in rows], template, today=today)
    languages = _languages([row.person_id for row in rows])
    offers, held = pending_offers(row.pk for row in rows), held_places(list(papers.profiles))
    free, lacking = [], []
    for row in rows:
        missing = papers.lacking(row.person)
        if missing:
            lacking.append(HeldBack(row, tuple(missing)))
            continue
        profile = papers.profiles[row.person_id]
        places = profile.capacity - held[row.person_id] - offers.get(row.pk, 0)
        if places > 0:
            children = papers.may_meet_children(row.person)
            free.append(Free(row, profile, languages[row.person_id], places, children))
    return free, lacking


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


def _with_children(persons: Sequence[UUID]) -> set[UUID]:
    families = Children.objects.values("family")
    members = FamilyMember.objects.filter(person__in=persons, family__in=families)
    return set(members.values_list("person_id", flat=True))
