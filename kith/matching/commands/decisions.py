"""What a person decides about a proposed pair: keep, reject, accept, or take another one."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.places import move, places_left, settle_mentor
from kith.matching.commands.rounds import require_open, solve_again
from kith.matching.models import Proposal
from kith.matching.permissions import DECIDE
from kith.matching.queries.pool import MentorPapers
from kith.matching.rules.gates import holds_of_anyone
from kith.matching.rules.reasons import RejectReason
from kith.matching.rules.states import ANSWER_DAYS, NEXT, ProposalState
from kith.people.commands import touch
from kith.programmes.models import Enrolment
from kith.programmes.queries import agreed_to_mentoring
from kith.programmes.rules import rules_of


class AlreadyDecided(Refused):
    """The proposal is no longer where the page showed it."""

    sentence = _("This pair was decided meanwhile. Look at it again.")


class WhyNeeded(Refused):
    """An accepted pair has a human reason."""

    sentence = _("Write one line on why you bring these two together.")


class NoteNeeded(Refused):
    """ "Another reason" says which."""

    sentence = _("Say in the note what the other reason is.")


class NoLongerFree(Refused):
    """Someone of the pair cannot be asked today."""

    sentence = _("One of the two can no longer be asked. Solve the round again.")


@command(DECIDE, on="proposal")
def lock_proposal(actor: Actor, *, proposal: Proposal) -> Proposal:
    """Keep a pair when the round is solved again. Raises AlreadyDecided, RoundIsClosed."""
    return _decided(actor, proposal, ProposalState.LOCKED)


@command(DECIDE, on="proposal")
def unlock_proposal(actor: Actor, *, proposal: Proposal) -> Proposal:
    """Let a kept or rejected pair be proposed freely again. Raises AlreadyDecided."""
    return _decided(actor, proposal, ProposalState.PROPOSED)


@command(DECIDE, on="proposal")
def reject_proposal(actor: Actor, *, proposal: Proposal, reason: str, note: str) -> Proposal:
    """Never propose this pair again (or not in this round). Raises NoteNeeded, AlreadyDecided."""
    if reason == RejectReason.OTHER and not note.strip():
        raise NoteNeeded()
    proposal.reject_reason, proposal.reject_note = RejectReason(reason).value, note.strip()
    return _decided(actor, proposal, ProposalState.REJECTED)


@command(DECIDE, on="proposal")
def accept_proposal(
    actor: Actor, *, proposal: Proposal, why: str, today: date, now: datetime
) -> Proposal:
    """Ask both sides, with names kept back. Raises WhyNeeded, NoLongerFree, AlreadyDecided."""
    if not why.strip():
        raise WhyNeeded()
    _require_both_free(proposal, today=today)
    proposal.why = why.strip()
    proposal.offered_on, proposal.answer_by = today, today + timedelta(days=ANSWER_DAYS)
    proposal.participant_answer = proposal.mentor_answer = ""
    _decided(actor, proposal, ProposalState.OFFERED)
    move(proposal.participant, "proposed")
    settle_mentor(proposal.mentor)
    touch_both(proposal, at=now)
    return proposal


@command(DECIDE, on="proposal")
def take_alternative(
    actor: Actor, *, proposal: Proposal, mentor: Enrolment, today: date, now: datetime
) -> Proposal:
    """Keep the participant with another mentor and solve the rest again.

    Raises AlreadyDecided, NoLongerFree and what solving raises.
    """
    require_open(proposal.round)
    if ProposalState.LOCKED not in NEXT[ProposalState(proposal.state)] | {proposal.state}:
        raise AlreadyDecided()
    if mentor.programme_id != proposal.round.programme_id or mentor.side != "mentor":
        raise NoLongerFree()
    kept, _new = Proposal.objects.get_or_create(
        round=proposal.round, participant=proposal.participant, mentor=mentor
    )
    if proposal.state == ProposalState.LOCKED.value:
        _decided(actor, proposal, ProposalState.PROPOSED)
    _decided(actor, kept, ProposalState.LOCKED)
    solve_again(actor, proposal.round, today=today, now=now)
    return kept


def touch_both(proposal: Proposal, *, at: datetime) -> None:
    """Something happened with both people: they move up in the lists."""
    touch(proposal.participant.person, at=at)
    touch(proposal.mentor.person, at=at)


def _decided(actor: Actor, proposal: Proposal, state: ProposalState) -> Proposal:
    require_open(proposal.round)
    if state not in NEXT[ProposalState(proposal.state)]:
        raise AlreadyDecided()
    proposal.state = state.value
    proposal.decided_by = actor.membership
    proposal.save()
    return proposal


def _require_both_free(proposal: Proposal, *, today: date) -> None:
    """Consent, checks, places and the list itself are looked at once more, now."""
    both = Enrolment.objects.select_for_update().filter(
        pk__in=[proposal.participant_id, proposal.mentor_id]
    )
    fresh = {row.pk: row for row in both}
    participant, mentor = fresh[proposal.participant_id], fresh[proposal.mentor_id]
    papers = MentorPapers.of([mentor.person_id], rules_of(proposal.round.programme), today=today)
    agreed = participant.person_id in agreed_to_mentoring([participant.person_id])
    if participant.state != "waiting" or mentor.state in {"paused", "ended"}:
        raise NoLongerFree()
    if holds_of_anyone(agreed=agreed, adult=participant.person.adult):
        raise NoLongerFree()
    if papers.lacking(mentor.person) or places_left(mentor) < 1:
        raise NoLongerFree()
