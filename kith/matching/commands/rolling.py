"""A rolling round: whoever comes takes part from that day, whoever goes frees a place."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.board import follow
from kith.matching.commands.deciding import require_ready, take_in
from kith.matching.commands.rounds import solve_round
from kith.matching.models import Decision, Proposal, Round, Run, programmes_of
from kith.matching.permissions import SOLVE
from kith.matching.queries.pool import pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.standing import standing
from kith.matching.rules.snapshot import packed_participant
from kith.matching.rules.states import Act, ProposalState
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.live import Live
from kith.methods.matching.problem import Problem
from kith.methods.matching.profile import Participant
from kith.programmes.models import Enrolment

HOLDING = (ProposalState.OFFERED.value, ProposalState.AGREED.value)


@command(SOLVE, on="round")
def refresh_round(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    today: date,
    now: datetime,
) -> int:
    """Take in who has come, let go of who has left, heed new numbers of places.

    A mentor who is new makes all proposals new. Gives how many people it concerned.
    Raises RoundIsClosed, RoundIsBusy, NothingStands.
    """
    run = require_ready(round)
    run = Run.objects.select_for_update().defer("problem", "standing").get(pk=run.pk)
    people = pool(actor, list(programmes_of(round)), today=today)
    problem = problem_of(people, Wishes.read(run.settings), None, today=today)
    with standing(run) as live:
        if not all(live.has_mentor(mentor.id) for mentor in problem.mentors):
            fresh = len(problem.mentors)
        else:
            return _follow_the_lists(actor, round, run, live, problem)
    solve_round(actor, round=round, today=today, now=now)
    return fresh


def _follow_the_lists(actor: Actor, round_: Round, run: Run, live: Live, problem: Problem) -> int:
    acts = [*_leaving(round_, live, problem), *_places(round_, live, problem)]
    acts += _arriving(round_, live, problem)
    concerned = {str(one.participant_id) for one in acts if one.participant_id}
    for decision in acts:
        concerned |= {one.participant for one in take_in(actor, run, decision, live)}
    follow(round_, live, concerned)
    return len(acts)


def _arriving(round_: Round, live: Live, problem: Problem) -> list[Decision]:
    apart = _apart(round_)
    new = [
        one
        for one in problem.participants
        if not live.has_participant(one.id) and one.id not in apart
    ]
    places = Enrolment.objects.in_bulk([one.id for one in new])
    by_key = {str(key): place for key, place in places.items()}
    return [
        Decision(
            act=Act.ARRIVE.value,
            participant=by_key[one.id],
            record=packed_participant(_with_exclusions(one, problem)),
        )
        for one in new
    ]


def _leaving(round_: Round, live: Live, problem: Problem) -> list[Decision]:
    held = Proposal.objects.filter(round=round_, state__in=HOLDING)
    stays = {str(key) for key in held.values_list("participant", flat=True)}
    gone = [
        key
        for key in (one.id for one in live.problem.participants)
        if key not in problem.participant_rows and key not in stays
    ]
    places = Enrolment.objects.in_bulk(gone)
    return [
        Decision(
            act=Act.LEAVE.value,
            participant=place,
            record=packed_participant(live.participant(str(key))),
        )
        for key, place in places.items()
    ]


def _places(round_: Round, live: Live, problem: Problem) -> list[Decision]:
    """What a mentor can take on, with those who are asked or agreed in this round.

    Pairs kept against a soft rule stand outside the engine and hold a place of their own.
    """
    rows = Proposal.objects.filter(round=round_, state__in=HOLDING, despite=[])
    held = Counter(str(key) for key in rows.values_list("mentor__person", flat=True))
    apart = Proposal.objects.filter(round=round_, state=ProposalState.LOCKED.value)
    apart = apart.exclude(despite=[])
    held.subtract(str(key) for key in apart.values_list("mentor__person", flat=True))
    free = {one.id: one.capacity for one in problem.mentors}
    wanted = {one.id: max(0, free.get(one.id, 0) + held[one.id]) for one in live.problem.mentors}
    changed = {
        one.id: wanted[one.id] for one in live.problem.mentors if wanted[one.id] != one.capacity
    }
    rows_of = Enrolment.objects.filter(person__in=list(changed), side="mentor")
    rows_of = rows_of.filter(programme__in=programmes_of(round_))
    one_place = {str(row.person_id): row for row in rows_of}
    return [
        Decision(act=Act.PLACES.value, mentor=one_place[key], places=number)
        for key, number in changed.items()
        if key in one_place
    ]


def _apart(round_: Round) -> set[str]:
    """Participants of pairs that stand outside the engine: kept against a soft rule."""
    rows = Proposal.objects.filter(round=round_).exclude(despite=[])
    states = [ProposalState.LOCKED.value, *HOLDING]
    return {str(key) for key in rows.filter(state__in=states).values_list("participant", flat=True)}


def _with_exclusions(person: Participant, problem: Problem) -> Participant:
    mentors = {mentor for participant, mentor in problem.exclusions if participant == person.id}
    return replace(person, excluded=person.excluded | mentors)
