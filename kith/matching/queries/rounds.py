"""Rounds and their pairs, as the pages of a coordinator or matcher show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.matching.models import Proposal, Round, Unmatched
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.problem import with_decisions
from kith.matching.rules.snapshot import unpack
from kith.matching.rules.states import UNDECIDED, ProposalState, RoundState
from kith.methods.matching.alternatives import Alternative
from kith.methods.matching.result import Result
from kith.methods.matching.solve import solve
from kith.programmes.models import Enrolment, Programme

PAST_ROUNDS = 20
ALTERNATIVES = 4


@dataclass(frozen=True)
class Option:
    """Another mentor for a participant, and who would go without."""

    mentor: Enrolment
    alternative: Alternative
    left_without: list[Enrolment]
    moved: list[Enrolment]


def running_programmes(actor: Actor) -> "QuerySet[Programme]":
    """Programmes that are not closed, the oldest first."""
    rows = visible(actor, SEE_ROUNDS, Programme.objects.all())
    return rows.filter(closed_on__isnull=True).order_by("opened_on", "id")


def rounds(actor: Actor) -> "QuerySet[Round]":
    """All rounds, the newest first."""
    rows = visible(actor, SEE_ROUNDS, Round.objects.all())
    return rows.defer("problem").select_related("programme").order_by("-id")


def open_rounds(actor: Actor) -> "QuerySet[Round]":
    """Rounds in which people still decide."""
    return rounds(actor).filter(state=RoundState.OPEN.value)


def past_rounds(actor: Actor) -> list[Round]:
    """The last rounds that are over."""
    return list(rounds(actor).filter(state=RoundState.CLOSED.value)[:PAST_ROUNDS])


def proposals(actor: Actor) -> "QuerySet[Proposal]":
    """Proposed pairs with the people of both sides, those first who have waited longest."""
    rows = visible(actor, SEE_ROUNDS, Proposal.objects.all())
    return rows.select_related(
        "round",
        "round__programme",
        "participant__person__place",
        "mentor__person__place",
    ).order_by("participant__waiting_since", "id")


@reads(SEE_ROUNDS, on="round")
def pairs_in(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    states: frozenset[ProposalState],
) -> "QuerySet[Proposal]":
    """The pairs of a round in some states, names included: the look is noted."""
    return proposals(actor).filter(round=round, state__in=[state.value for state in states])


@reads(SEE_ROUNDS, on="round")
def look_at(actor: Actor, *, round: Round) -> Round:  # noqa: A002 - the word of the room
    """Open one pair of a round with both names: the look is noted."""
    return round


def mentors_in(actor: Actor, round_: Round) -> "QuerySet[Enrolment]":
    """Mentors on the list of a round's programme."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    return rows.filter(programme=round_.programme, side="mentor").select_related("person")


def numbers_in(actor: Actor, round_: Round) -> Counter[str]:
    """How many pairs of a round are in each state."""
    rows = visible(actor, SEE_ROUNDS, Proposal.objects.all()).filter(round=round_)
    return Counter(dict(rows.values_list("state").annotate(number=Count("id")).order_by()))


def unmatched_in(actor: Actor, round_: Round) -> "QuerySet[Unmatched]":
    """Those for whom a round found nobody, the longest waiting first."""
    rows = visible(actor, SEE_ROUNDS, Unmatched.objects.all()).filter(round=round_)
    rows = rows.select_related("participant__person")
    return rows.order_by("participant__waiting_since", "id")


def mentors_named(actor: Actor, rows: Iterable[Unmatched]) -> dict[str, Enrolment]:
    """The mentors whom the changes of these rows would open, by key."""
    keys = {key for row in rows if row.change for key in row.change.get("mentors", ())}
    found = visible(actor, SEE_ROUNDS, Enrolment.objects.all()).filter(pk__in=keys)
    return {str(row.pk): row for row in found.select_related("person")}


def solved(round_: Round) -> Result:
    """The round solved again, from what was stored and from what people decided since."""
    problem = with_decisions(unpack(round_.problem), round_)
    return solve(problem, seed=round_.seed)


def undecided(actor: Actor, round_: Round) -> "QuerySet[Proposal]":
    """Pairs of a round that wait for a word."""
    states = [state.value for state in UNDECIDED]
    return proposals(actor).filter(round=round_, state__in=states)


def options(actor: Actor, proposal: Proposal) -> list[Option]:
    """Other mentors for the participant of a proposal, in words of what they would mean."""
    result = solved(proposal.round)
    key = str(proposal.participant_id)
    if key not in result.problem.participant_rows:
        return []
    found = result.alternatives(key, ALTERNATIVES)
    people = _people(actor, found)
    return [_option(one, people) for one in found if UUID(one.mentor) in people]


def _people(actor: Actor, found: list[Alternative]) -> dict[UUID, Enrolment]:
    keys = {one.mentor for one in found} | {move.participant for one in found for move in one.moves}
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all()).filter(pk__in=keys)
    return {row.pk: row for row in rows.select_related("person")}


def _option(found: Alternative, people: dict[UUID, Enrolment]) -> Option:
    moves: dict[bool, list[Any]] = {True: [], False: []}
    for move in found.moves:
        moves[move.to_mentor is None].append(people[UUID(move.participant)])
    return Option(people[UUID(found.mentor)], found, moves[True], moves[False])
