"""When somebody is reminded, and when a mail may go: both sides of every limit."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kith.reminders.rules.kinds import Kind, When
from kith.reminders.rules.moments import (
    Plan,
    Quiet,
    Rhythm,
    Timing,
    asked_days,
    daily_at,
    due_on,
    next_allowed,
    strictest,
)

WARSAW, TEHRAN = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Tehran")
MONDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (23, 27, 28, 29))
NIGHTS = Quiet(20, 8)
WEEKDAYS = Quiet(20, 8, on_weekends=False)


def kind(when=When.BEFORE, days=1):
    return Kind("test", "", "", frozenset(), lambda abouts: abouts, when=when, days=days)


def at(day, hour, minute=0, zone=WARSAW):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "quiet", "allowed"),
    [
        (at(MONDAY, 19, 59), NIGHTS, at(MONDAY, 19, 59)),
        (at(MONDAY, 20), NIGHTS, at(date(2026, 11, 24), 8)),
        (at(MONDAY, 7, 59), NIGHTS, at(MONDAY, 8)),
        (at(MONDAY, 8), NIGHTS, at(MONDAY, 8)),
        (at(MONDAY, 0, 1), NIGHTS, at(MONDAY, 8)),
        (at(SATURDAY, 10), NIGHTS, at(SATURDAY, 10)),
        (at(FRIDAY, 19, 59), WEEKDAYS, at(FRIDAY, 19, 59)),
        (at(FRIDAY, 20), WEEKDAYS, at(date(2026, 11, 30), 8)),
        (at(SATURDAY, 3), WEEKDAYS, at(date(2026, 11, 30), 8)),
        (at(SUNDAY, 23), WEEKDAYS, at(date(2026, 11, 30), 8)),
    ],
    ids=str,
)
def test_a_mail_waits_for_the_end_of_the_quiet_hours(moment, quiet, allowed) -> None:
    assert next_allowed(moment, quiet, WARSAW) == allowed


def test_the_night_is_that_of_the_persons_own_clock() -> None:
    # Half past six in the evening in Warsaw is nine in Tehran.
    moment = at(MONDAY, 18, 30)

    assert next_allowed(moment, NIGHTS, WARSAW) == moment
    assert next_allowed(moment, NIGHTS, TEHRAN) == at(date(2026, 11, 24), 8, zone=TEHRAN)


@pytest.mark.parametrize(
    ("on", "plan", "due"),
    [
        (date(2026, 11, 24), Plan(NIGHTS), MONDAY),
        (SUNDAY, Plan(NIGHTS), SATURDAY),
        # What comes before a free day is said on the last day that is not.
        (SUNDAY, Plan(WEEKDAYS), FRIDAY),
        (date(2026, 11, 30), Plan(WEEKDAYS), FRIDAY),
        (date(2026, 12, 1), Plan(WEEKDAYS), date(2026, 11, 30)),
        (SUNDAY, Plan(NIGHTS, {"test": Timing(True, 3)}), date(2026, 11, 26)),
    ],
)
def test_before_a_day(on, plan, due) -> None:
    assert due_on(kind(), on, plan) == due


def test_after_a_day() -> None:
    assert due_on(kind(When.AFTER, 2), FRIDAY, Plan(WEEKDAYS)) == SUNDAY


def test_a_source_is_asked_for_every_day_that_some_plan_may_mean() -> None:
    plans = [Plan(), Plan(timings={"test": Timing(True, 7)})]

    before = asked_days(kind(), MONDAY, MONDAY, plans)
    after = asked_days(kind(When.AFTER, 3), MONDAY, MONDAY, plans)

    assert before == (date(2026, 11, 24), date(2026, 12, 2))
    assert after == (date(2026, 11, 16), date(2026, 11, 20))


def test_nothing_that_a_plan_means_is_missed_by_a_source() -> None:
    for quiet in (NIGHTS, WEEKDAYS):
        for plan in (Plan(quiet), Plan(quiet, {"test": Timing(True, 5)})):
            for when in (When.BEFORE, When.AFTER):
                for day in range(1, 31):
                    on = date(2026, 11, day)
                    due = due_on(kind(when), on, plan)
                    first, last = asked_days(kind(when), due, due, [Plan(), plan])
                    assert first <= on <= last


@pytest.mark.parametrize(
    ("now", "rhythm", "goes"),
    [
        (at(MONDAY, 0, 4), Rhythm(8, WARSAW), at(MONDAY, 8)),
        (at(MONDAY, 0, 4), Rhythm(18, WARSAW), at(MONDAY, 18)),
        # Nothing has gone today: what comes up after the hour goes the same day.
        (at(MONDAY, 9, 30), Rhythm(8, WARSAW), at(MONDAY, 9, 30)),
        # One mail a day.
        (at(MONDAY, 9, 30), Rhythm(8, WARSAW, MONDAY), at(date(2026, 11, 24), 8)),
        # The hour that was chosen lies in the quiet of the programme.
        (at(MONDAY, 0, 4), Rhythm(6, WARSAW), at(MONDAY, 8)),
        (at(MONDAY, 0, 4), Rhythm(21, WARSAW), at(date(2026, 11, 24), 8)),
    ],
    ids=str,
)
def test_the_hour_of_the_day(now, rhythm, goes) -> None:
    assert daily_at(MONDAY, rhythm, NIGHTS, now=now) == goes


def test_what_is_due_on_a_later_day_waits_for_it() -> None:
    assert daily_at(FRIDAY, Rhythm(8, WARSAW), NIGHTS, now=at(MONDAY, 9)) == at(FRIDAY, 8)


def test_several_programmes_together_are_as_quiet_as_each() -> None:
    assert strictest([Quiet(22, 6), Quiet(19, 9, on_weekends=False)]) == Quiet(19, 9, False)
    assert strictest([]) == Quiet()
