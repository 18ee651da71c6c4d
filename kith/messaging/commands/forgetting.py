"""Letting go of messages: when their time is over, and when somebody is erased.

All of these run inside an act of a room below.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Least

from kith.base import files
from kith.base.models import StoredFile
from kith.mentoring.models import Match
from kith.messaging.models import Message, Report, Seat, WordPair


def forget_messages_of_matches(keys: list[UUID]) -> int:
    """Erase everything that people of these matches wrote to each other."""
    _remove(Message.objects.filter(match__in=keys))
    WordPair.objects.filter(match__in=keys).delete()
    Seat.objects.filter(match__in=keys).delete()
    return len(keys)


def forget_old_messages(keys: list[UUID]) -> int:
    """Erase single messages that have been kept for long."""
    rows = Message.objects.filter(pk__in=keys)
    touched = set(rows.values_list("match", flat=True))
    _remove(rows)
    _count_anew(touched)
    return len(keys)


def let_go_of_person(person_id: UUID) -> None:
    """Someone is erased: what they wrote goes; with a participant all messages of the match."""
    about = list(Match.objects.filter(participant=person_id).values_list("pk", flat=True))
    forget_messages_of_matches(about)
    own = Message.objects.filter(sender=person_id)
    touched = set(own.values_list("match", flat=True))
    _remove(own)
    Report.objects.filter(reporter=person_id).delete()
    Seat.objects.filter(person=person_id).delete()
    _count_anew(touched)


def _remove(rows: "QuerySet[Message]") -> None:
    Report.objects.filter(message__in=rows.values("pk")).delete()
    kept = [row.file_id for row in rows.filter(file__isnull=False)]
    rows.delete()
    for file in StoredFile.objects.filter(pk__in=kept):
        files.remove(file)


def _count_anew(matches: Collection[UUID]) -> None:
    """No more can wait for somebody than there are messages."""
    for key in sorted(matches):
        left = Message.objects.filter(match=key).count()
        Seat.objects.filter(match=key).update(unread=Least("unread", Value(left)))
