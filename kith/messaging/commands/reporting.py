"""Showing one message to the coordinators, and their answer to both sides."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.queries.members import people_now
from kith.messaging.commands.sending import own_member
from kith.messaging.models import Message, Report
from kith.messaging.permissions import SEE_REPORTS, SHOW_MESSAGE
from kith.messaging.rules.limits import LONGEST_NOTE
from kith.reminders.commands import remind, settle
from kith.reminders.rules.kinds import Due

SHOWN = "messaging.shown"
ANSWERED = "messaging.answered"


class AlreadyShown(Refused):
    """One person shows a message once."""

    sentence = _("You have shown this message to the coordinators already.")


class YourOwnMessage(Refused):
    """One's own words can be told to the coordinators directly."""

    sentence = _("This is your own message. Talk with your coordinator about it.")


class AnswerNeeded(Refused):
    """Both sides are told something, in words."""

    sentence = _("Write what both sides should know.")


class AlreadyAnswered(Refused):
    """Somebody else was quicker."""

    sentence = _("Somebody has answered meanwhile. Look at it again.")


@command(SHOW_MESSAGE, on="message")
def show_message(actor: Actor, *, message: Message, note: str, now: datetime) -> Report:
    """Show one message to the coordinators; everybody of the match is told.

    Raises YourOwnMessage, AlreadyShown.
    """
    me = own_member(actor, message.match)
    if message.sender_id == me.person_id:
        raise YourOwnMessage()
    if Report.objects.filter(message=message, reporter=me.person_id).exists():
        raise AlreadyShown()
    report = Report(
        message=message,
        match=message.match,
        reporter=me.person,
        note=note.strip()[:LONGEST_NOTE],
        reported_at=now,
    )
    report.save()
    _tell(SHOWN, report, now=now, but=me.person_id)
    return report


@command(SEE_REPORTS, on="report")
def answer_report(actor: Actor, *, report: Report, answer: str, now: datetime) -> Report:
    """Tell both sides what comes of it. Raises AnswerNeeded, AlreadyAnswered."""
    if not answer.strip():
        raise AnswerNeeded()
    rows = Report.objects.select_for_update(of=("self",)).select_related("match")
    fresh: Report = rows.get(pk=report.pk)
    if fresh.answered_at is not None:
        raise AlreadyAnswered()
    fresh.answer, fresh.answered_at = answer.strip()[:LONGEST_NOTE], now
    fresh.answered_by = actor.membership
    fresh.save()
    settle(SHOWN, fresh.pk, now=now)
    _tell(ANSWERED, fresh, now=now)
    return fresh


def _tell(key: str, report: Report, *, now: datetime, but: object = None) -> None:
    match, day = report.match, timezone.localdate(now)
    link = reverse("messaging:thread", args=[match.pk])
    remind(
        key,
        [
            Due(row.person.user_id, report.pk, day, link, match.programme_id)
            for row in people_now(match)
            if row.person.user_id is not None and row.person_id != but
        ],
        now=now,
    )
