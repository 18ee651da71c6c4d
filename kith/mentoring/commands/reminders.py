"""Reminders to those concerned, before staff are asked and before anybody calls."""

from collections.abc import Sequence
from datetime import date, datetime

from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import look_ahead
from kith.mentoring.events import CareReminded
from kith.mentoring.models import CareReminder, Match, MatchMember
from kith.mentoring.permissions import REMIND
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.queries.members import people_of
from kith.mentoring.rules.attention import care_of
from kith.mentoring.rules.rising import Reminder, reminders_due
from kith.programmes.rules import rules_of

AT_ONCE = 500


@command(REMIND)
def remind(actor: Actor, *, today: date, now: datetime) -> int:
    """Note and announce reminders of today for some matches; gives for how many.

    What there is to remind of is worked out from the dates of the match, so that nobody is reminded
    of what was done meanwhile.
    """
    part = _due(today)
    dates, everybody = dates_of(part), people_of(part)
    for match in part:
        care = care_of(rules_of(match.programme), match.unit)
        for one in reminders_due(dates[match.pk], care, today=today):
            _give(match, one, everybody[match.pk], today=today, now=now)
        look_ahead(match, care, today=today)
        match.save()
    return len(part)


def _due(today: date) -> list[Match]:
    rows = Match.objects.filter(remind_on__lte=today)
    rows = rows.select_related("programme", "participant", "mentor")
    return list(rows.order_by("remind_on", "id")[:AT_ONCE])


def _give(
    match: Match, one: Reminder, members: Sequence[MatchMember], *, today: date, now: datetime
) -> None:
    CareReminder.objects.create(
        match=match, reason=one.reason.value, side=one.side.value, since=one.since, on=today
    )
    for member in members:
        if member.side == one.side:
            announce(CareReminded(match.pk, member.person_id, one.reason.value, member.side, now))
