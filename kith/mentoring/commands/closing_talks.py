"""The closing talk with each side alone; noted while the match runs or after its end."""

from datetime import date, datetime

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import note_event
from kith.mentoring.commands.talks import TalkBeforeYes, TalkInFuture
from kith.mentoring.models import ClosingTalk, Match
from kith.mentoring.permissions import TALK
from kith.mentoring.rules.closing import ClosingNote, closing_texts, given, wished
from kith.people.rules import Side


@command(TALK, on="match")
def note_closing_talk(
    actor: Actor, *, match: Match, side: Side, note: ClosingNote, today: date, now: datetime
) -> ClosingTalk:
    """Note what one side said about the ending; a second time it replaces what was noted.

    Raises TalkInFuture, TalkBeforeYes.
    """
    if note.on > today:
        raise TalkInFuture()
    if note.on < match.agreed_on:
        raise TalkBeforeYes()
    texts = closing_texts()
    talk = ClosingTalk.objects.filter(match=match, side=side.value).first()
    talk = talk or ClosingTalk(match=match, side=side.value)
    talk.on, talk.way, talk.text_version = note.on, note.way.value, texts.version
    talk.answers = given(note.answers, texts.of(side))
    talk.wants, talk.note = wished(note.wants, side), note.note.strip()
    talk.noted_by = actor.membership
    talk.save()
    note_event(match, now=now)
    return talk
