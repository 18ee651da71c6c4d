"""When a match asks for the coordinator: plain rules of dates about the match, never a person.

Everything follows from stored dates, so the day on which a match will ask is known in advance
unless something happens before. That day is kept with the match, and one index finds them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from kith.mentoring.rules.states import MatchState
from kith.people.rules import Side
from kith.programmes.rules import CareDays, ProgrammeTemplate, WeekRhythm, rhythm_weeks, units_of


class Reason(StrEnum):
    """Why a match asks for attention; the first in this order that holds is said."""

    WISH = "wish"
    CALL_AGAIN = "call_again"
    CALLED_OFF = "called_off"
    OFFER = "offer"
    NO_FIRST_MEETING = "no_first_meeting"
    QUIET = "quiet"
    TALK = "talk"
    CHECK = "check"
    LOOK_AGAIN = "look_again"
    PAUSE = "pause"
    ENDING = "ending"
    CLOSING = "closing"


CHECK_DAYS_LATE = 7
LOOK_EARLY_DAYS = 14
"""A map drawn so many days before its week counts for that week."""

ANSWERED_BY_CALL = frozenset(
    {
        Reason.CALLED_OFF,
        Reason.OFFER,
        Reason.NO_FIRST_MEETING,
        Reason.QUIET,
        Reason.TALK,
        Reason.CHECK,
        Reason.PAUSE,
    }
)
"""Reasons that rest when somebody called and agreed on the day of the next call."""


@dataclass(frozen=True)
class Stretch:
    """Weeks of one rhythm: after so many days without a meeting the match asks for attention."""

    from_week: int
    to_week: int
    quiet_after_days: int
    every_weeks: int


@dataclass(frozen=True)
class Care:
    """The rules of one programme."""

    first_meeting_days: int
    called_off_in_a_row: int
    ending_days: int
    talks: WeekRhythm
    talk_days_late: int
    check_weeks: tuple[int, ...]
    look_weeks: tuple[int, ...]
    stretches: tuple[Stretch, ...]
    days: CareDays


@dataclass(frozen=True)
class Dates:
    """What is known of a match.

    called_off   meetings missed or cancelled in a row
    farewell_on  the day on which the two say goodbye, when the ending is planned
    talks_from   since when the coordinator's talks are asked for, if at all
    talked_on    the last talk with each side
    again_on     the day for which the next call to a side was agreed
    checked      the week of the last relationship check that each side answered
    offered_on   since when an answer asks for a talk that has not taken place
    resumed_on   the day on which the last pause ended
    review_on    during a pause, the day on which somebody asks how things stand
    wished_on    since when a side wishes for somebody else, or to stop
    came_on      since when whoever speaks for a side is here, where they came after the beginning
    looked_on    when the participant last drew a map or said "not this time"
    wants_maps   False when the participant would rather not be asked for maps
    reminded     when those concerned were reminded: of what, counted from which day
    """

    state: MatchState
    agreed_on: date
    started_on: date | None
    last_meeting_on: date | None
    planned_end_on: date | None
    called_off: int
    called_off_on: date | None
    next_meeting_on: date | None = None
    farewell_on: date | None = None
    talks_from: date | None = None
    talked_on: Mapping[Side, date] = field(default_factory=dict)
    again_on: Mapping[Side, date] = field(default_factory=dict)
    checked: Mapping[Side, int] = field(default_factory=dict)
    offered_on: Mapping[Side, date] = field(default_factory=dict)
    resumed_on: date | None = None
    review_on: date | None = None
    wished_on: Mapping[Side, date] = field(default_factory=dict)
    came_on: Mapping[Side, date] = field(default_factory=dict)
    looked_on: date | None = None
    wants_maps: bool = True
    reminded: Mapping[tuple[Reason, Side, date], date] = field(default_factory=dict)


@dataclass(frozen=True)
class Attention:
    """One reason, and the day since when it holds (or will hold); some are with one side.

    since  the day from which it is counted, such as that of the last meeting
    """

    reason: Reason
    on: date
    side: Side | None = None
    since: date = field(default=date.min, compare=False)


def care_of(template: ProgrammeTemplate, unit: str = "") -> Care:
    """The rules of a programme template, for pairs or groups; else for its usual form."""
    attention = template.attention
    form = next((one for one in units_of(template) if one.value == unit), template.unit)
    return Care(
        first_meeting_days=attention.first_meeting_days,
        called_off_in_a_row=attention.cancelled_in_a_row,
        ending_days=attention.no_closing_plan_weeks_before * 7,
        talks=template.coordinator_contact,
        talk_days_late=attention.coordinator_contact_days_late,
        check_weeks=template.relationship_check_weeks,
        look_weeks=template.look_again_weeks,
        stretches=tuple(
            Stretch(one.from_week, one.to_week, one.quiet_after_days, one.per_weeks)
            for one in template.contact
            if one.unit is form
        ),
        days=template.care,
    )


def attention_on(dates: Dates, care: Care) -> date | None:
    """The day from which the match asks for attention if nothing happens before."""
    return min((one.on for one in coming(dates, care)), default=None)


def attentions(dates: Dates, care: Care, *, today: date) -> list[Attention]:
    """Every reason that holds today, the most pressing first."""
    due = [one for one in coming(dates, care) if one.on <= today]
    return sorted(due, key=lambda one: list(Reason).index(one.reason))


def week_of(day: date, *, started_on: date) -> int:
    """The week of a match; the week of the first meeting is week 1."""
    return (day - started_on).days // 7 + 1


def stretch_in(week: int, care: Care) -> Stretch:
    """The rhythm of a week; after the plan's end the last rhythm goes on."""
    holding = [one for one in care.stretches if one.from_week <= week]
    return holding[-1] if holding else care.stretches[0]


