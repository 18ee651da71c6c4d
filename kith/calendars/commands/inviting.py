"""Invitations: brought up to date with the meeting, taken one by one, each outcome kept."""

from datetime import datetime, tzinfo
from uuid import UUID

from django.utils import timezone

from kith.base import jobs, scope
from kith.base.mail import Outcome
from kith.calendars.models import Invitation
from kith.calendars.permissions import SEND_INVITATIONS, SEND_JOB
from kith.calendars.queries.inviting import everybody_of, is_to_be_told
from kith.calendars.rules.moments import goes_at
from kith.calendars.rules.states import NEXT_TRY, OPEN, UNSURE_AFTER, InvitationState
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.models import Meeting
from kith.mentoring.rules.states import MeetingState
from kith.reminders.queries.recipients import plans, recipients


def invite(meeting_id: UUID, *, now: datetime) -> None:
    """A meeting was planned, moved or called off: everybody of it is to be told.

    Runs inside the act of mentoring.
    """
    meeting = Meeting.objects.select_related("match").get(pk=meeting_id)
    members = everybody_of(meeting.match_id)
    known = {row.member_id: row for row in Invitation.objects.filter(meeting=meeting)}
    clocks = recipients(members)
    for member in members:
        row = known.get(member.pk) or Invitation(meeting=meeting, member=member)
        _bring_up(row, meeting, clocks[member.pk].rhythm.zone, now=now)
    organisation_id = scope.current().organisation_id
    if members and organisation_id is not None:
        jobs.ask_for(SEND_JOB, organisation_id)


def _bring_up(row: Invitation, meeting: Meeting, zone: tzinfo, *, now: datetime) -> None:
    row.sequence, row.tries = meeting.sequence, 0
    row.state = InvitationState.WAITING.value
    if meeting.state != MeetingState.PLANNED and row.told_sequence is None:
        row.state = InvitationState.NEEDLESS.value
    moments = [moment for moment in (meeting.planned_at, row.told_for) if moment]
    row.send_at = goes_at(
        now,
        {timezone.localdate(moment, zone) for moment in moments},
        is_change=row.told_sequence is not None,
        quiet=plans().of(meeting.match.programme_id).quiet,
        zone=zone,
    )
    row.save()


@command(SEND_INVITATIONS)
def give_up_unsure(actor: Actor, *, now: datetime) -> int:
    """What was being sent when a worker fell over may have gone: it is not sent again."""
    rows = Invitation.objects.filter(
        state=InvitationState.SENDING.value, send_at__lt=now - UNSURE_AFTER
    )
    return rows.update(state=InvitationState.FAILED.value)


@command(SEND_INVITATIONS)
def take_invitation(actor: Actor, *, now: datetime) -> Invitation | None:
    """The next invitation to be sent, which from now on nobody else takes; None at the end."""
    rows = Invitation.objects.filter(state__in=[state.value for state in OPEN], send_at__lte=now)
    free = rows.select_for_update(skip_locked=True, of=("self",)).order_by("send_at", "id")
    row: Invitation | None = free.select_related("member__user", "meeting__match").first()
    if row is None:
        return None
    row.state = InvitationState.SENDING.value
    if not is_to_be_told(row):
        row.state = InvitationState.HELD.value
    row.send_at = now
    row.save()
    return row


@command(SEND_INVITATIONS, on="invitation")
def note_outcome(
    actor: Actor, *, invitation: Invitation, outcome: Outcome, now: datetime
) -> Invitation:
    """Keep what became of an invitation; one that nobody took is tried again later.

    When the meeting changed in between, what waits since then stays as it is.
    """
    row: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if outcome is Outcome.SENT:
        row.told_sequence = invitation.sequence
        row.told_for = invitation.meeting.planned_at
    if row.state == InvitationState.SENDING:
        row.tries += 1
        row.state = _state_after(outcome, row.tries).value
        if row.state == InvitationState.LATER:
            row.send_at = now + NEXT_TRY[row.tries - 1]
    row.save()
    return row


def _state_after(outcome: Outcome, tries: int) -> InvitationState:
    if outcome is Outcome.SENT:
        return InvitationState.SENT
    if outcome is Outcome.LATER and tries <= len(NEXT_TRY):
        return InvitationState.LATER
    return InvitationState.FAILED
