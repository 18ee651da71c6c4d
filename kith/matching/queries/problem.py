"""The pool and past decisions → a problem that the engine solves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from kith.matching.models import Proposal, Round
from kith.matching.queries.pool import Free, Pool, Waiting
from kith.matching.rules.reasons import ONLY_THIS_ROUND
from kith.matching.rules.states import ProposalState
from kith.methods.matching.problem import Decision, Gate, Gates, Problem, Ruling, Weights
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.people.models import Person
from kith.people.rules import Gender, GenderWish
from kith.programmes.models import Enrolment
from kith.programmes.rules import HardCriterion, ProgrammeTemplate, SoftCriterion

GATES = {
    HardCriterion.SHARED_LANGUAGE: Gate.LANGUAGE,
    HardCriterion.WITHIN_DISTANCE: Gate.RANGE,
    HardCriterion.COMMON_TIMES: Gate.AVAILABILITY,
    HardCriterion.GOAL_AREA: Gate.TOPICS,
}
"""Hard criteria of a programme and the gate of the engine that each of them stands for."""
ALIKE = frozenset({SoftCriterion.AGE_BAND, SoftCriterion.LIFE_SITUATION})
"""Soft criteria for which age counts; without them it does not."""

RULINGS = {
    ProposalState.LOCKED.value: Ruling.LOCK,
    ProposalState.OFFERED.value: Ruling.LOCK,
    ProposalState.AGREED.value: Ruling.LOCK,
    ProposalState.REJECTED.value: Ruling.REJECT,
}

Pair = tuple[str, str]


def problem_of(pool: Pool, round_: Round | None, *, today: date) -> Problem:
    """Everything that decides the outcome of a round, decisions of this round included."""
    bare = Problem(
        participants=[participant_of(one) for one in pool.participants],
        mentors=[mentor_of(one) for one in pool.mentors],
        as_of=today,
        weights=weights_of(pool.template),
        gates=gates_of(pool.template),
        exclusions=frozenset((*_left_out_before(pool, round_), *_no_children(pool))),
    )
    return bare if round_ is None else with_decisions(bare, round_)


def with_decisions(problem: Problem, round_: Round) -> Problem:
    """The problem with what people decided in this round about those who take part in it."""
    rows = Proposal.objects.filter(round=round_, state__in=list(RULINGS)).order_by("id")
    decided = [
        Decision(RULINGS[state], str(participant), str(mentor))
        for state, participant, mentor in rows.values_list("state", "participant", "mentor")
    ]
    return replace(
        problem,
        decisions=tuple(
            one
            for one in decided
            if one.participant in problem.participant_rows and one.mentor in problem.mentor_columns
        ),
    )


def gates_of(template: ProgrammeTemplate) -> Gates:
    """The gates that this programme does not ask for are switched off."""
    hard = set(template.criteria.hard)
    return Gates(off=frozenset(gate for criterion, gate in GATES.items() if criterion not in hard))


def weights_of(template: ProgrammeTemplate) -> Weights:
    """The usual weights; age counts only where the programme names it."""
    return Weights() if ALIKE & set(template.criteria.soft) else Weights(age=0)


def participant_of(waiting: Waiting) -> Participant:
    """A participant as the engine sees one: no name, no origin."""
    profile = waiting.profile
    wish = GenderWish(profile.gender_wish) if profile else GenderWish.NONE
    return Participant(
        **_common(waiting.enrolment.person, str(waiting.enrolment.pk), waiting.languages),
        topics=dict.fromkeys(profile.needs, 1) if profile else {},
        interests=frozenset(profile.interests) if profile else frozenset(),
        waiting_since=waiting.enrolment.waiting_since,
        mentor_gender=None if wish is GenderWish.NONE else wish.value,
        mentor_gender_required=bool(
            profile and profile.gender_wish_firm and wish is not GenderWish.NONE
        ),
        interpreter=bool(profile and profile.interpreter),
    )


def mentor_of(free: Free) -> Mentor:
    """A mentor as the engine sees one, with the places left."""
    profile = free.profile
    return Mentor(
        **_common(free.enrolment.person, str(free.enrolment.pk), free.languages),
        topics=dict.fromkeys(profile.topics, 4),
        interests=frozenset(profile.interests),
        available_since=profile.available_since,
        capacity=free.places,
        gender=None if profile.gender == Gender.UNSAID else profile.gender,
    )


def _common(person: Person, key: str, languages: dict[str, int]) -> dict[str, Any]:
    place = person.place
    placed = place is not None and place.latitude is not None and place.longitude is not None
    return {
        "id": key,
        "languages": languages,
        "region": place.name if place else None,
        "lat": place.latitude if place and placed else None,
        "lon": place.longitude if place and placed else None,
        "max_km": person.max_km,
        "online": person.online,
        "availability": frozenset(person.availability),
        "age_band": age_band(person.age_band),
    }


def age_band(code: str) -> AgeBand | None:
    """ "25-34" or "65+" as two years; None when it was not said."""
    if not code:
        return None
    low, _, high = code.removesuffix("+").partition("-")
    return AgeBand(int(low), int(high) if high else None)


def _left_out_before(pool: Pool, round_: Round | None) -> Iterator[Pair]:
    """Pairs that were rejected or declined before, and pairs that have been a match."""
    ended = Q(state__in=[ProposalState.DECLINED.value, ProposalState.AGREED.value])
    rejected = Q(state=ProposalState.REJECTED.value)
    rejected &= ~Q(reject_reason__in=[reason.value for reason in ONLY_THIS_ROUND])
    if round_ is not None:
        rejected &= ~Q(round=round_)
    participants = {one.enrolment.person_id: str(one.enrolment.pk) for one in pool.participants}
    mentors = {one.enrolment.person_id: str(one.enrolment.pk) for one in pool.mentors}
    places = Enrolment.objects.filter(person__in=list(participants)).values("pk")
    rows = Proposal.objects.filter(ended | rejected, participant__in=places)
    # People are compared, not enrolments: who comes back later is still the same person.
    for participant, mentor in rows.values_list("participant__person", "mentor__person"):
        if mentor in mentors:
            yield participants[participant], mentors[mentor]


def _no_children(pool: Pool) -> Iterator[Pair]:
    """Families with children never meet a mentor without the checks for it."""
    unchecked = [str(one.enrolment.pk) for one in pool.mentors if not one.may_meet_children]
    for one in pool.participants:
        if one.with_children:
            yield from ((str(one.enrolment.pk), mentor) for mentor in unchecked)
