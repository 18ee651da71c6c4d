"""Sending and reading messages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.attachments import keep_attachment
from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.queries.members import own_rows, people_now
from kith.mentoring.rules.states import MatchState
from kith.messaging.models import Message, Seat
from kith.messaging.permissions import READ_MESSAGES, WRITE_MESSAGES
from kith.messaging.rules.limits import LONGEST_TEXT
from kith.reminders.commands import remind, settle
from kith.reminders.rules.kinds import Due

WAITS = "messaging.waits"
STORE = "mentoring"


class MessageEmpty(Refused):
    """There is nothing to send."""

    sentence = _("Write something first.")


class MessageTooLong(Refused):
    """The text is longer than one message takes."""

    sentence = _("This message is too long. Send it in two parts.")


class ThreadClosed(Refused):
    """The match has ended: its messages can be read, not added to."""

    sentence = _("This match has ended. Its messages can still be read for a while.")


@command(WRITE_MESSAGES, on="match")
def send_message(actor: Actor, *, match: Match, text: str, now: datetime) -> Message:
    """Send a message to everybody of a match.

    Raises MessageEmpty, MessageTooLong, ThreadClosed.
    """
    written = text.strip()
    if not written:
        raise MessageEmpty()
    if len(written) > LONGEST_TEXT:
        raise MessageTooLong()
    me = own_member(actor, match)
    message = Message(match=match, sender=me.person, text=written, sent_at=now)
    message.save()
    tell_others(match, me, now=now)
    return message


@command(WRITE_MESSAGES, on="match")
def send_file(
    actor: Actor, *, match: Match, content: bytes, kind: str, name: str, now: datetime
) -> Message:
    """Send a picture or a paper; a picture without what stands beside it.

    Raises FileTooLarge, FileKindRefused, PictureBroken, ThreadClosed.
    """
    me = own_member(actor, match)
    file = keep_attachment(content=content, kind=kind, name=name, subject_id=match.pk, store=STORE)
    message = Message(match=match, sender=me.person, sent_at=now, file=file)
    message.save()
    tell_others(match, me, now=now)
    return message


@command(READ_MESSAGES, on="match")
def look(actor: Actor, *, match: Match, now: datetime) -> None:
    """Someone has the newest messages before them: nothing waits for them any more."""
    me = own_member(actor, match)
    Seat.objects.filter(match=match, person=me.person_id).update(unread=0)
    settle(WAITS, match.pk, now=now, user_id=actor.user_id)


def own_member(actor: Actor, match: Match) -> MatchMember:
    """How the actor belongs to a match. Raises Denied."""
    found = own_rows(actor, [match]).get(match.pk)
    if found is None:
        raise Denied
    return found


def open_match(match: Match) -> Match:
    """A match in which one can still write, as it stands now. Raises ThreadClosed."""
    state = Match.objects.values_list("state", flat=True).get(pk=match.pk)
    if state == MatchState.CLOSED.value:
        raise ThreadClosed()
    return match


def tell_others(match: Match, me: MatchMember, *, now: datetime) -> None:
    """Count a new message for everybody else, and remind them. Only inside a command.

    Raises ThreadClosed.
    """
    open_match(match)
    people = people_now(match)
    seats = _seats(match, [row.person_id for row in people])
    others = [row for row in people if row.person_id != me.person_id]
    Seat.objects.filter(pk__in=seats).update(last_at=now)
    waiting = Seat.objects.filter(match=match, person__in=[row.person_id for row in others])
    waiting.update(unread=F("unread") + 1)
    remind(WAITS, _dues(match, others, now), now=now)


def _seats(match: Match, persons: Sequence[UUID]) -> list[UUID]:
    """The seats of these people, made where they lack, locked in one order."""
    rows = Seat.objects.filter(match=match, person__in=persons)
    missing = set(persons) - set(rows.values_list("person", flat=True))
    if missing:
        fresh = [Seat(match=match, person_id=key) for key in sorted(missing)]
        Seat.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(rows.order_by("id").select_for_update().values_list("pk", flat=True))


def _dues(match: Match, people: Iterable[MatchMember], now: datetime) -> list[Due]:
    link, day = reverse("messaging:thread", args=[match.pk]), timezone.localdate(now)
    return [
        Due(row.person.user_id, match.pk, day, link, match.programme_id)
        for row in people
        if row.person.user_id is not None
    ]
