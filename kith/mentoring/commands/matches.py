"""The life of a match: begin, close, let go of someone who is erased."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import vault
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands import end_pairing
from kith.matching.models import Proposal
from kith.mentoring.commands.dates import refresh
from kith.mentoring.commands.follow_ups import forget_follow_ups
from kith.mentoring.commands.members import begin_with, leave, turn_to
from kith.mentoring.commands.supervision import look_after
from kith.mentoring.models import HandOver, Match, MatchMember, Signature
from kith.mentoring.permissions import BEGIN_MATCH, CLOSE
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.handovers import AHEAD
from kith.mentoring.rules.members import LeaveReason
from kith.mentoring.rules.states import NEXT, RUNNING, CloseReason, MatchState
from kith.people.rules import Side


class MatchMoved(Refused):
    """The match is no longer where the page showed it."""

    sentence = _("This match has changed meanwhile. Look at it again.")


@command(BEGIN_MATCH, on="proposal")
def begin_match(actor: Actor, *, proposal: Proposal, today: date, now: datetime) -> Match:
    """Make the match of a pair in which both said yes."""
    match = Match(
        programme=proposal.participant.programme,
        participant=proposal.participant.person,
        mentor=proposal.mentor.person,
        proposal=proposal,
        agreed_on=today,
        last_event_at=now,
    )
    match.save()
    begin_with(match, since=today)
    refresh(match, now=now)
    return match


@command(CLOSE, on="match")
def close_match(
    actor: Actor, *, match: Match, reason: str, waits_again: bool, today: date, now: datetime
) -> Match:
    """End a match. `waits_again`: the participant would like another mentor. Raises MatchMoved."""
    move_to(match, MatchState.CLOSED)
    match.closed_on, match.close_reason = today, CloseReason(reason).value
    refresh(match, now=now)
    mentors = MatchMember.objects.filter(match=match, side=Side.MENTOR.value, until__isnull=True)
    look_after(list(mentors.values_list("person_id", flat=True)), on=today)
    end_pairing(
        actor,
        programme=match.programme,
        participants=[row.person for row in people_now(match, Side.PARTICIPANT)],
        mentors=[row.person for row in people_now(match, Side.MENTOR)],
        waits_again=waits_again,
        today=today,
    )
    return match


def let_go_of_person(person_id: UUID, *, today: date) -> None:
    """Someone is erased: a participant's matches lose their texts, a mentor's their signature.

    A match ends with the participant or the only mentor; a group goes on without the one who left.
    Runs inside the act of the room below that erases the person.
    """
    Signature.objects.filter(person=person_id).delete()
    forget_follow_ups(person_id)
    HandOver.objects.filter(person=person_id, state__in=sorted(AHEAD)).delete()
    rows = MatchMember.objects.filter(person=person_id).select_related("match")
    for match in {row.match_id: row.match for row in rows}.values():
        if match.participant_id == person_id:
            vault.forget(match.pk, store="mentoring")
        if match.state in RUNNING and not _goes_on_without(match, person_id, today=today):
            match.state, match.closed_on = MatchState.CLOSED.value, today
            match.close_reason = CloseReason.OTHER.value
            match.attention_on = match.call_on = match.remind_on = None
            match.save()


def _goes_on_without(match: Match, person_id: UUID, *, today: date) -> bool:
    now = MatchMember.objects.filter(match=match, until__isnull=True).order_by("since", "id")
    others = [row for row in now.select_related("person") if row.person_id != person_id]
    successor = next((row for row in others if row.side == Side.MENTOR), None)
    if match.participant_id == person_id or successor is None:
        return False
    for row in now.filter(person=person_id):
        leave(row, until=today, reason=LeaveReason.OTHER)
    if match.mentor_id == person_id:
        turn_to(match, successor.person, side=Side.MENTOR)
    return True


def move_to(match: Match, state: MatchState) -> None:
    """Put a match into another state. Raises MatchMoved."""
    if state not in NEXT[MatchState(match.state)]:
        raise MatchMoved()
    match.state = state.value
