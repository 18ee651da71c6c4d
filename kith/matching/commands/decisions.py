"""What a person decides about a proposed pair: keep, reject, accept, or take another one."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands.deciding import decide, require_ready, row_for
from kith.matching.commands.places import move, places_left, settle_mentor
from kith.matching.models import Proposal, Round, Unmatched
from kith.matching.permissions import ASK_BOTH, DECIDE, SUGGEST
from kith.matching.queries.matcher import require_matcher_of
from kith.matching.queries.pool import MentorPapers
from kith.matching.rules.gates import holds_of_anyone
from kith.matching.rules.reasons import RejectReason
from kith.matching.rules.states import ANSWER_DAYS, NEXT, Act, ProposalState
from kith.methods.matching.problem import SWITCHABLE
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


class RuleStands(Refused):
    """Some rules protect somebody; nobody may set them aside."""

    sentence = _("A rule that protects somebody speaks against this pair. It cannot be set aside.")


class NothingInTheWay(Refused):
    """Setting a rule aside needs a rule that stands in the way."""

    sentence = _("No rule speaks against this pair. Keep it as it is.")


@command(DECIDE, on="proposal")
def lock_proposal(actor: Actor, *, proposal: Proposal) -> Proposal:
    """Keep a pair when the round is solved again. Raises AlreadyDecided, RoundIsClosed."""
    _to(actor, proposal, ProposalState.LOCKED)
    decide(actor, proposal, Act.LOCK)
    return proposal


@command(DECIDE, on="proposal")
def unlock_proposal(actor: Actor, *, proposal: Proposal) -> Proposal:
    """Take back that a pair is kept or rejected; the best for all is proposed again.

    Raises AlreadyDecided.
    """
    was = ProposalState(proposal.state)
    if was not in {ProposalState.LOCKED, ProposalState.REJECTED}:
        raise AlreadyDecided()
    state = ProposalState.PROPOSED if was is ProposalState.LOCKED else ProposalState.DROPPED
    proposal.reject_reason = proposal.reject_note = proposal.why = ""
    proposal.suggested_by = proposal.suggested_on = None
    if proposal.despite:
        proposal.despite, proposal.despite_why, state = [], "", ProposalState.DROPPED
        _to(actor, proposal, state, freely=True)
        decide(actor, proposal, Act.ONE_MORE, Act.ARRIVE)
        _reject_again(actor, proposal)
        return proposal
    _to(actor, proposal, state, freely=True)
    decide(actor, proposal, Act.UNLOCK if was is ProposalState.LOCKED else Act.ALLOW)
    return proposal


@command(DECIDE, on="proposal")
def reject_proposal(actor: Actor, *, proposal: Proposal, reason: str, note: str) -> Proposal:
    """Never propose this pair again (or not in this round); the next best comes at once.

    Raises NoteNeeded, AlreadyDecided.
    """
    if reason == RejectReason.OTHER and not note.strip():
        raise NoteNeeded()
    was_kept = proposal.state == ProposalState.LOCKED.value
    proposal.reject_reason, proposal.reject_note = RejectReason(reason).value, note.strip()
    _to(actor, proposal, ProposalState.REJECTED)
    decide(actor, proposal, *([Act.UNLOCK] if was_kept else []), Act.REJECT)
    return proposal


@command(SUGGEST, on="proposal")
def suggest_proposal(actor: Actor, *, proposal: Proposal, why: str, today: date) -> Proposal:
    """A volunteer matcher suggests a pair in one line; it is kept until staff ask both.

    Raises WhyNeeded, AlreadyDecided, RoundIsClosed, Denied.
    """
    require_matcher_of(actor, proposal.round)
    if not why.strip():
        raise WhyNeeded()
    was_kept = proposal.state == ProposalState.LOCKED.value
    proposal.why = why.strip()
    proposal.suggested_by, proposal.suggested_on = actor.membership, today
    if was_kept:
        require_ready(proposal.round)
        proposal.save()
    else:
        _to(actor, proposal, ProposalState.LOCKED)
        decide(actor, proposal, Act.LOCK)
    return proposal


@command(ASK_BOTH, on="proposal")
def accept_proposal(
    actor: Actor, *, proposal: Proposal, why: str, today: date, now: datetime
) -> Proposal:
    """Ask both sides, with names kept back. Raises WhyNeeded, NoLongerFree, AlreadyDecided."""
    if not why.strip():
        raise WhyNeeded()
    _require_both_free(proposal, today=today)
    was_kept = proposal.state == ProposalState.LOCKED.value
    proposal.why = why.strip()
    proposal.offered_on, proposal.answer_by = today, today + timedelta(days=ANSWER_DAYS)
    proposal.participant_answer = proposal.mentor_answer = ""
    proposal.reminded_on = None
    _to(actor, proposal, ProposalState.OFFERED)
    if not was_kept:
        decide(actor, proposal, Act.LOCK)
    move(proposal.participant, "proposed")
    settle_mentor(proposal.mentor)
    touch_both(proposal, at=now)
    return proposal


@command(DECIDE, on="round")
def keep_pair(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    participant: Enrolment,
    mentor: Enrolment,
) -> Proposal:
    """Keep a participant with a mentor of one's own choice; the others follow.

    Raises AlreadyDecided, NoLongerFree and what the engine refuses.
    """
    require_ready(round)
    before = row_for(round, participant)
    if before is not None and before.mentor_id == mentor.pk:
        if before.state == ProposalState.PROPOSED.value:
            return lock_proposal(actor, proposal=before)
        raise AlreadyDecided()
    _require_same_programme(participant, mentor)
    if before is not None and before.state == ProposalState.LOCKED.value:
        unlock_proposal(actor, proposal=before)
    kept = _own_row(round, participant, mentor)
    if kept.state == ProposalState.REJECTED.value:
        unlock_proposal(actor, proposal=kept)
        kept.refresh_from_db()
    _to(actor, kept, ProposalState.LOCKED, freely=True)
    decide(actor, kept, Act.LOCK)
    return kept


@command(DECIDE, on="round")
def keep_despite(
    actor: Actor,
    *,
    round: Round,  # noqa: A002 - the word of the room
    participant: Enrolment,
    mentor: Enrolment,
    failed: list[str],
    why: str,
) -> Proposal:
    """Keep a pair although a soft rule speaks against it, with the reason.

    failed  the gates that the pair does not pass
    raises  WhyNeeded, RuleStands, NothingInTheWay, NoLongerFree, AlreadyDecided
    """
    if not why.strip():
        raise WhyNeeded()
    if not failed:
        raise NothingInTheWay()
    if not set(failed) <= {gate.value for gate in SWITCHABLE}:
        raise RuleStands()
    require_ready(round)
    _require_same_programme(participant, mentor)
    if places_left(mentor) < 1:
        raise NoLongerFree()
    before = row_for(round, participant)
    if before is not None and before.state == ProposalState.LOCKED.value:
        unlock_proposal(actor, proposal=before)
    kept = _own_row(round, participant, mentor)
    kept.despite, kept.despite_why = sorted(failed), why.strip()
    _to(actor, kept, ProposalState.LOCKED, freely=True)
    decide(actor, kept, Act.LEAVE, Act.ONE_LESS)
    return kept


def touch_both(proposal: Proposal, *, at: datetime) -> None:
    """Something happened with both people: they move up in the lists."""
    touch(proposal.participant.person, at=at)
    touch(proposal.mentor.person, at=at)


def _own_row(round_: Round, participant: Enrolment, mentor: Enrolment) -> Proposal:
    """The row of a pair that a person chose, saved or new; that of the proposal before goes."""
    Proposal.objects.filter(
        round=round_, participant=participant, state=ProposalState.PROPOSED.value
    ).delete()
    Unmatched.objects.filter(round=round_, participant=participant).delete()
    known = Proposal.objects.filter(round=round_, participant=participant, mentor=mentor)
    found: Proposal | None = known.select_related("participant", "mentor__person").first()
    if found is not None and found.state in {
        ProposalState.OFFERED.value,
        ProposalState.AGREED.value,
        ProposalState.DECLINED.value,
    }:
        raise AlreadyDecided()
    return found or Proposal(round=round_, participant=participant, mentor=mentor)


def _reject_again(actor: Actor, proposal: Proposal) -> None:
    """Who comes back as a newcomer still is not proposed where a person left the pair out."""
    rows = Proposal.objects.filter(
        round=proposal.round_id,
        participant=proposal.participant_id,
        state__in=[ProposalState.REJECTED.value, ProposalState.EXPIRED.value],
    )
    for row in rows.select_related("round", "participant", "mentor__person"):
        decide(actor, row, Act.REJECT)


def _to(
    actor: Actor, proposal: Proposal, state: ProposalState, *, freely: bool = False
) -> Proposal:
    require_ready(proposal.round)
    if not freely and state not in NEXT[ProposalState(proposal.state)]:
        raise AlreadyDecided()
    proposal.state = state.value
    proposal.decided_by = actor.membership
    proposal.save()
    return proposal


def _require_same_programme(participant: Enrolment, mentor: Enrolment) -> None:
    sides = participant.side, mentor.side
    if participant.programme_id != mentor.programme_id or sides != ("participant", "mentor"):
        raise NoLongerFree()
    if participant.state != "waiting":
        raise NoLongerFree()


def _require_both_free(proposal: Proposal, *, today: date) -> None:
    """Consent, checks, places and the list itself are looked at once more, now."""
    both = Enrolment.objects.select_for_update().filter(
        pk__in=[proposal.participant_id, proposal.mentor_id]
    )
    fresh: dict[UUID, Enrolment] = {row.pk: row for row in both}
    participant, mentor = fresh[proposal.participant_id], fresh[proposal.mentor_id]
    rules = rules_of(proposal.participant.programme)
    papers = MentorPapers.of([mentor.person_id], rules, today=today)
    agreed = participant.person_id in agreed_to_mentoring([participant.person_id])
    if participant.state != "waiting" or mentor.state in {"paused", "ended"}:
        raise NoLongerFree()
    if holds_of_anyone(agreed=agreed, adult=participant.person.adult):
        raise NoLongerFree()
    if papers.lacking(mentor.person) or places_left(mentor) < 1:
        raise NoLongerFree()
