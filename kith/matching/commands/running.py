"""Solving a round: from the waiting lists to proposed pairs, at once or step by step in a job."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.base import jobs
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.board import mentors_of, pair_of, unmatched_of, waiting_by_key
from kith.matching.models import Proposal, Run, Unmatched, programmes_of
from kith.matching.permissions import SOLVE
from kith.matching.queries.pool import Pool, pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.standing import NothingStands
from kith.matching.rules.audit import audit_of, digest_of
from kith.matching.rules.shows import put
from kith.matching.rules.snapshot import pack, unpack
from kith.matching.rules.states import SMALL_CELLS, UNDECIDED, ProposalState, RunState
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.live import Live
from kith.methods.matching.problem import DecisionConflict, Problem
from kith.methods.matching.result import Result
from kith.methods.matching.solve import solve_with

Progress = Callable[[str, int, int], None]


class NobodyToMatch(Refused):
    """A round needs people on both sides."""

    sentence = _("A round needs at least one waiting participant and one free mentor.")


class KeptPairNoLongerFits(Refused):
    """A kept pair breaks a rule that has come up since."""

    sentence = _("A kept pair no longer fits, because something has changed. Let it go first.")


class TooManyKept(Refused):
    """More kept pairs than places."""

    sentence = _("A mentor has more kept pairs than free places. Let one of them go first.")


class ProofFailed(Refused):
    """The independent check does not confirm that these are the best pairs: nothing is shown."""

    sentence = _("The check of the proposals failed, so they are not shown. Propose again.")


class NoLongerWanted(Refused):
    """Somebody let go of the run while it was being solved."""

    sentence = _("The proposals were stopped. What stood before stands.")


FAULTS: dict[str, type[Refused]] = {
    one.__name__: one for one in (NobodyToMatch, KeptPairNoLongerFits, TooManyKept, ProofFailed)
}
"""What a run in the background may end with, by the name that its row keeps."""


@command(SOLVE, on="run")
def begin_run(actor: Actor, *, run: Run, today: date) -> Problem:
    """Read the waiting lists and keep them with the run. Raises NobodyToMatch."""
    return begin(actor, run, today=today)


@command(SOLVE, on="run")
def note_step(actor: Actor, *, run: Run, stage: str, done: int, total: int) -> None:
    """How far a run is, for those who look at its page."""
    Run.objects.filter(pk=run.pk).update(stage=stage, done=done, total=total)


@command(SOLVE, on="run")
def store_run(actor: Actor, *, run: Run, result: Result, now: datetime) -> Run:
    """Put the pairs of a solved run on the board. Raises ProofFailed, NoLongerWanted."""
    if not Run.objects.select_for_update().filter(pk=run.pk, state=run.state).exists():
        raise NoLongerWanted()
    return store(actor, run, result, now=now)


@command(SOLVE, on="run")
def fail_run(actor: Actor, *, run: Run, state: RunState, fault: str = "") -> None:
    """A run ends without proposals; what stood before stands."""
    Run.objects.filter(pk=run.pk).update(state=state.value, fault=fault)


@command(SOLVE, on="run")
def repeat_run(actor: Actor, *, run: Run, now: datetime) -> None:
    """Solve a run again from its record, at once or in the background, to compare what comes out.

    Raises NothingStands.
    """
    stored = Run.objects.select_related("round").get(pk=run.pk)
    if stored.problem is None:
        raise NothingStands()
    if stored.counts["participants"] * stored.counts["mentors"] > SMALL_CELLS:
        Run.objects.filter(pk=run.pk).update(repeated="")
        jobs.ask_for("matching.repeat", stored.organisation_id, run_id=run.pk)
        return
    digest = digest_of(solved(unpack(stored.problem), stored))
    Run.objects.filter(pk=run.pk).update(repeated=digest, repeated_at=now)


@command(SOLVE, on="run")
def note_repetition(actor: Actor, *, run: Run, digest: str, now: datetime) -> None:
    """Keep what came out when a run was repeated from its record."""
    Run.objects.filter(pk=run.pk).update(repeated=digest, repeated_at=now)


def begin(actor: Actor, run: Run, *, today: date) -> Problem:
    """As begin_run, inside another command."""
    people = pool(actor, list(programmes_of(run.round)), today=today)
    if not people.participants or not people.mentors:
        raise NobodyToMatch()
    let_go_of_the_absent(run, people)
    problem = problem_of(people, Wishes.read(run.settings), run.round, today=today)
    run.problem, run.state = pack(problem), RunState.SOLVING.value
    run.counts = {
        "participants": len(people.participants),
        "mentors": len(people.mentors),
        "places": people.places,
        "held_back": len(people.held_back),
    }
    run.save()
    return problem


def solved(problem: Problem, run: Run, *, progress: Progress | None = None) -> Result:
    """The best pairs. Raises KeptPairNoLongerFits, TooManyKept."""
    settings = Wishes.read(run.settings).engine_settings(seed=run.seed)
    try:
        return solve_with(problem, settings, progress=progress)
    except DecisionConflict as conflict:
        if conflict.reason.startswith("more locks"):
            raise TooManyKept() from conflict
        raise KeptPairNoLongerFits() from conflict


def store(actor: Actor, run: Run, result: Result, *, now: datetime) -> Run:
    """As store_run, inside another command."""
    if not result.certificate.holds:
        raise ProofFailed()
    live = Live.of(result)
    _store_pairs(run, result, live)
    _store_unmatched(run, result, live)
    proof = result.certificate
    run.proof = {
        "primal": proof.primal,
        "dual": proof.dual,
        "violation": proof.violation,
        "graph": proof.graph,
        "most": result.maximum_matched,
    }
    run.counts = {
        **run.counts,
        "pairs": len(result.pairs),
        "unmatched": len(result.unmatched),
    }
    run.audit, run.digest = audit_of(result), digest_of(result)
    run.standing = b64encode(live.save()).decode()
    run.state, run.stage, run.solved_at = RunState.DONE.value, "", now
    run.save()
    return run


def let_go_of_the_absent(run: Run, people: Pool) -> list[Proposal]:
    """Kept pairs of people who no longer wait, or who lack something now, end here."""
    waiting = {one.enrolment.pk for one in people.participants}
    free = {one.person.pk for one in people.mentors}
    kept = Proposal.objects.filter(round=run.round, state=ProposalState.LOCKED.value)
    gone = [
        row
        for row in kept.select_related("participant", "mentor")
        if row.participant_id not in waiting or row.mentor.person_id not in free
    ]
    Proposal.objects.filter(pk__in=[row.pk for row in gone]).update(**put(ProposalState.DROPPED))
    return gone


def _store_pairs(run: Run, result: Result, live: Live) -> None:
    """New pairs are added, pairs that came out again stay the same row, the others go."""
    round_ = run.round
    known = {(row.participant_id, str(row.mentor.person_id)): row for row in _changeable(run)}
    places = mentors_of(round_)
    people = waiting_by_key(pair.participant for pair in result.pairs)
    kept, fresh = set(), []
    for pair, parts in live.shared_points():
        participant = people[UUID(pair.participant)]
        row = known.get((participant.pk, pair.mentor))
        made = pair_of(round_, live, participant, pair.mentor, places, parts)
        if row is None:
            fresh.append(made)
        else:
            kept.add(row.pk)
            row.propose_again(made)
    gone = Proposal.objects.filter(round=round_, state=ProposalState.PROPOSED.value)
    gone.exclude(pk__in=kept).delete()
    Proposal.objects.bulk_create(fresh, batch_size=1000)


def _changeable(run: Run) -> Iterable[Proposal]:
    states = [
        *(state.value for state in UNDECIDED),
        ProposalState.DROPPED.value,
        ProposalState.EXPIRED.value,
    ]
    rows = Proposal.objects.filter(round=run.round, state__in=states)
    rows = rows.exclude(~Q(despite=[]), state=ProposalState.LOCKED.value)
    return rows.select_related("mentor", "participant")


def _store_unmatched(run: Run, result: Result, live: Live) -> None:
    """Who is left, with the reasons; those of an earlier solving go."""
    Unmatched.objects.filter(round=run.round).delete()
    people = waiting_by_key(result.unmatched)
    rows = unmatched_of(run.round, live, [people[UUID(one)] for one in result.unmatched])
    Unmatched.objects.bulk_create(rows, batch_size=1000)
