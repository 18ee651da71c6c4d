"""A rolling round: whoever comes takes part from that day, whoever goes frees a place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from kith.base.jobs import ask_for
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.board import follow
from kith.matching.commands.deciding import require_ready, take_in
from kith.matching.commands.rounds import solve_round
from kith.matching.commands.running import let_go_of_the_absent
from kith.matching.models import Decision, Proposal, Round, Run, programmes_of
from kith.matching.permissions import SOLVE
from kith.matching.queries.pool import pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.standing import standing
from kith.matching.rules.snapshot import packed_participant
from kith.matching.rules.states import SMALL_CELLS, Act, ProposalState
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.live import Live
from kith.methods.matching.problem import Problem
from kith.methods.matching.profile import Mentor, Participant
from kith.programmes.models import Enrolment

HOLDING = (ProposalState.OFFERED.value, ProposalState.AGREED.value)


@command(SOLVE, on="round")
def bring_up_to_date(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    today: date,
    now: datetime,
) -> int | None:
    """As refresh_round; where many take part in the background, which gives None."""
    counts = require_ready(round).counts
    if counts["participants"] * counts["mentors"] <= SMALL_CELLS:
        return refresh_round(actor, round=round, today=today, now=now)
    ask_for("matching.newcomer", round.organisation_id, round_id=round.pk)
    return None


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
    released = let_go_of_the_absent(run, people)
    problem = problem_of(people, Wishes.read(run.settings), round, today=today)
    with standing(run) as live:
        if not all(live.has_mentor(mentor.id) for mentor in problem.mentors):
            fresh = len(problem.mentors)
        else:
            acts = [*_released(released, live, problem), *_changed(round, live, problem)]
            return _follow_the_lists(actor, run, live, acts)
    solve_round(actor, round=round, today=today, now=now)
    return fresh


def _changed(round_: Round, live: Live, problem: Problem) -> list[Decision]:
    arriving = _arriving(live, problem)
    return [
        *_leaving(round_, live, problem),
        *_places(round_, live, problem),
        *arriving,
        *_rejected(round_, live, arriving),
    ]


def _released(rows: Iterable[Proposal], live: Live, problem: Problem) -> list[Decision]:
    """Participants whose kept pair ended because of the mentor are open to others."""
    return [
        Decision(act=Act.UNLOCK.value, participant=row.participant, mentor=row.mentor)
        for row in rows
        if live.has_participant(str(row.participant_id))
        and str(row.participant_id) in problem.participant_rows
    ]


def _follow_the_lists(actor: Actor, run: Run, live: Live, acts: Sequence[Decision]) -> int:
    """Carry the changes out; gives how many."""
    concerned = {str(one.participant_id) for one in acts if one.participant_id}
    for decision in acts:
        concerned |= {one.participant for one in take_in(actor, run, decision, live)}
    follow(run.round, live, concerned)
    return len(acts)


def _arriving(live: Live, problem: Problem) -> list[Decision]:
    marked = [one for one in problem.mentors if one.marks != live.mentor(one.id).marks]
    new = [one for one in problem.participants if not live.has_participant(one.id)]
    places = Enrolment.objects.in_bulk([one.id for one in new])
    by_key = {str(key): place for key, place in places.items()}
    return [
        Decision(
            act=Act.ARRIVE.value,
            participant=by_key[one.id],
            record=packed_participant(_as_of_now(one, problem, live, marked)),
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
    """What a mentor can take on, with those who are asked or agreed and still stand in this run."""
    rows = Proposal.objects.filter(round=round_, state__in=HOLDING)
    held = Counter(
        str(mentor)
        for participant, mentor in rows.values_list("participant", "mentor__person")
        if live.has_participant(str(participant))
    )
    free = {one.id: one.capacity for one in problem.mentors}
    wanted = {one.id: free.get(one.id, 0) + held[one.id] for one in live.problem.mentors}
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


def _rejected(round_: Round, live: Live, arriving: Iterable[Decision]) -> list[Decision]:
    """Who comes back still is not proposed where the pair was left out in this round."""
    rows = Proposal.objects.filter(
        round=round_,
        participant__in=[one.participant_id for one in arriving],
        state__in=[ProposalState.REJECTED.value, ProposalState.EXPIRED.value],
    )
    return [
        Decision(act=Act.REJECT.value, participant=row.participant, mentor=row.mentor)
        for row in rows.select_related("participant", "mentor").order_by("id")
        if live.has_mentor(str(row.mentor.person_id))
    ]


def _as_of_now(
    person: Participant, problem: Problem, live: Live, marked: Sequence[Mentor]
) -> Participant:
    """Somebody who comes, with the mentors by name whom they cannot have.

    marked  mentors whose marks are others than when the round was solved: with who has gained what
            the person requires, the marks of then say nothing, and all who lack it are named
    """
    named = {mentor for participant, mentor in problem.exclusions if participant == person.id}
    lacking = {one.id for one in marked if not person.requires <= one.marks}
    gained = any(
        person.requires <= one.marks and not person.requires <= live.mentor(one.id).marks
        for one in marked
    )
    if gained:
        lacking = {one.id for one in problem.mentors if not person.requires <= one.marks}
        person = replace(person, requires=frozenset())
    return replace(person, excluded=person.excluded | named | lacking)
