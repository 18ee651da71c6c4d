"""A duty that took place is a meeting of the match: one, however many were there that day."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands import record_meeting
from kith.mentoring.models import Match, Meeting
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.rules.states import MeetingState
from kith.rota.commands.shared import DutyMoved
from kith.rota.models import Duty
from kith.rota.permissions import HOLD_DUTY
from kith.rota.queries.sharing import family_of
from kith.rota.rules.states import NEXT, DutyState


class NotYetOver(Refused):
    """Nobody notes what has not begun."""

    sentence = _("This duty is still to come. Note it when it has begun.")


@command(HOLD_DUTY, on="duty")
def hold_duty(actor: Actor, *, duty: Duty, minutes: int, today: date, now: datetime) -> Duty:
    """Note that a duty took place: it becomes a meeting, or joins the one noted for that day.

    Raises NotYetOver, DutyMoved, and what `record_meeting` raises.
    """
    # The match first: two who note the same day at once get one meeting.
    match: Match = Match.objects.select_for_update(of=("self",)).get(pk=duty.match_id)
    row: Duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if row.at > now:
        raise NotYetOver()
    if DutyState.HELD not in NEXT[DutyState(row.state)]:
        raise DutyMoved()
    row.meeting = _met_on(match, row) or _note(actor, match, row, minutes, today, now)
    row.state, row.swap_since = DutyState.HELD.value, None
    row.save()
    return row


def _met_on(match: Match, duty: Duty) -> Meeting | None:
    day = timezone.localdate(duty.at)
    held = Meeting.objects.filter(match=match, state=MeetingState.HELD.value, held_on=day)
    first: Meeting | None = held.order_by("id").first()
    return first


def _note(
    actor: Actor, match: Match, duty: Duty, minutes: int, today: date, now: datetime
) -> Meeting:
    there = [*family_of(match), *([duty.member_id] if duty.member_id else [])]
    note = MeetingNote(
        held_on=timezone.localdate(duty.at), minutes=minutes, present=frozenset(there)
    )
    return record_meeting(actor, match=match, note=note, today=today, now=now)
