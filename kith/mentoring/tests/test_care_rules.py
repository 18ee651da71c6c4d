"""Every date rule of the care for a match, for every template, on both sides of its limit.

The numbers stand here once more on purpose: who changes a template changes them here too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from kith.mentoring.rules.attention import (
    Care,
    Dates,
    Reason,
    attention_on,
    attentions,
    care_of,
    check_open,
)
from kith.mentoring.rules.rising import (
    CALL_AT_ONCE,
    NEVER_CALLED,
    REMINDED_OF,
    Reminder,
    Step,
    ahead,
    call_day,
    pressing,
    reminders,
    reminders_due,
    step_of,
)
from kith.mentoring.rules.states import MatchState
from kith.mentoring.rules.words import attention_sentence, rising_sentence
from kith.people.rules import Side
from kith.programmes.rules import TEMPLATE_KEYS, load_template

DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Limits:
    """quiet: a week of each rhythm, and after how many days it asks."""

    quiet: tuple[tuple[int, int], ...]
    talk_weeks: tuple[int, ...]
    check_weeks: tuple[int, ...]
    remind: int
    call: int
    first_meeting: int = 14
    called_off: int = 3
    talk_late: int = 7
    end: int = 28
    look_weeks: tuple[int, ...] = (12, 24)


EVERY_FOURTH = (2, 4, 8, 12, 16)
LIMITS = {
    "base": Limits(((4, 21), (12, 21), (25, 21)), EVERY_FOURTH, (6, 12, 24), 7, 7),
    "de_tandem": Limits(((10, 21),), EVERY_FOURTH, (6, 12, 24), 7, 7),
    "se_buddy": Limits(((10, 28),), (4, 8, 12), (6, 12, 24), 10, 14),
    "uk_goal_mentor": Limits(
        ((10, 28),), EVERY_FOURTH, (6, 12, 24, 50), 10, 10, look_weeks=(12, 24, 50)
    ),
    "ca_welcome_group": Limits(
        ((10, 21), (30, 28)),
        (1, 2, 3, 4, 8, 12),
        (6, 12, 24, 50),
        7,
        5,
        look_weeks=(12, 24, 50),
    ),
    "au_language_tutor": Limits(((10, 21),), (10, 20), (6, 12, 19), 7, 7, look_weeks=(10, 19)),
}
WELL = Dates(
    state=MatchState.ACTIVE,
    agreed_on=DAY - timedelta(days=7),
    started_on=DAY,
    last_meeting_on=DAY,
    planned_end_on=None,
    called_off=0,
    called_off_on=None,
)
BEGINNING = replace(WELL, state=MatchState.STARTING, started_on=None, last_meeting_on=None)


def in_week(week: int) -> Dates:
    """DAY is the first day of that week; all is well."""
    return replace(WELL, started_on=DAY - timedelta(weeks=week - 1))


@dataclass(frozen=True)
class Case:
    """Dates for which a reason holds from `on` and not on the day before, counted from `since`."""

    template: str
    reason: Reason
    dates: Dates
    on: date = DAY
    side: Side | None = None
    since: date = DAY

    def __str__(self) -> str:
        return "-".join([self.template, self.reason, *([self.side] if self.side else [])])


def cases() -> Iterator[Case]:
    for key, limits in LIMITS.items():
        yield from quiet_cases(key, limits)
        yield from side_cases(key, limits)
        yield from plan_cases(key, limits)
        yield from look_cases(key, limits)


def look_cases(key: str, limits: Limits) -> Iterator[Case]:
    """Looking at the map again: the weeks of the programme, one after the other."""
    for week in limits.look_weeks:
        start = DAY - timedelta(days=7 * (week - 1) + 6 + 7)
        # A map drawn 15 days before the week does not count for it.
        looked = start + timedelta(weeks=week - 1, days=-15)
        dates = replace(
            WELL,
            started_on=start,
            talks_from=DAY - timedelta(days=400),
            talked_on=dict.fromkeys(Side, DAY),
            checked=dict.fromkeys(Side, 99),
            looked_on=looked,
        )
        since = DAY - timedelta(days=13)
        yield Case(key, Reason.LOOK_AGAIN, dates, side=Side.PARTICIPANT, since=since)


def quiet_cases(key: str, limits: Limits) -> Iterator[Case]:
    yes = DAY - timedelta(days=limits.first_meeting)
    yield Case(key, Reason.NO_FIRST_MEETING, replace(BEGINNING, agreed_on=yes), since=yes)
    went_on = replace(BEGINNING, agreed_on=DAY - timedelta(days=90), resumed_on=yes)
    yield Case(key, Reason.NO_FIRST_MEETING, went_on, since=yes)
    for week, days in limits.quiet:
        last = DAY - timedelta(days=days)
        yield Case(key, Reason.QUIET, replace(in_week(week), last_meeting_on=last), since=last)
        # The days of a pause are not silence.
        before = replace(in_week(week), last_meeting_on=last - timedelta(days=9), resumed_on=last)
        yield Case(key, Reason.QUIET, before, since=last)
    off = replace(WELL, called_off=limits.called_off, called_off_on=DAY)
    yield Case(key, Reason.CALLED_OFF, off)


def side_cases(key: str, limits: Limits) -> Iterator[Case]:
    long_ago = DAY - timedelta(days=400)
    for side in Side:
        other = Side.MENTOR if side is Side.PARTICIPANT else Side.PARTICIPANT
        done = {"checked": dict.fromkeys(Side, 99), "talks_from": long_ago}
        for week in limits.talk_weeks:
            # The last day of the week, and some days of grace.
            start = DAY - timedelta(days=7 * (week - 1) + 6 + limits.talk_late)
            talked = {side: start + timedelta(weeks=week - 1, days=-1), other: DAY}
            dates = replace(WELL, started_on=start, talked_on=talked, **done)
            yield Case(key, Reason.TALK, dates, side=side)
        for week in limits.check_weeks:
            start = DAY - timedelta(days=7 * (week - 1) + 6 + 7)
            checked = {side: week - 1, other: 99}
            talked = dict.fromkeys(Side, DAY)
            dates = replace(
                WELL, started_on=start, talked_on=talked, checked=checked, talks_from=long_ago
            )
            yield Case(key, Reason.CHECK, dates, side=side, since=DAY - timedelta(days=13))
        yield Case(key, Reason.OFFER, replace(WELL, offered_on={side: DAY}), side=side)
        yield Case(key, Reason.CALL_AGAIN, replace(WELL, again_on={side: DAY}), side=side)
        yield Case(key, Reason.WISH, replace(WELL, wished_on={side: DAY}), side=side)


def plan_cases(key: str, limits: Limits) -> Iterator[Case]:
    ends = replace(WELL, planned_end_on=DAY + timedelta(days=limits.end))
    yield Case(key, Reason.ENDING, ends)
    goodbye = replace(WELL, farewell_on=DAY - timedelta(days=1))
    yield Case(key, Reason.CLOSING, goodbye)
    rests = replace(WELL, state=MatchState.PAUSED, review_on=DAY)
    yield Case(key, Reason.PAUSE, rests)


CASES = list(cases())


def care(key: str) -> Care:
    return care_of(load_template(key))


def holding(case: Case, day: date) -> list[tuple[Reason, Side | None]]:
    found = attentions(case.dates, care(case.template), today=day)
    return [(one.reason, one.side) for one in found]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_holds_on_the_day_of_its_limit_and_not_on_the_day_before(case) -> None:
    assert (case.reason, case.side) not in holding(case, case.on - timedelta(days=1))
    assert (case.reason, case.side) in holding(case, case.on)


def test_every_rule_is_looked_at_for_every_template() -> None:
    assert {case.template for case in CASES} == set(TEMPLATE_KEYS)
    for key in TEMPLATE_KEYS:
        assert {case.reason for case in CASES if case.template == key} == set(Reason)


@pytest.mark.parametrize("key", TEMPLATE_KEYS)
def test_two_meetings_that_fell_through_are_no_reason_yet(key) -> None:
    twice = replace(WELL, called_off=LIMITS[key].called_off - 1, called_off_on=DAY)

    assert Reason.CALLED_OFF not in [one.reason for one in attentions(twice, care(key), today=DAY)]


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_reason_says_itself_in_a_whole_sentence(case, language) -> None:
    rules = care(case.template)
    [one] = [
        found
        for found in attentions(case.dates, rules, today=case.on)
        if (found.reason, found.side) == (case.reason, case.side)
    ]

    with override(language):
        said = attention_sentence(one, case.dates, rules, today=case.on)

    assert said.endswith(".")
    assert "%(" not in said


# ── Rising ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", [one for one in CASES if one.reason in NEVER_CALLED], ids=str)
def test_a_map_never_becomes_a_call(case) -> None:
    rules = care(case.template)
    [one] = [
        found
        for found in attentions(case.dates, rules, today=case.on)
        if found.reason is case.reason
    ]

    assert step_of(one, rules, today=case.on + timedelta(days=3000)) is Step.LINE
    without = replace(case.dates, looked_on=case.on)
    assert (
        ahead(case.dates, rules, today=case.on).call_on
        == ahead(without, rules, today=case.on).call_on
    )


CALLED = [case for case in CASES if case.reason not in NEVER_CALLED]


@pytest.mark.parametrize("case", CALLED, ids=str)
def test_a_matter_becomes_a_call_after_the_days_of_its_programme(case) -> None:
    rules, limits = care(case.template), LIMITS[case.template]
    [one] = [
        found
        for found in attentions(case.dates, rules, today=case.on)
        if (found.reason, found.side) == (case.reason, case.side)
    ]

    days = 0 if case.reason in CALL_AT_ONCE else limits.call
    rises = case.on + timedelta(days=days)
    assert call_day(one, rules) == rises
    assert step_of(one, rules, today=rises) is Step.CALL
    if days:
        assert step_of(one, rules, today=rises - timedelta(days=1)) is Step.LINE


@pytest.mark.parametrize("side", Side)
def test_whoever_came_later_is_not_asked_about_the_time_before(side) -> None:
    rules = care("base")
    dates = replace(in_week(7), talks_from=DAY - timedelta(days=400))
    came = replace(dates, came_on={side: DAY - timedelta(days=1)})

    asked = [(one.reason, one.side) for one in attentions(dates, rules, today=DAY)]
    asked_later = [(one.reason, one.side) for one in attentions(came, rules, today=DAY)]

    assert (Reason.TALK, side) in asked
    assert (Reason.TALK, side) not in asked_later
    assert check_open(dates, rules, side, today=DAY) == 6
    assert check_open(came, rules, side, today=DAY) is None


def test_whoever_came_later_is_asked_in_the_next_weeks() -> None:
    rules = care("base")
    came = replace(in_week(12), talks_from=date.min, came_on={Side.MENTOR: DAY})

    assert check_open(came, rules, Side.MENTOR, today=DAY) == 12


REMINDING = [case for case in CASES if case.reason in REMINDED_OF]


def days_of(case: Case, *, today: date) -> set[tuple[Side, date]]:
    found = reminders(case.dates, care(case.template), today=today)
    return {(one.side, one.on) for one in found if one.reason is case.reason}


@pytest.mark.parametrize("case", REMINDING, ids=str)
def test_those_concerned_are_reminded_before_staff_are_asked(case) -> None:
    lead, sides = LIMITS[case.template].remind, {case.side} if case.side else set(Side)
    half = case.since + timedelta(days=((case.on - case.since).days + 1) // 2)

    expected = max(case.on - timedelta(days=lead), half)
    assert {(side, expected) for side in sides} <= days_of(case, today=date.min)
    assert case.since < expected < case.on


@pytest.mark.parametrize("case", REMINDING, ids=str)
def test_nobody_is_reminded_twice_of_one_thing(case) -> None:
    rules, today = care(case.template), case.on
    due = [
        one for one in reminders_due(case.dates, rules, today=today) if one.reason is case.reason
    ]

    given = {(one.reason, one.side, one.since): today for one in due}

    assert due
    assert all(
        one.reason is not case.reason
        for one in reminders_due(replace(case.dates, reminded=given), rules, today=today)
    )


@pytest.mark.parametrize("case", REMINDING, ids=str)
def test_where_a_call_is_due_a_reminder_comes_too_late(case) -> None:
    rises = case.on + timedelta(days=LIMITS[case.template].call)

    before = days_of(case, today=rises - timedelta(days=1))
    after = days_of(case, today=rises)

    assert before
    assert not {side for side, day in after if day <= case.on}


def test_a_new_silence_is_reminded_of_anew() -> None:
    rules = care("base")
    quiet = replace(in_week(12), last_meeting_on=DAY - timedelta(days=21))
    given = {(Reason.QUIET, side, DAY - timedelta(days=21)): DAY for side in Side}

    met = replace(quiet, last_meeting_on=DAY, reminded=given)

    assert {one.on for one in reminders(met, rules, today=DAY)} == {DAY + timedelta(days=14)}


# ── Calls ────────────────────────────────────────────────────────────────────────────────────────

QUIET = replace(in_week(12), last_meeting_on=DAY - timedelta(days=30))


def test_a_matter_waits_until_the_day_for_which_the_next_call_was_agreed() -> None:
    again = DAY + timedelta(days=5)
    called = replace(QUIET, again_on={Side.MENTOR: again})

    quiet_days = attentions(called, care("base"), today=again - timedelta(days=1))
    on_the_day = [one.reason for one in attentions(called, care("base"), today=again)]

    assert quiet_days == []
    assert on_the_day == [Reason.CALL_AGAIN, Reason.QUIET]


def test_a_call_agreed_with_one_side_does_not_hide_what_the_other_side_waits_for() -> None:
    again = DAY + timedelta(days=5)
    asks = replace(WELL, again_on={Side.MENTOR: again}, offered_on={Side.PARTICIPANT: DAY})

    assert holding_of(asks) == [(Reason.OFFER, Side.PARTICIPANT)]


def test_a_call_does_not_put_off_the_plan_of_an_ending() -> None:
    ends = replace(
        WELL, planned_end_on=DAY + timedelta(days=20), again_on={Side.MENTOR: DAY + timedelta(9)}
    )

    assert holding_of(ends) == [(Reason.ENDING, None)]


def test_what_fell_into_a_pause_is_not_asked_for_afterwards() -> None:
    start, resumed = DAY - timedelta(weeks=11), DAY - timedelta(days=1)
    dates = replace(
        WELL,
        started_on=start,
        talks_from=start,
        resumed_on=resumed,
        talked_on=dict.fromkeys(Side, start + timedelta(weeks=4)),
        checked=dict.fromkeys(Side, 6),
    )

    with_pause = attention_on(dates, care("base"))
    without = attention_on(replace(dates, resumed_on=None), care("base"))

    # Week 12 begins on the day itself; week 8 fell into the pause.
    assert with_pause == DAY + timedelta(days=13)
    assert without == start + timedelta(days=7 * 7 + 13)


def test_what_needs_a_call_stands_before_what_came_later_in_the_order_of_reasons() -> None:
    dates = replace(
        QUIET,
        last_meeting_on=DAY - timedelta(days=22),
        planned_end_on=DAY + timedelta(days=10),
    )

    found = [one.reason for one in pressing(dates, care("base"), today=DAY)]

    # The end has been asked about for 18 days, the silence for one.
    assert found == [Reason.ENDING, Reason.QUIET]


def test_the_three_days_a_match_keeps() -> None:
    last = DAY - timedelta(days=1)
    dates = replace(in_week(12), last_meeting_on=last)

    found = ahead(dates, care("base"), today=DAY)

    assert (found.attention_on, found.call_on, found.remind_on) == (
        last + timedelta(days=21),
        last + timedelta(days=28),
        last + timedelta(days=14),
    )


def test_a_closed_match_keeps_none() -> None:
    over = replace(QUIET, state=MatchState.CLOSED, again_on={Side.MENTOR: DAY})

    found = ahead(over, care("base"), today=DAY)

    assert (found.attention_on, found.call_on, found.remind_on) == (None, None, None)


def test_the_sentence_tells_what_was_tried_and_what_comes_next() -> None:
    reminded = {(Reason.QUIET, side, QUIET.last_meeting_on): DAY - timedelta(16) for side in Side}
    dates = replace(QUIET, reminded=reminded)
    [one] = attentions(dates, care("base"), today=DAY)

    with override("en"):
        early = rising_sentence(one, dates, care("base"), today=DAY - timedelta(days=4))
        late = rising_sentence(one, dates, care("base"), today=DAY)

    assert early == "Both were reminded 12 days ago, on 7 November."
    assert late == (
        "Both were reminded 16 days ago, on 7 November."
        " On the list since 14 November: it is time for a call."
    )


def holding_of(dates: Dates) -> list[tuple[Reason, Side | None]]:
    return [(one.reason, one.side) for one in attentions(dates, care("base"), today=DAY)]


def test_a_reminder_knows_what_it_is_about() -> None:
    dates = replace(in_week(12), last_meeting_on=DAY - timedelta(days=14))

    assert reminders_due(dates, care("base"), today=DAY) == [
        Reminder(Reason.QUIET, side, DAY - timedelta(days=14), DAY) for side in Side
    ]