def coming(dates: Dates, care: Care) -> Iterator[Attention]:
    """Every reason with the day from which it holds if nothing happens before."""
    if dates.state is MatchState.CLOSED:
        return
    for side, day in dates.wished_on.items():
        yield Attention(Reason.WISH, day, side, since=day)
    for side, day in dates.again_on.items():
        yield Attention(Reason.CALL_AGAIN, day, side, since=day)
    found = _of_a_pause(dates) if dates.state is MatchState.PAUSED else _of_a_match(dates, care)
    for one in found:
        yield _rested(one, dates)


def _rested(one: Attention, dates: Dates) -> Attention:
    """Where a call is agreed for a day to come, the matter waits until then."""
    sides = list(Side) if one.side is None else [one.side]
    agreed = max((dates.again_on[side] for side in sides if side in dates.again_on), default=one.on)
    if one.reason in ANSWERED_BY_CALL and agreed > one.on:
        return replace(one, on=agreed)
    return one


def _of_a_pause(dates: Dates) -> Iterator[Attention]:
    if dates.review_on is not None:
        yield Attention(Reason.PAUSE, dates.review_on, since=dates.review_on)


def _of_a_match(dates: Dates, care: Care) -> Iterator[Attention]:
    if dates.called_off >= care.called_off_in_a_row and dates.called_off_on is not None:
        yield Attention(Reason.CALLED_OFF, dates.called_off_on, since=dates.called_off_on)
    yield _next_meeting(dates, care)
    yield from _talks(dates, care)
    yield from _checks(dates, care)
    yield from _looks(dates, care)
    yield from _ends(dates, care)


def _next_meeting(dates: Dates, care: Care) -> Attention:
    """The first meeting, or the next: a pause does not count as silence."""
    if dates.last_meeting_on is None or dates.started_on is None:
        since = max(dates.agreed_on, dates.resumed_on or dates.agreed_on)
        on = since + timedelta(days=care.first_meeting_days)
        return Attention(Reason.NO_FIRST_MEETING, on, since=since)
    since = max(dates.last_meeting_on, dates.resumed_on or dates.last_meeting_on)
    return Attention(Reason.QUIET, _quiet_from(since, dates.started_on, care), since=since)


def _talks(dates: Dates, care: Care) -> Iterator[Attention]:
    """A talk is due in a certain week, and asked for some days after that week."""
    if dates.started_on is None or dates.talks_from is None:
        return
    for side in Side:
        day = talk_due(dates, care, side)
        on = day + timedelta(days=6 + care.talk_days_late)
        yield Attention(Reason.TALK, on, side, since=day)


