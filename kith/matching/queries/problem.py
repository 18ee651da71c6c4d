"""The pool and past decisions → a problem that the engine solves."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from kith.matching.models import Proposal, Round
from kith.matching.queries.pool import Free, Pool, Waiting
from kith.matching.rules.marks import CHILDREN, programme_mark
from kith.matching.rules.reasons import ONLY_THIS_ROUND
from kith.matching.rules.states import ProposalState
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.problem import Decision, Problem, Ruling
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.people.models import Person
from kith.people.rules import Gender, GenderWish
from kith.programmes.models import Enrolment

Pair = tuple[str, str]
DECIDED = [ProposalState.LOCKED.value, ProposalState.REJECTED.value]
"""Pairs of a round that the next solving takes as they are. Those being asked wait no longer."""


def problem_of(pool: Pool, wishes: Wishes, round_: Round | None, *, today: date) -> Problem:
    """Everything that decides the outcome of a round, what people decided in it included.

    Participants go by the key of their place, mentors by the key of the person: who is a mentor
    in two programmes has one number of places.
    """
    bare = Problem(
        participants=[_requiring(pool, one) for one in pool.participants],
        mentors=[_marked(pool, one) for one in pool.mentors],
        as_of=today,
        weights=wishes.engine_weights,
        gates=wishes.engine_gates,
        exclusions=frozenset(_left_out_before(pool, round_)),
    )
    return bare if round_ is None else _with_decisions(bare, round_)


def _with_decisions(problem: Problem, round_: Round) -> Problem:
    """The problem with what people decided in this round about those who take part in it."""
    rows = Proposal.objects.filter(round=round_, state__in=DECIDED).order_by("id")
    decided, apart = [], Counter[str]()
    absent = set()
    for row in rows.select_related("mentor").only(
        "state", "participant_id", "mentor__person_id", "despite"
    ):
        participant, mentor = str(row.participant_id), str(row.mentor.person_id)
        if participant not in problem.participant_rows or mentor not in problem.mentor_columns:
            continue
        if row.state == ProposalState.REJECTED.value:
            decided.append(Decision(Ruling.REJECT, participant, mentor))
        elif row.despite:
            absent.add(participant)
            apart[mentor] += 1
        else:
            decided.append(Decision(Ruling.LOCK, participant, mentor))
    problem = _without(problem, absent, apart)
    return replace(
        problem, decisions=tuple(one for one in decided if one.participant not in absent)
    )


def _without(problem: Problem, absent: set[str], apart: Counter[str]) -> Problem:
    """Pairs kept against a soft rule stand outside: the engine itself never breaks a rule."""
    if not absent:
        return problem
    return replace(
        problem,
        participants=[one for one in problem.participants if one.id not in absent],
        mentors=[
            replace(one, capacity=max(0, one.capacity - apart[one.id])) for one in problem.mentors
        ],
    )


def _requiring(pool: Pool, one: Waiting) -> Participant:
    """Families with children meet a mentor with the checks for it; both are in one programme."""
    children = [CHILDREN] if one.with_children else []
    programme = _programme_marks(pool, [one.enrolment.programme_id])
    return replace(participant_of(one), requires=frozenset((*children, *programme)))


def _marked(pool: Pool, one: Free) -> Mentor:
    children = [CHILDREN] if one.may_meet_children else []
    programmes = _programme_marks(pool, one.enrolments)
    return replace(mentor_of(one), marks=frozenset((*children, *programmes)))


def _programme_marks(pool: Pool, programmes: Iterable[UUID]) -> list[str]:
    """Where a round is about one programme, everybody takes part in it."""
    return [programme_mark(key) for key in programmes] if len(pool.programmes) > 1 else []


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
        **_common(free.person, str(free.person.pk), free.languages),
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
    mentors = {one.person.pk: str(one.person.pk) for one in pool.mentors}
    places = Enrolment.objects.filter(person__in=list(participants)).values("pk")
    rows = Proposal.objects.filter(ended | rejected, participant__in=places)
    # People are compared, not enrolments: who comes back later is still the same person.
    for participant, mentor in rows.values_list("participant__person", "mentor__person"):
        if mentor in mentors:
            yield participants[participant], mentors[mentor]
