"""Rows as the templates print them: names, dates and sentences, nothing to work out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring.models import Match, Meeting
from kith.mentoring.permissions import (
    CLOSE,
    PARTICIPANT,
    RECORD_MEETING,
    SET_GOALS,
    SIGN,
    TALK,
)
from kith.mentoring.queries import agreement as agreements
from kith.mentoring.queries import lists
from kith.mentoring.queries import members as people
from kith.mentoring.queries.care import InCare
from kith.mentoring.queries.record import GoalWithSteps, Record
from kith.mentoring.rules.attention import week_of
from kith.mentoring.rules.members import both_sides, mentors_side
from kith.mentoring.rules.states import (
    RUNNING,
    WATCHED,
    CloseReason,
    GoalState,
    MatchState,
    MeetingState,
)
from kith.mentoring.rules.words import (
    CLOSE_WORDS,
    MEETING_WORDS,
    STATE_WORDS,
    length_words,
)
from kith.mentoring.views import shown_goals, shown_handovers, signing
from kith.mentoring.views.caring import care_line
from kith.mentoring.views.shown_care import care_events, pause_words, sides
from kith.mentoring.views.shown_meetings import moment, shown_meetings
from kith.mentoring.views.shown_members import shown_members
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.web.components import Event, Filter, Tone
from kith.web.words import near

TONES: dict[MatchState, Tone] = {
    MatchState.STARTING: "info",
    MatchState.ACTIVE: "good",
}
SHOW_WORDS = {
    lists.Show.ALL: gettext_lazy("All"),
    lists.Show.NEEDS_CALL: gettext_lazy("Ask for something"),
    lists.Show.STARTING: gettext_lazy("Starting"),
    lists.Show.ACTIVE: gettext_lazy("Active"),
    lists.Show.PAUSED: gettext_lazy("Paused"),
    lists.Show.CLOSED: gettext_lazy("Closed"),
}
WITH_COUNT = frozenset({lists.Show.NEEDS_CALL, lists.Show.STARTING, lists.Show.PAUSED})
EVENTS_SHOWN = 20


def names(match: Match, actor: Actor) -> str:
    """Whom a page is about: for one of the two the other, for staff both as far as they may."""
    if agreements.is_own(actor, match.mentor):
        return called(match.participant)
    if agreements.is_own(actor, match.participant):
        return mentors_side(match)
    if PARTICIPANT not in lists.sections(actor):
        return _("%(name)s and a participant") % {"name": mentors_side(match)}
    return both_sides(match)


def is_participant(actor: Actor, match: Match) -> bool:
    """Whether the actor is the participant of this match, or one of the family."""
    return people.own_sides(actor, [match]).get(match.pk) is Side.PARTICIPANT


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Line:
    """One match in a list."""

    url: str
    names: str
    context: str
    state: object
    tone: Tone
    when: str


def show(text: str) -> lists.Show:
    """The filter an address names; all matches for any other text."""
    return lists.Show(text) if text in set(lists.Show) else lists.Show.ALL


def address(chosen: lists.Show, after: lists.Place | None) -> str:
    """The address of a part of the list."""
    start = f"?show={chosen.value}"
    return f"{start}&after={after}".replace("+", "%2B") if after else start


def filters(actor: Actor, chosen: lists.Show, *, today: date) -> list[Filter]:
    """The filters above the list; short ones with how many they show."""
    return [
        Filter(
            label=SHOW_WORDS[one],
            url=f"?show={one.value}",
            count=lists.number(actor, one, today=today) if one in WITH_COUNT else None,
            is_current=one is chosen,
        )
        for one in lists.Show
    ]


def line(match: Match, actor: Actor, *, today: date, why: str = "") -> Line:
    """A match as a line: who, why it asks for something or where it stands, when they last met."""
    state = MatchState(match.state)
    return Line(
        url=reverse("mentoring:match", args=[match.pk]),
        names=names(match, actor),
        context=why or " · ".join([match.programme.name, *_week(match, today)]),
        state=STATE_WORDS[state],
        tone=TONES.get(state, "calm"),
        when=_last(match, today),
    )


def _week(match: Match, today: date) -> list[str]:
    if match.started_on is None or match.state not in RUNNING:
        return []
    end = match.planned_end_on or match.started_on
    length = (end - match.started_on).days // 7
    week = week_of(today, started_on=match.started_on)
    return [_("week %(week)d of %(length)d") % {"week": min(week, length), "length": length}]


def _last(match: Match, today: date) -> str:
    if match.closed_on is not None:
        return _("closed %(when)s") % {"when": near(match.closed_on, today)}
    if match.last_meeting_on is None:
        return _("no meeting yet")
    return _("met %(when)s") % {"when": near(match.last_meeting_on, today)}


# ── One match ────────────────────────────────────────────────────────────────────────────────────


def record(
    opened: Record, actor: Actor, reasons: Sequence[InCare], *, today: date, now: datetime
) -> dict[str, Any]:
    """Everything the page of a match prints."""
    match, who = opened.match, shown_goals.who_is_who(opened.match, actor)
    may_note = allows(actor, RECORD_MEETING, match) and match.state in WATCHED
    may_set = allows(actor, SET_GOALS, match) and match.state in RUNNING
    has_room = len(opened.active_goals) < rules_of(match.programme).max_goals
    return {
        "match": match,
        "record": opened,
        "names": names(match, actor),
        "context": " · ".join([match.programme.name, *_week(match, today)]),
        "state": STATE_WORDS[MatchState(match.state)],
        "tone": TONES.get(MatchState(match.state), "calm"),
        "reasons": [care_line(one, today) for one in reasons],
        "hand_overs": shown_handovers.of_match(match, is_staff=allows(actor, TALK, match)),
        **shown_meetings(opened, actor, today=today, now=now),
        "goals": [shown_goals.goal(row, who, today=today) for row in opened.active_goals],
        "ended_goals": [
            shown_goals.goal(row, who, today=today)
            for row in opened.goals
            if row.goal.state != GoalState.ACTIVE.value
        ],
        "history": history(opened),
        "places": signing.places(match, actor) if opened.places else [],
        **shown_members(opened, actor, today=today),
        "closed_because": _closed_because(match, actor),
        "wish_url": _wish_url(match, actor),
        "may_look_back": allows(actor, SET_GOALS, match) and match.started_on is not None,
        "may_note": may_note,
        "sides": sides(opened, today=today) if allows(actor, TALK, match) else [],
        "pause": pause_words(opened),
        "may_set_goals": may_set,
        "may_sign": allows(actor, SIGN, match),
        "may_close": allows(actor, CLOSE, match) and match.state in RUNNING,
        "has_room": has_room,
        "new_goal_url": reverse("mentoring:new_goal", args=[match.pk])
        if may_set and has_room
        else "",
        "today": today,
    }


def _closed_because(match: Match, actor: Actor) -> object:
    """Why a match ended, for staff; the two read that it ended, and no reason of each other."""
    if match.closed_on is None:
        return ""
    return CLOSE_WORDS[CloseReason(match.close_reason)] if actor.is_staff else _("The match ended")


def _wish_url(match: Match, actor: Actor) -> str:
    """Where one of the two says that they would like somebody else, or to stop."""
    own = match.pk in people.own_sides(actor, [match])
    return reverse("mentoring:wish", args=[match.pk]) if own and match.state in RUNNING else ""


def history(opened: Record) -> list[Event]:
    """What happened, the newest first."""
    match, events = opened.match, []
    if match.closed_on:
        events.append(Event(on=match.closed_on, what=_("The match was closed"), icon="check"))
    events += [_goal_event(one, one.goal.ended_on) for one in opened.goals if one.goal.ended_on]
    events += [_meeting_event(row) for row in opened.past]
    events += care_events(opened)
    events += shown_handovers.events(opened)
    signed = (*opened.earlier, *opened.places)
    events += [_signature_event(place) for place in signed if place.signature]
    events.append(Event(on=match.agreed_on, what=_("Both said yes"), icon="hand"))
    # Sorting keeps the order above within one day: the later act stands higher.
    return sorted(events, key=lambda event: event.on, reverse=True)[:EVENTS_SHOWN]


def _signature_event(place: agreements.Place) -> Event:
    assert place.signature is not None  # noqa: S101 - asked for signed places only
    what = _("%(name)s signed the agreement") % {"name": called(place.person)}
    return Event(on=place.signature.signed_on, what=what, icon="pen")


def _goal_event(one: GoalWithSteps, ended_on: date) -> Event:
    what = _("Goal reached") if one.goal.state == GoalState.REACHED else _("Goal let go")
    return Event(on=ended_on, what=what, text=str(one.goal.title), icon="goal")


def _meeting_event(row: Meeting) -> Event:
    day = row.held_on or timezone.localdate(row.planned_at)
    return Event(
        on=day,
        what=MEETING_WORDS[MeetingState(row.state)],
        text=length_words(row.minutes) if row.minutes and row.state == MeetingState.HELD else "",
        icon="calendar",
    )


def own_card(match: Match, actor: Actor, *, today: date) -> dict[str, object]:
    """A match as the mentor or the participant sees it first."""
    return {
        "match": match,
        "name": names(match, actor),
        "next": moment(match.next_meeting_at, today) if match.next_meeting_at else "",
        "last": _last(match, today),
        "may_note": allows(actor, RECORD_MEETING, match) and match.state in WATCHED,
    }
