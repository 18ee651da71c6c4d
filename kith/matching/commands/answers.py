"""The answers of both sides, given here or by phone. Nobody has to say why."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.decisions import touch_both
from kith.matching.commands.places import move, settle_mentor
from kith.matching.events import PairAgreed
from kith.matching.models import Proposal
from kith.matching.permissions import ANSWER, DECIDE
from kith.matching.queries.offers import side_of
from kith.matching.rules.states import Answer, ProposalState, Side, outcome


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
    return _take(actor, proposal, Side(side), answer=answer, today=today, now=now)


@command(DECIDE, on="proposal")
def withdraw_offer(actor: Actor, *, proposal: Proposal, now: datetime) -> Proposal:
    """Take the question back from both sides; the participant waits on. Raises OfferIsOver."""
    _require_offered(proposal)
    proposal.decided_by = actor.membership
    _end(proposal, ProposalState.DROPPED, now=now)
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
        _agree(actor, proposal, now=now)
    elif state is ProposalState.DECLINED:
        _end(proposal, state, now=now)
    else:
        proposal.save()
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",))
    found: Proposal = rows.select_related("participant__person", "mentor__person").get(
        pk=proposal.pk
    )
    return found


def _require_offered(proposal: Proposal) -> None:
    if proposal.state != ProposalState.OFFERED.value:
        raise OfferIsOver()


def _agree(actor: Actor, proposal: Proposal, *, now: datetime) -> None:
    proposal.state = ProposalState.AGREED.value
    proposal.save()
    announce(PairAgreed(actor=actor, proposal_id=proposal.pk, at=now))
    move(proposal.participant, "matched")
    settle_mentor(proposal.mentor)
    touch_both(proposal, at=now)


def _end(proposal: Proposal, state: ProposalState, *, now: datetime) -> None:
    proposal.state = state.value
    proposal.save()
    move(proposal.participant, "waiting")
    settle_mentor(proposal.mentor)
    touch_both(proposal, at=now)
