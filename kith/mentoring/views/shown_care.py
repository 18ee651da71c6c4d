"""Talks, reminders and pauses of a match, as its pages print them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import CareReminder, Match, Pause, Talk
from kith.mentoring.queries.record import Record
from kith.mentoring.rules.attention import Reason
from kith.mentoring.rules.members import mentors_side
from kith.mentoring.rules.states import PauseReason, TalkWay
from kith.mentoring.rules.words import PAUSE_WORDS, REMINDED_OF_WORDS, TALK_WORDS
from kith.people.models import Person
from kith.people.queries.records import contact_of
from kith.people.rules import Side
from kith.web.components import Event
from kith.web.words import day_and_month, near


def both(match: Match) -> tuple[tuple[Side, Person], ...]:
    """Each side with its person."""
    return ((Side.PARTICIPANT, match.participant), (Side.MENTOR, match.mentor))


def sides(opened: Record, *, today: date) -> list[dict[str, object]]:
    """When the coordinator last talked with each side, what was agreed, and the next call."""
    match = opened.match
    return [
        {
            "side": side.value,
            "name": called(person),
            "last": _near(getattr(match, f"{side.value}_talk_on"), today),
            "again": _near(getattr(match, f"{side.value}_again_on"), today),
            "note": next((str(one.note) for one in opened.talks if one.side == side), ""),
            "tries": _tries(opened, side),
        }
        for side, person in both(match)
    ]


def phones(opened: Record, actor: Actor, *, today: date) -> list[dict[str, object]]:
    """Both sides with the way to reach them, where the actor works with them."""
    people = [person for _side, person in both(opened.match)]
    return [
        {
            **one,
            "contact": contact_of(actor, person),
            "url": reverse("people:person", args=[person.pk]),
        }
        for one, person in zip(sides(opened, today=today), people, strict=True)
    ]


def _near(day: date | None, today: date) -> str:
    return near(day, today) if day else ""


def _tries(opened: Record, side: Side) -> str:
    """How often nobody was reached since the last talk."""
    of_side = [one.reached for one in opened.talks if one.side == side]
    number = of_side.index(True) if True in of_side else len(of_side)
    said = ngettext("not reached once since", "not reached %(number)d times since", number)
    return said % {"number": number} if number else ""


def pause_words(opened: Record) -> str:
    """Since when a match rests, and until when; empty when it does not."""
    pause = next((one for one in opened.pauses if one.ended_on is None), None)
    if pause is None:
        return ""
    said = _("The match has been resting since %(date)s.") % {"date": day_and_month(pause.from_on)}
    if pause.until_on is None:
        return said
    until = _("Probably until %(date)s.") % {"date": day_and_month(pause.until_on)}
    return f"{said} {until}"


def care_events(opened: Record) -> list[Event]:
    """Talks, reminders and pauses for the history."""
    match = opened.match
    events = [_talk_event(match, row) for row in opened.talks]
    events += [_reminder_event(match, row) for row in opened.reminders]
    for pause in opened.pauses:
        events += _pause_events(pause)
    return events


def _talk_event(match: Match, row: Talk) -> Event:
    said = _("Talk with %(name)s") if row.reached else _("%(name)s was not reached")
    return Event(
        on=row.on,
        what=said % {"name": called(dict(both(match))[Side(row.side)])},
        text=str(TALK_WORDS[TalkWay(row.way)]),
        icon="phone",
    )


def _reminder_event(match: Match, row: CareReminder) -> Event:
    name = mentors_side(match) if row.side == Side.MENTOR else called(match.participant)
    return Event(
        on=row.on,
        what=_("%(name)s was reminded") % {"name": name},
        text=str(REMINDED_OF_WORDS[Reason(row.reason)]),
        icon="letter",
    )


def _pause_events(pause: Pause) -> list[Event]:
    why = str(PAUSE_WORDS[PauseReason(pause.reason)])
    begun = Event(on=pause.from_on, what=_("The match rested"), text=why, icon="moon")
    if pause.ended_on is None:
        return [begun]
    return [Event(on=pause.ended_on, what=_("The match went on"), icon="next"), begun]
