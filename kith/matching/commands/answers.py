"""The answers of both sides, given here or by phone. Nobody has to say why."""

from contextlib import suppress
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.base.jobs import ask_for
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.deciding import CannotBeKept, decide
from kith.matching.commands.decisions import touch_both
from kith.matching.commands.places import move, settle_mentor
from kith.matching.commands.rounds import RoundIsBusy
from kith.matching.events import PairAgreed
from kith.matching.models import Proposal
from kith.matching.permissions import ANSWER, DECIDE
from kith.matching.queries.matcher import require_matcher_of
from kith.matching.queries.offers import side_of
from kith.matching.queries.standing import NothingStands
from kith.matching.rules.states import Act, Answer, ProposalState, RoundState, Side, outcome
from kith.programmes.commands import note_wait


class OfferIsOver(Refused):
    """Someone answered, or the offer was taken back."""

    sentence = _("This question is no longer open. Your coordinator knows more.")


class NotAskedAboutThis(Refused):
    """An empty answer is none."""

    sentence = _("Choose one of the answers.")


@command(ANSWER, on="proposal")
def answer_offer(
    actor: Actor, *, proposal: Proposal, answer: str, today: date, now: datetime
) -> Proposal:
    """Say yes, no or "I have a question" about a proposal to oneself. Raises OfferIsOver."""
    side = side_of(actor, proposal)
    return _take(actor, proposal, side, answer=answer, today=today, now=now)


@command(DECIDE, on="proposal")
def record_answer(
    actor: Actor, *, proposal: Proposal, side: str, answer: str, today: date, now: datetime
) -> Proposal:
    """Note the answer that one side gave by phone or in a talk. Raises OfferIsOver."""
    require_matcher_of(actor, proposal.round)
    return _take(actor, proposal, Side(side), answer=answer, today=today, now=now)


@command(DECIDE, on="proposal")
def remind_of_offer(actor: Actor, *, proposal: Proposal, today: date) -> Proposal:
    """Note that both were reminded; whoever has not answered sees it on their first page."""
    proposal.reminded_on = today
    proposal.save()
    return proposal


@command(DECIDE, on="proposal")
def expire_offer(actor: Actor, *, proposal: Proposal, now: datetime) -> Proposal:
    """The days to answer are over: the participant waits on and is proposed to someone else.

    A question that somebody asked keeps the offer open. Raises OfferIsOver.
    """
    proposal = _locked(proposal)
    _require_offered(proposal)
    if Answer.ASK.value in {proposal.participant_answer, proposal.mentor_answer}:
        raise OfferIsOver()
    _end(actor, proposal, ProposalState.EXPIRED, now=now)
    return proposal


@command(DECIDE, on="proposal")
def extend_offer(actor: Actor, *, proposal: Proposal, until: date) -> Proposal:
    """Give both more days, after a talk. Raises OfferIsOver."""
    require_matcher_of(actor, proposal.round)
    _require_offered(proposal)
    proposal.answer_by, proposal.reminded_on = until, None
    for side in Side:
        if getattr(proposal, f"{side.value}_answer") == Answer.ASK.value:
            setattr(proposal, f"{side.value}_answer", Answer.NONE.value)
    proposal.save()
    return proposal


@command(DECIDE, on="proposal")
def withdraw_offer(actor: Actor, *, proposal: Proposal, now: datetime) -> Proposal:
    """Take the question back from both sides; the participant waits on. Raises OfferIsOver."""
    require_matcher_of(actor, proposal.round)
    _require_offered(proposal)
    proposal.decided_by = actor.membership
    _end(actor, proposal, ProposalState.DROPPED, now=now)
    return proposal


def _take(
    actor: Actor, proposal: Proposal, side: Side, *, answer: str, today: date, now: datetime
) -> Proposal:
    if answer not in set(Answer) - {Answer.NONE}:
        raise NotAskedAboutThis()
    # Two answers may arrive at once: the second waits here and sees the first.
    proposal = _locked(proposal)
    _require_offered(proposal)
    setattr(proposal, f"{side.value}_answer", answer)
    state = outcome(
        participant=Answer(proposal.participant_answer), mentor=Answer(proposal.mentor_answer)
    )
    if state is ProposalState.AGREED:
        proposal.agreed_on = today
        _agree(actor, proposal, today=today, now=now)
    elif state is ProposalState.DECLINED:
        _end(actor, proposal, state, now=now)
    else:
        proposal.save()
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",))
    found: Proposal = rows.select_related("round", "participant__person", "mentor__person").get(
        pk=proposal.pk
    )
    return found


def _require_offered(proposal: Proposal) -> None:
    if proposal.state != ProposalState.OFFERED.value:
        raise OfferIsOver()


def _agree(actor: Actor, proposal: Proposal, *, today: date, now: datetime) -> None:
    proposal.state = ProposalState.AGREED.value
    proposal.save()
    announce(PairAgreed(actor=actor, proposal_id=proposal.pk, at=now))
    note_wait(proposal.participant, today=today)
    move(proposal.participant, "matched")
    settle_mentor(proposal.mentor)
    touch_both(proposal, at=now)


def _end(actor: Actor, proposal: Proposal, state: ProposalState, *, now: datetime) -> None:
    proposal.state = state.value
    proposal.save()
    move(proposal.participant, "waiting")
    settle_mentor(proposal.mentor)
    touch_both(proposal, at=now)
    if proposal.round.state == RoundState.OPEN.value:
        _propose_the_next(actor, proposal, state)


def _propose_the_next(actor: Actor, proposal: Proposal, state: ProposalState) -> None:
    """In an open round the next best pair comes to the board by itself.

    Where the record of the round is gone, or it is being solved, the next solving brings it.
    """
    apart = state in {ProposalState.DECLINED, ProposalState.EXPIRED}
    try:
        with suppress(NothingStands, RoundIsBusy):
            decide(actor, proposal, Act.UNLOCK, *([Act.REJECT] if apart else []))
    except CannotBeKept:
        # The round was solved anew while they were asked: they come back to it as newcomers.
        ask_for("matching.newcomer", proposal.organisation_id, round_id=proposal.round_id)
