"""Talks some months after the end: opened on their day where somebody agreed, noted, let go."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.consent.queries import in_force
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.talks import TalkInFuture
from kith.mentoring.models import FollowUp
from kith.mentoring.permissions import KEEP_FOLLOW_UPS, NOTE_FOLLOW_UP
from kith.mentoring.queries.follow_ups import late, to_open
from kith.mentoring.rules.closing import (
    FOLLOW_UP,
    FollowUpNote,
    FollowUpState,
    closing_texts,
    given,
    wished,
)
from kith.people.rules import Side

AT_ONCE = 500


class FollowUpNotAgreed(Refused):
    """Without a yes nobody asks later."""

    sentence = _("The person does not wish to be asked. Nothing was noted.")


class FollowUpNoted(Refused):
    """The talk was noted meanwhile."""

    sentence = _("This talk was noted meanwhile.")


@command(KEEP_FOLLOW_UPS)
def open_follow_ups(actor: Actor, *, today: date) -> int:
    """Open the talks whose day has come, and let go of those nobody held in time."""
    late(today).delete()
    found = to_open(today)[:AT_ONCE]
    FollowUp.objects.bulk_create(
        [
            FollowUp(
                match=one.match, person=one.match.participant, months=one.months, due_on=one.due_on
            )
            for one in found
        ]
    )
    return len(found)


@command(NOTE_FOLLOW_UP, on="follow_up")
def note_follow_up(
    actor: Actor, *, follow_up: FollowUp, note: FollowUpNote, today: date
) -> FollowUp:
    """Note a talk after the end, or that nobody was reached or it is not wished.

    Raises FollowUpNotAgreed, FollowUpNoted, TalkInFuture.
    """
    if not in_force(follow_up.person, FOLLOW_UP):
        raise FollowUpNotAgreed()
    if follow_up.state != FollowUpState.OPEN:
        raise FollowUpNoted()
    if note.on > today:
        raise TalkInFuture()
    texts = closing_texts()
    follow_up.state, follow_up.on, follow_up.way = note.state.value, note.on, note.way.value
    follow_up.noted_by = actor.membership
    if note.state is FollowUpState.HELD:
        follow_up.text_version = texts.version
        follow_up.answers = given(note.answers, texts.follow_up)
        follow_up.wants = wished(note.wants, Side.PARTICIPANT)
        follow_up.note = note.note.strip()
    follow_up.save()
    return follow_up


def forget_follow_ups(person_id: UUID) -> None:
    """Somebody said no or took the yes back: nothing of it stays.

    Runs inside the act of the room below that keeps consents, or erases a person.
    """
    FollowUp.objects.filter(person=person_id).delete()


def erase_follow_ups(keys: list[UUID]) -> int:
    """The time of these talks is over. Only inside a command: the retention run calls it."""
    return FollowUp.objects.filter(pk__in=keys).delete()[0]
