"""Meetings of a match as its pages print them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_time
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.interpreters.queries import present_on, said_of
from kith.matching.rules.words import called
from kith.mentoring.forms.meetings import LOCAL
from kith.mentoring.models import Match, Meeting, MeetingPart
from kith.mentoring.permissions import ANSWER_MEETING, NEXT_STEPS, RECORD_MEETING
from kith.mentoring.queries.members import own_rows
from kith.mentoring.queries.parts import parts_of
from kith.mentoring.queries.record import Record
from kith.mentoring.queries.times import FoundTimes
from kith.mentoring.rules.states import USUAL_MINUTES, Coming, MeetingState, lengths_at_a_tap
from kith.mentoring.rules.words import MEETING_WORDS, length_words, topics_words, way_words
from kith.mentoring.views import shown_handovers
from kith.people.rules import Side
from kith.web.words import and_list, isolated, locale, near

COMING_WORDS = {
    Coming.YES: gettext_lazy("You said that you come."),
    Coming.NO: gettext_lazy("You said that you cannot come."),
}


def shown_meetings(
    opened: Record, actor: Actor, *, today: date, now: datetime
) -> dict[str, list[dict[str, Any]]]:
    """What is planned, and what was held, missed or called off."""
    parts = parts_of([*opened.planned, *opened.past])
    days = [row.held_on for row in opened.past if row.held_on and opened.shows(NEXT_STEPS)]
    came = present_on(opened.match.participant_id, days)
    may_answer = _may_answer(opened.match, actor)
    interpreters = said_of([row.pk for row in opened.planned if row.interpreter_wanted])
    return {
        "planned": [
            {
                **planned(row, today=today, now=now),
                **said(row, parts.get(row.pk, []), opened, actor),
                "interpreter": interpreters.get(row.pk, _("with an interpreter, if one is found"))
                if row.interpreter_wanted
                else "",
                "may_answer": may_answer and row.planned_at is not None and row.planned_at > now,
            }
            for row in opened.planned
        ],
        "meetings": [
            past(row, actor, opened, (came, parts.get(row.pk, [])), today=today)
            for row in opened.past
        ],
    }


def _may_answer(match: Match, actor: Actor) -> bool:
    """Everybody but the mentor of a pair, who moves it or calls it off."""
    own = own_rows(actor, [match]).get(match.pk)
    is_asked = own is not None and (match.is_group or own.side == Side.PARTICIPANT)
    return is_asked and allows(actor, ANSWER_MEETING, match)


def planned(row: Meeting, *, today: date, now: datetime) -> dict[str, Any]:
    """A meeting to come, or one of which nobody noted how it went."""
    assert row.planned_at is not None  # noqa: S101 - the database refuses a plan without a time
    usual = row.minutes or USUAL_MINUTES
    return {
        "meeting": row,
        "when": moment(row.planned_at, today),
        "way": way_words(row.way),
        "length": length_words(row.minutes) if row.minutes else "",
        "is_over": row.planned_at <= now,
        "taps": [
            {"minutes": minutes, "words": length_words(minutes)}
            for minutes in lengths_at_a_tap(usual)
        ],
    }


def said(
    row: Meeting, parts: Sequence[MeetingPart], opened: Record, actor: Actor
) -> dict[str, Any]:
    """Where a planned meeting is, and what people said to it."""
    if not opened.shows(NEXT_STEPS):
        return {"place": "", "place_url": "", "no": "", "yes": "", "own": ""}
    place = str(row.place)
    others = [one for one in parts if one.member.person.user_id != actor.user_id]
    own = next((one.answer for one in parts if one not in others and one.answer), "")
    return {
        "place": place,
        "place_url": place if place.startswith("https://") else "",
        "yes": _names(others, Coming.YES),
        "no": _names(others, Coming.NO),
        "own": COMING_WORDS[Coming(own)] if own else "",
        "own_answer": own,
    }


def _names(parts: Sequence[MeetingPart], answer: Coming) -> str:
    return and_list([called(one.member.person) for one in parts if one.answer == answer])


def past(
    row: Meeting,
    actor: Actor,
    opened: Record,
    there: tuple[Mapping[date, str], Sequence[MeetingPart]],
    *,
    today: date,
) -> dict[str, Any]:
    """A meeting that was held, missed or called off; there: who interpreted by day, who came."""
    came, parts = there
    day = row.held_on or timezone.localdate(row.planned_at)
    is_held = row.state == MeetingState.HELD
    own = actor.membership is not None and row.noted_by_id == actor.membership.pk
    facts = [length_words(row.minutes or 0), way_words(row.way)]
    facts += [topics_words(row.topics)] if opened.shows(NEXT_STEPS) else []
    facts.append(shown_handovers.with_whom(opened, day))
    if day in came:
        facts.append(_("with %(name)s interpreting") % {"name": isolated(came[day])})
    elif row.interpreter_came:
        facts.append(_("with an interpreter"))
    missing = [called(one.member.person) for one in parts if one.came is False]
    return {
        "meeting": row,
        "day": near(day, today),
        "state": MEETING_WORDS[MeetingState(row.state)],
        "is_held": is_held,
        "facts": " · ".join(fact for fact in facts if fact) if is_held else "",
        "without": and_list(missing) if missing and is_held and opened.shows(NEXT_STEPS) else "",
        "next_step": str(row.next_step) if opened.shows(NEXT_STEPS) else "",
        "may_correct": own and is_held and allows(actor, RECORD_MEETING, opened.match),
    }


def note_of(row: Meeting, present: Sequence[object] | set[Any] = ()) -> dict[str, Any]:
    """A meeting as the form shows it."""
    first = {
        "held_on": row.held_on,
        "minutes": row.minutes,
        "way": row.way,
        "topics": row.topics,
        "next_step": str(row.next_step),
        "interpreter_came": row.interpreter_came,
    }
    return {**first, "present": [str(key) for key in present]} if present else first


def plan_of(row: Meeting) -> dict[str, Any]:
    """A planned meeting as the form shows it."""
    local = timezone.localtime(row.planned_at)
    return {
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "minutes": row.minutes or USUAL_MINUTES,
        "way": row.way,
        "place": str(row.place),
        "interpreter_wanted": row.interpreter_wanted,
    }


def shown_times(
    match: Match, found: FoundTimes, *, minutes: int, today: date
) -> list[dict[str, str]]:
    """Times that suit, each with the page on which it is planned."""
    page = reverse("mentoring:plan_meeting", args=[match.pk])
    return [
        {
            "when": moment(one.at, today),
            "until": clock_words(one.at + timedelta(minutes=minutes)),
            "who": _of_all(one.number, found.asked),
            "url": f"{page}?at={one.at.strftime(LOCAL)}&minutes={minutes}",
        }
        for one in found.times
    ]


def unsaid(found: FoundTimes, actor: Actor) -> list[dict[str, str]]:
    """Those who have not said when they can; for staff with the page where it is noted."""
    return [
        {
            "name": called(row.person),
            "url": reverse("people:person", args=[row.person_id]) if actor.is_staff else "",
        }
        for row in found.unsaid
    ]


def _of_all(number: int, asked: int) -> str:
    if asked <= len(Side):
        return ""
    return _("%(number)d of %(all)d can come") % {"number": number, "all": asked}


def moment(at: datetime, today: date) -> str:
    """ "tomorrow, at 17:00"."""
    day = near(timezone.localdate(at), today)
    return _("%(day)s, at %(time)s") % {"day": day, "time": clock_words(at)}


def clock_words(at: datetime) -> str:
    """ "17:00"."""
    return format_time(timezone.localtime(at).time(), format="short", locale=locale())
