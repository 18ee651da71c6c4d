"""One decision about a pair, carried out: the round as it stands follows, and the board with it."""

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.matching.commands.board import describe, follow
from kith.matching.commands.rounds import RoundIsBusy, require_open
from kith.matching.models import Decision, Proposal, Round, Run
from kith.matching.queries.matcher import require_matcher_of
from kith.matching.queries.standing import apply, current_run, latest_run, remember, standing
from kith.matching.rules.snapshot import packed_participant
from kith.matching.rules.states import BUSY, UNDECIDED, Act, ProposalState
from kith.methods.matching.alternatives import Move
from kith.methods.matching.live import Live
from kith.methods.matching.problem import BadProblem
from kith.programmes.models import Enrolment

KEPT = frozenset({ProposalState.LOCKED.value, ProposalState.OFFERED.value})
"""States in which a person has settled whom this participant is brought together with."""


class CannotBeKept(Refused):
    """The engine keeps no pair that breaks a rule or needs a place that is not there."""

    sentence = _("This pair cannot be kept: a rule speaks against it, or no place is free.")


def require_ready(round_: Round) -> Run:
    """The run on whose pairs may be decided now. Raises RoundIsClosed, RoundIsBusy."""
    require_open(round_)
    latest = latest_run(round_)
    if latest is None or latest.state in BUSY:
        raise RoundIsBusy()
    run = current_run(round_)
    if run is None:
        raise RoundIsBusy()
    return run


def row_for(round_: Round, participant: Enrolment) -> Proposal | None:
    """The pair of a participant that waits for a word, if there is one."""
    states = [state.value for state in UNDECIDED]
    rows = Proposal.objects.filter(round=round_, participant=participant, state__in=states)
    found: Proposal | None = rows.select_related("participant", "mentor__person").first()
    return found


def decide(actor: Actor, proposal: Proposal, *acts: Act) -> None:
    """Write decisions about one pair down, in order, and let the others follow.

    Raises CannotBeKept, NothingStands.
    """
    require_matcher_of(actor, proposal.round)
    run = require_ready(proposal.round)
    # Two people may decide at once: the second waits here and goes on from what the first left.
    run = Run.objects.select_for_update().defer("problem", "standing").get(pk=run.pk)
    with standing(run) as live:
        kept = proposal.state in KEPT
        if kept:
            _describe_kept(proposal, live)
        concerned = {str(proposal.participant_id)}
        for act in acts:
            moves = _carried_out(actor, run, proposal, act, live)
            concerned |= {one.participant for one in moves}
        besides = proposal.participant_id if kept else None
        follow(proposal.round, live, concerned, besides=besides)


def take_in(actor: Actor, run: Run, decision: Decision, live: Live) -> tuple[Move, ...]:
    """Apply one decision to what stands and write it down with whom it moved."""
    decision.round_id, decision.run, decision.by = run.round_id, run, actor.membership
    run.acts += 1
    decision.number = run.acts
    try:
        moves = apply(live, decision).moves
    except BadProblem as fault:
        raise CannotBeKept() from fault
    decision.moves = [[one.participant, one.from_mentor, one.to_mentor] for one in moves]
    decision.save()
    Run.objects.filter(pk=run.pk).update(acts=run.acts)
    remember(run, decision)
    return moves


def _describe_kept(proposal: Proposal, live: Live) -> None:
    """What speaks for a pair is read before anybody is taken out of what the engine looks at."""
    try:
        describe(proposal, live, str(proposal.mentor.person_id))
    except BadProblem as fault:
        raise CannotBeKept() from fault
    proposal.save()


def _carried_out(
    actor: Actor, run: Run, proposal: Proposal, act: Act, live: Live
) -> tuple[Move, ...]:
    decision = Decision(participant=proposal.participant, mentor=proposal.mentor, act=act.value)
    key, mentor = str(proposal.participant_id), str(proposal.mentor.person_id)
    if act is Act.LEAVE:
        decision.record = packed_participant(live.participant(key))
    elif act is Act.ARRIVE:
        decision.record = _record(proposal)
    elif act in {Act.ONE_LESS, Act.ONE_MORE}:
        decision.places = live.mentor(mentor).capacity + (1 if act is Act.ONE_MORE else -1)
    return take_in(actor, run, decision, live)


def _record(proposal: Proposal) -> dict[str, object]:
    """What was known of a participant when they were taken out, in this run or an earlier one."""
    rows = Decision.objects.filter(
        round=proposal.round_id, act=Act.LEAVE.value, participant=proposal.participant_id
    )
    last = rows.order_by("-run__number", "-number").first()
    if last is None or last.record is None:
        raise CannotBeKept()
    return dict(last.record)
