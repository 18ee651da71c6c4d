"""Talks of the coordinator with each side of a match."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import refresh
from kith.mentoring.models import Match, RelationshipCheck, Talk
from kith.mentoring.permissions import TALK
from kith.mentoring.rules.notes import TalkNote
from kith.mentoring.rules.states import RUNNING
from kith.people.rules import Side


class TalkInFuture(Refused):
    """A talk is noted after it."""

    sentence = _("The day lies ahead. Note the talk after it.")


class TalkBeforeYes(Refused):
    """Before both said yes there was no match to talk about."""

    sentence = _("That day is before both said yes to this match.")


class MatchIsOver(Refused):
    """A closed match has its closing talks."""

    sentence = _("This match is closed.")


@command(TALK, on="match")
def note_talk(actor: Actor, *, match: Match, note: TalkNote, today: date, now: datetime) -> Talk:
    """Note a talk with one side, or that nobody was reached; only a talk counts for the rhythm.

    Raises TalkInFuture, TalkBeforeYes, MatchIsOver.
    """
    if match.state not in RUNNING:
        raise MatchIsOver()
    if note.on > today:
        raise TalkInFuture()
    if note.on < match.agreed_on:
        raise TalkBeforeYes()
    talk: Talk = Talk.objects.create(
        match=match,
        side=note.side.value,
        on=note.on,
        way=note.way.value,
        reached=note.reached,
        note=note.note.strip(),
        noted_by=actor.membership,
    )
    if note.reached:
        _move_on(match, note.side, note.on)
        asked = RelationshipCheck.objects.filter(match=match, side=note.side.value)
        asked.filter(offers_talk=True).update(offers_talk=False)
    refresh(match, now=now)
    return talk


def _move_on(match: Match, side: Side, on: date) -> None:
    name = f"{side.value}_talk_on"
    before = getattr(match, name)
    setattr(match, name, max(on, before) if before else on)