def _checks(dates: Dates, care: Care) -> Iterator[Attention]:
    """Both sides are asked in certain weeks; the coordinator helps a week later."""
    for side, day in dates.offered_on.items():
        yield Attention(Reason.OFFER, day, side, since=day)
    for side in Side:
        week = check_after(dates, care, side)
        if week is not None:
            day = first_day(week, dates)
            on = day + timedelta(days=6 + CHECK_DAYS_LATE)
            yield Attention(Reason.CHECK, on, side, since=day)


def _looks(dates: Dates, care: Care) -> Iterator[Attention]:
    """In certain weeks the pair looks at the map again; the coordinator offers it later."""
    week = look_after(dates, care)
    if week is not None:
        day = first_day(week, dates)
        on = day + timedelta(days=6 + CHECK_DAYS_LATE)
        yield Attention(Reason.LOOK_AGAIN, on, Side.PARTICIPANT, since=day)


def _ends(dates: Dates, care: Care) -> Iterator[Attention]:
    if dates.farewell_on is not None:
        day = dates.farewell_on + timedelta(days=1)
        yield Attention(Reason.CLOSING, day, since=dates.farewell_on)
    elif dates.planned_end_on is not None:
        day = dates.planned_end_on - timedelta(days=care.ending_days)
        yield Attention(Reason.ENDING, day, since=day)


def check_after(dates: Dates, care: Care, side: Side) -> int | None:
    """The week of the first check that a side has not answered yet."""
    if dates.started_on is None or dates.talks_from is None:
        return None
    coming = (week for week in care.check_weeks if week > dates.checked.get(side, 0))
    since = _asked_since(dates, side)
    return next((week for week in coming if first_day(week, dates) >= since), None)


def check_open(dates: Dates, care: Care, side: Side, *, today: date) -> int | None:
    """The week of the check that a side can answer today: the latest that has come."""
    first = check_after(dates, care, side)
    if first is None or first_day(first, dates) > today:
        return None
    return max(week for week in care.check_weeks if first_day(week, dates) <= today)


def look_after(dates: Dates, care: Care) -> int | None:
    """The week of the first map that is still to be drawn; None where nobody wants one."""
    if dates.started_on is None or dates.talks_from is None or not dates.wants_maps:
        return None
    since, looked = _asked_since(dates, Side.PARTICIPANT), dates.looked_on
    early = timedelta(days=LOOK_EARLY_DAYS)
    return next(
        (
            week
            for week in care.look_weeks
            for day in [first_day(week, dates)]
            if day >= since and (looked is None or looked < day - early)
        ),
        None,
    )


def look_open(dates: Dates, care: Care, *, today: date) -> int | None:
    """The week of the map that the pair can draw today: the latest that has come."""
    first = look_after(dates, care)
    if first is None or first_day(first, dates) > today:
        return None
    return max(week for week in care.look_weeks if first_day(week, dates) <= today)


def first_day(week: int, dates: Dates) -> date:
    """The first day of a week of a match that has begun."""
    return (dates.started_on or dates.agreed_on) + timedelta(weeks=week - 1)


def talk_due(dates: Dates, care: Care, side: Side) -> date:
    """The first day of the week in which the next talk with a side is due."""
    started, since = dates.started_on or dates.agreed_on, _asked_since(dates, side)
    last = dates.talked_on.get(side)
    weeks = (started + timedelta(weeks=week - 1) for week in rhythm_weeks(care.talks))
    return next(day for day in weeks if day >= since and (last is None or day > last))


def _asked_since(dates: Dates, side: Side) -> date:
    """What fell into a pause, or into the time of somebody before, is not asked for afterwards."""
    since = dates.talks_from or dates.agreed_on
    return max(since, dates.resumed_on or since, dates.came_on.get(side, since))


def _quiet_from(last: date, started: date, care: Care) -> date:
    """The first day on which the gap is as long as the rhythm of that very day allows."""
    day = last + timedelta(days=1)
    while (day - last).days < stretch_in(week_of(day, started_on=started), care).quiet_after_days:
        day += timedelta(days=1)
    return day


def called_off_in_a_row(states: Sequence[str]) -> int:
    """How many meetings in a row were missed or cancelled, the newest first in the list."""
    number = 0
    for state in states:
        if state not in {"missed", "cancelled"}:
            break
        number += 1
    return number
