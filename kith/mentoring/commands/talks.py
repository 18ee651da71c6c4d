"""Talks of the coordinator with each side of a match."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import refresh
from kith.mentoring.models import Match, RelationshipCheck, Talk
from kith.mentoring.permissions import TALK
from kith.mentoring.rules.notes import TalkNote
from kith.mentoring.rules.states import FARTHEST_CALL_DAYS, RUNNING
from kith.people.rules import Side
from kith.programmes.rules import rules_of


class TalkInFuture(Refused):
    """A talk is noted after it."""

    sentence = _("The day lies ahead. Note the talk after it.")


class TalkBeforeYes(Refused):
    """Before both said yes there was no match to talk about."""

    sentence = _("That day is before both said yes to this match.")


class CallAgainOutOfRange(Refused):
    """The next call lies ahead, at most three months."""

    sentence = _("Choose a day for the next call from tomorrow on, at most 90 days ahead.")


class MatchIsOver(Refused):
    """A closed match has its closing talks."""

    sentence = _("This match is closed.")


@command(TALK, on="match")
def note_talk(actor: Actor, *, match: Match, note: TalkNote, today: date, now: datetime) -> Talk:
    """Note a talk with one side, or that nobody was reached; only a talk counts for the rhythm.

    Whom nobody reached is called again, on the day agreed or some days later.
    Raises TalkInFuture, TalkBeforeYes, MatchIsOver, CallAgainOutOfRange.
    """
    _require_possible(match, note, today)
    again_on = note.again_on if note.reached else note.again_on or _usual_day(match, today)
    talk: Talk = Talk.objects.create(
        match=match,
        side=note.side.value,
        on=note.on,
        way=note.way.value,
        reached=note.reached,
        note=note.note.strip(),
        again_on=again_on,
        noted_by=actor.membership,
    )
    later = Talk.objects.filter(match=match, side=note.side.value, on__gt=note.on)
    if not later.exists():
        setattr(match, f"{note.side.value}_again_on", again_on)
    if note.reached:
        _move_on(match, note.side, note.on)
        asked = RelationshipCheck.objects.filter(match=match, side=note.side.value)
        asked.filter(offers_talk=True).update(offers_talk=False)
    refresh(match, now=now)
    return talk


def _require_possible(match: Match, note: TalkNote, today: date) -> None:
    if match.state not in RUNNING:
        raise MatchIsOver()
    if note.on > today:
        raise TalkInFuture()
    if note.on < match.agreed_on:
        raise TalkBeforeYes()
    if note.again_on and not 0 < (note.again_on - today).days <= FARTHEST_CALL_DAYS:
        raise CallAgainOutOfRange()


def _usual_day(match: Match, today: date) -> date:
    return today + timedelta(days=rules_of(match.programme).care.call_again_days)


def _move_on(match: Match, side: Side, on: date) -> None:
    name = f"{side.value}_talk_on"
    before = getattr(match, name)
    setattr(match, name, max(on, before) if before else on)
