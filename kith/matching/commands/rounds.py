"""Opening, solving and closing a round."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.models import Proposal, Round, Unmatched
from kith.matching.permissions import SOLVE
from kith.matching.queries.pool import Pool, pool
from kith.matching.queries.problem import problem_of
from kith.matching.rules.points import Point, change_of, points_of, steps_of
from kith.matching.rules.snapshot import pack
from kith.matching.rules.states import UNDECIDED, ProposalState, RoundState
from kith.methods.matching.explain import MatchExplanation, UnmatchedExplanation
from kith.methods.matching.problem import DecisionConflict, Problem
from kith.methods.matching.result import Result
from kith.methods.matching.solve import solve
from kith.programmes.models import Programme


class RoundIsOpen(Refused):
    """One round at a time, so that nobody is proposed twice."""

    sentence = _("A round is open in this programme. Decide about its pairs or close it first.")


class RoundIsClosed(Refused):
    """A closed round is a record; nothing in it changes."""

    sentence = _("This round is closed. Start a new one.")


class NobodyToMatch(Refused):
    """A round needs people on both sides."""

    sentence = _("A round needs at least one waiting participant and one free mentor.")


class KeptPairNoLongerFits(Refused):
    """A kept pair breaks a rule that has come up since."""

    sentence = _("A kept pair no longer fits, because something has changed. Let it go first.")


class TooManyKept(Refused):
    """More kept pairs than places."""

    sentence = _("A mentor has more kept pairs than free places. Let one of them go first.")


@command(SOLVE, on="programme")
def open_round(
    actor: Actor, *, programme: Programme, seed: int, today: date, now: datetime
) -> Round:
    """Start a round and propose pairs. Raises RoundIsOpen, NobodyToMatch."""
    if Round.objects.filter(programme=programme, state=RoundState.OPEN.value).exists():
        raise RoundIsOpen()
    round_: Round = Round.objects.create(
        programme=programme, seed=seed, opened_on=today, by=actor.membership
    )
    _solve(actor, round_, today=today, now=now)
    return round_


@command(SOLVE, on="round")
def solve_round(actor: Actor, *, round: Round, today: date, now: datetime) -> Round:  # noqa: A002 - the word of the room
    """Propose pairs again; kept, rejected and accepted pairs stay as people decided.

    Raises RoundIsClosed, NobodyToMatch, KeptPairNoLongerFits, TooManyKept.
    """
    require_open(round)
    _solve(actor, round, today=today, now=now)
    return round


@command(SOLVE, on="round")
def close_round(actor: Actor, *, round: Round) -> Round:  # noqa: A002 - the word of the room
    """End a round: pairs without a decision are let go, offers go on. Raises RoundIsClosed."""
    require_open(round)
    states = [state.value for state in UNDECIDED]
    rows = Proposal.objects.filter(round=round, state__in=states)
    rows.update(state=ProposalState.DROPPED.value)
    round.state = RoundState.CLOSED.value
    round.save()
    return round


def require_open(round_: Round) -> None:
    """Raises RoundIsClosed."""
    if round_.state != RoundState.OPEN.value:
        raise RoundIsClosed()


def solve_again(actor: Actor, round_: Round, *, today: date, now: datetime) -> None:
    """Solve inside another command of this room. Raises as solve_round."""
    _solve(actor, round_, today=today, now=now)


def _solve(actor: Actor, round_: Round, *, today: date, now: datetime) -> None:
    people = pool(actor, round_.programme, today=today)
    if not people.participants or not people.mentors:
        raise NobodyToMatch()
    problem = problem_of(people, round_, today=today)
    _let_go_of_the_absent(round_, problem)
    result = _result(problem, seed=round_.seed)
    _store_pairs(round_, result)
    _store_unmatched(round_, result)
    round_.problem = pack(problem)
    round_.settings = settings_of(result)
    round_.counts = counts_of(people, result)
    round_.solved_at = now
    round_.save()


def _result(problem: Problem, *, seed: int) -> Result:
    try:
        return solve(problem, seed=seed)
    except DecisionConflict as conflict:
        if conflict.reason.startswith("more locks"):
            raise TooManyKept() from conflict
        raise KeptPairNoLongerFits() from conflict


def settings_of(result: Result) -> dict[str, object]:
    """How it was solved, as the record of the round keeps it."""
    settings = result.settings
    return {
        "objective": settings.objective,
        "floor": settings.floor,
        "waiting_per_day": settings.waiting.per_day,
        "waiting_most": settings.waiting.most,
        "weights": vars(result.problem.weights),
        "gates_off": sorted(result.problem.gates.off),
    }


def counts_of(people: Pool, result: Result) -> dict[str, int]:
    """How many took part, and what came out."""
    return {
        "participants": len(people.participants),
        "mentors": len(people.mentors),
        "places": people.places,
        "held_back": len(people.held_back),
        "pairs": len(result.pairs),
        "unmatched": len(result.unmatched),
    }


def _let_go_of_the_absent(round_: Round, problem: Problem) -> None:
    """Kept pairs of people who no longer wait, or who lack something now, end here."""
    kept = Proposal.objects.filter(round=round_, state=ProposalState.LOCKED.value)
    gone = [
        row.pk
        for row in kept
        if str(row.participant_id) not in problem.participant_rows
        or str(row.mentor_id) not in problem.mentor_columns
    ]
    Proposal.objects.filter(pk__in=gone).update(state=ProposalState.DROPPED.value)


def _store_pairs(round_: Round, result: Result) -> None:
    """New pairs are added, pairs that came out again stay the same row, the others go."""
    known = {(str(row.participant_id), str(row.mentor_id)): row for row in _changeable(round_)}
    kept, fresh = set(), []
    for pair in result.pairs:
        row = known.get((pair.participant, pair.mentor))
        if row is None:
            row = Proposal(round=round_, participant_id=pair.participant, mentor_id=pair.mentor)
            row.points = _points(result, pair.participant)
            fresh.append(row)
        else:
            kept.add(row.pk)
            _propose_again(row, _points(result, pair.participant))
    gone = Proposal.objects.filter(round=round_, state=ProposalState.PROPOSED.value)
    gone.exclude(pk__in=kept).delete()
    Proposal.objects.bulk_create(fresh)


def _changeable(round_: Round) -> Iterable[Proposal]:
    states = [*(state.value for state in UNDECIDED), ProposalState.DROPPED.value]
    return Proposal.objects.filter(round=round_, state__in=states)


def _propose_again(row: Proposal, points: list[Point]) -> None:
    row.points = points
    if row.state == ProposalState.DROPPED.value:
        row.state = ProposalState.PROPOSED.value
        row.participant_answer = row.mentor_answer = ""
        row.offered_on = row.answer_by = None
    if row.changed_fields():
        row.save()


def _points(result: Result, participant: str) -> list[Point]:
    explanation = result.explain(participant)
    # A participant with a pair is explained by the match.
    return points_of(cast("MatchExplanation", explanation), result.problem)


def _store_unmatched(round_: Round, result: Result) -> None:
    """Who is left, with the reasons; those of an earlier solving go."""
    Unmatched.objects.filter(round=round_).delete()
    rows = []
    for participant in result.unmatched:
        explanation = cast("UnmatchedExplanation", result.explain(participant))
        rows.append(
            Unmatched(
                round=round_,
                participant_id=participant,
                steps=steps_of(explanation),
                change=change_of(explanation),
            )
        )
    Unmatched.objects.bulk_create(rows)
