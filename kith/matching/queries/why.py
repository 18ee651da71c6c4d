""" "Why not these two": what speaks for and against any pair of a round, and what it would cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Round, Run, programmes_of
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.board import look_at
from kith.matching.queries.pool import MentorPapers, with_children
from kith.matching.queries.rounds import Effect, effect
from kith.matching.queries.standing import standing
from kith.matching.rules.gates import Lacking
from kith.matching.rules.marks import CHILDREN, kinds_of
from kith.matching.rules.points import Point, parts_of, points_of
from kith.matching.rules.states import Side
from kith.methods.matching.alternatives import Move
from kith.methods.matching.live import Live
from kith.methods.matching.live.base import PairExplanation
from kith.methods.matching.problem import BadProblem, Gate
from kith.people.queries import listed, narrowed
from kith.programmes.models import Enrolment
from kith.programmes.rules import rules_of

MOST_FOUND = 8


@dataclass(frozen=True)
class Why:
    """What is known about two people.

    together  they are proposed to each other now
    absent    those of the two who do not take part in this solving
    lacking   what keeps the mentor from being proposed today
    failed    rules of the round that the pair does not pass, as gates
    points    what they share, where the engine knows both
    cost      what keeping the two would do to others; None where they cannot be kept
    """

    participant: Enrolment
    mentor: Enrolment
    together: bool = False
    absent: tuple[Enrolment, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    failed: tuple[str, ...] = ()
    points: Sequence[Point] = ()
    parts: Sequence[Point] = ()
    cost: Effect | None = None


def found_in(actor: Actor, round_: Round, side: Side, text: str) -> list[Enrolment]:
    """People of one side of a round by name."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all()).filter(
        programme__in=programmes_of(round_),
        side=side.value,
        person__in=narrowed(listed(actor), actor, text).values("pk"),
    )
    rows = rows.exclude(state="ended").select_related("person", "programme")
    return list(rows.order_by("waiting_since", "id")[:MOST_FOUND])


def place_in(actor: Actor, round_: Round, side: Side, key: str) -> Enrolment | None:
    """One place in the programmes of a round."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all()).filter(
        programme__in=programmes_of(round_), side=side.value, pk=key
    )
    found: Enrolment | None = rows.select_related("person", "programme").first()
    return found


def why(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    run: Run,
    participant: Enrolment,
    mentor: Enrolment,
    today: date,
) -> Why:
    """All that can be said about two people of a round: the look is noted."""
    look_at(actor, round=round)
    papers = MentorPapers.of([mentor.person_id], rules_of(mentor.programme), today=today)
    lacking = tuple(papers.lacking(mentor.person))
    key, person = str(participant.pk), str(mentor.person_id)
    with standing(run) as live:
        absent = _absent(live, participant, mentor)
        if absent or participant.programme_id != mentor.programme_id:
            return Why(participant, mentor, absent=absent, lacking=lacking)
        told = live.explain_pair(key, person)
        marks = kinds_of(live.participant(key).requires - live.mentor(person).marks)
        if not marks and _needs_check(participant, mentor, papers):
            marks = [CHILDREN]
        moves = _moves(live, key, person)
        found = Why(
            participant,
            mentor,
            together=told.matched,
            lacking=lacking,
            failed=_failed(told, marks),
            points=points_of(told.parts, live.participant(key), live.mentor(person)),
            parts=parts_of(told.parts),
        )
    if moves is None:
        return found
    return Why(**{**vars(found), "cost": effect(actor, participant, moves)})


def _absent(live: Live, participant: Enrolment, mentor: Enrolment) -> tuple[Enrolment, ...]:
    absent = [] if live.has_participant(str(participant.pk)) else [participant]
    return (*absent, *([] if live.has_mentor(str(mentor.person_id)) else [mentor]))


def _failed(told: PairExplanation, marks: list[str]) -> tuple[str, ...]:
    """Rules that the pair does not pass, and what a person said.

    marks  what the mentor lacks, by kind; who lacks something was left out by name for that
    """
    by_name = Gate.EXCLUDED in told.gates and (Gate.MARKS in told.gates or not marks)
    others = (gate for gate in told.gates if gate not in {Gate.MARKS, Gate.EXCLUDED})
    said = {"excluded": by_name, "rejected": told.rejected, "floor": told.below_floor}
    return (
        *(gate.value for gate in others),
        *marks,
        *(code for code, holds in said.items() if holds),
    )


def _needs_check(participant: Enrolment, mentor: Enrolment, papers: MentorPapers) -> bool:
    """Whether the checks for families with children are lacking today."""
    parents = with_children([participant.person_id])
    return bool(parents) and not papers.may_meet_children(mentor.person)


def _moves(live: Live, participant: str, mentor: str) -> tuple[Move, ...] | None:
    try:
        return live.what_if_lock(participant, mentor).moves
    except BadProblem:
        return None
