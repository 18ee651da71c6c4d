"""Rules of mentoring: states, the days on which a match asks for attention, and words."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from kith.mentoring.rules.agreement import emergency_number
from kith.mentoring.rules.attention import (
    Attention,
    Care,
    Dates,
    Reason,
    Stretch,
    attention_on,
    attentions,
    called_off_in_a_row,
    care_of,
    check_after,
    check_open,
    stretch_in,
    talk_due,
    week_of,
)
from kith.mentoring.rules.states import (
    NEXT,
    NEXT_MEETING,
    CloseReason,
    GoalState,
    MatchState,
    MeetingState,
)
from kith.mentoring.rules.words import (
    CLOSE_WORDS,
    GOAL_WORDS,
    MEETING_WORDS,
    STATE_WORDS,
    attention_sentence,
    length_words,
    topics_words,
    way_words,
)
from kith.people.rules import Side
from kith.programmes.rules import CareDays, WeekRhythm, load_template

TODAY = date(2026, 11, 23)
WEEKLY = Care(
    first_meeting_days=14,
    called_off_in_a_row=3,
    ending_days=28,
    talks=WeekRhythm((2, 4), 4),
    talk_days_late=7,
    check_weeks=(6, 12, 24),
    look_weeks=(12, 24),
    stretches=(Stretch(1, 26, 21, 1),),
    days=CareDays(7, 7, 7, 28),
)
THEN_MONTHLY = replace(WEEKLY, stretches=(Stretch(1, 12, 14, 1), Stretch(13, 52, 45, 4)))
RUNNING = Dates(
    state=MatchState.ACTIVE,
    agreed_on=date(2026, 8, 20),
    started_on=date(2026, 8, 24),
    last_meeting_on=date(2026, 11, 16),
    planned_end_on=date(2027, 2, 22),
    called_off=0,
    called_off_on=None,
    wants_maps=False,
)
BEGINNING = replace(
    RUNNING,
    state=MatchState.STARTING,
    started_on=None,
    last_meeting_on=None,
    planned_end_on=None,
)


def test_a_match_that_keeps_its_rhythm_asks_for_nothing_and_the_day_is_known() -> None:
    assert attentions(RUNNING, WEEKLY, today=TODAY) == []
    assert attention_on(RUNNING, WEEKLY) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("today", "due"), [(date(2026, 12, 6), []), (date(2026, 12, 7), [Reason.QUIET])]
)
def test_a_weekly_match_is_quiet_from_the_twenty_first_day_on(today, due) -> None:
    assert [one.reason for one in attentions(RUNNING, WEEKLY, today=today)] == due


@pytest.mark.parametrize(
    ("today", "due"),
    [(date(2026, 9, 2), []), (date(2026, 9, 3), [Reason.NO_FIRST_MEETING])],
)
def test_a_first_meeting_is_asked_about_fourteen_days_after_both_said_yes(today, due) -> None:
    assert [one.reason for one in attentions(BEGINNING, WEEKLY, today=today)] == due


def test_three_meetings_that_fell_through_in_a_row_are_enough() -> None:
    twice = replace(RUNNING, called_off=2, called_off_on=date(2026, 11, 20))
    thrice = replace(RUNNING, called_off=3, called_off_on=date(2026, 11, 20))

    assert attentions(twice, WEEKLY, today=TODAY) == []
    assert attentions(thrice, WEEKLY, today=TODAY) == [
        Attention(Reason.CALLED_OFF, date(2026, 11, 20))
    ]
    assert attention_on(thrice, WEEKLY) == date(2026, 11, 20)


def test_the_end_is_planned_four_weeks_before() -> None:
    nearly = replace(RUNNING, planned_end_on=date(2026, 12, 20))

    assert attentions(nearly, WEEKLY, today=date(2026, 11, 21)) == []
    assert attentions(nearly, WEEKLY, today=date(2026, 11, 22)) == [
        Attention(Reason.ENDING, date(2026, 11, 22))
    ]


TALKED = replace(
    RUNNING,
    talks_from=date(2026, 8, 20),
    talked_on={Side.PARTICIPANT: date(2026, 9, 15), Side.MENTOR: date(2026, 11, 10)},
    checked=dict.fromkeys(Side, 24),
)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 10, 24), []),
        (date(2026, 10, 25), [Attention(Reason.TALK, date(2026, 10, 25), Side.PARTICIPANT)]),
    ],
)
def test_a_talk_is_asked_for_a_week_after_the_week_in_which_it_was_due(today, due) -> None:
    # The week of 12 October is the eighth; the last talk was in the fourth.
    assert attentions(replace(TALKED, last_meeting_on=today), WEEKLY, today=today) == due


def test_a_talk_in_the_week_of_the_next_one_counts_for_it() -> None:
    early = {side: date(2026, 10, 11) for side in Side}
    in_time = {side: date(2026, 10, 12) for side in Side}

    assert talk_due(replace(TALKED, talked_on=early), WEEKLY, Side.MENTOR) == date(2026, 10, 12)
    assert talk_due(replace(TALKED, talked_on=in_time), WEEKLY, Side.MENTOR) == date(2026, 11, 9)


def test_talks_from_before_they_were_noted_are_not_asked_for() -> None:
    unknown = replace(TALKED, talked_on={}, talks_from=None)
    from_now_on = replace(TALKED, talked_on={}, talks_from=TODAY)

    assert attentions(unknown, WEEKLY, today=TODAY) == []
    assert talk_due(from_now_on, WEEKLY, Side.PARTICIPANT) == date(2026, 12, 7)


def test_the_sentence_says_when_they_last_talked_and_what_is_planned() -> None:
    [due] = attentions(TALKED, WEEKLY, today=TODAY)

    with override("en"):
        said = attention_sentence(due, TALKED, WEEKLY, today=TODAY)

    assert said == (
        "You talked with the participant on 15 September 2026."
        " The programme planned a talk in the week of 12 October."
    )


CHECKED = replace(
    RUNNING,
    talks_from=date(2026, 8, 20),
    talked_on=dict.fromkeys(Side, TODAY),
    checked={Side.PARTICIPANT: 12, Side.MENTOR: 6},
)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 11, 21), []),
        (date(2026, 11, 22), [Attention(Reason.CHECK, date(2026, 11, 22), Side.MENTOR)]),
    ],
)
def test_the_coordinator_helps_a_week_after_the_week_of_the_statements(today, due) -> None:
    # The twelfth week begins on 9 November.
    assert attentions(CHECKED, WEEKLY, today=today) == due


@pytest.mark.parametrize(
    ("today", "week"), [(date(2026, 11, 8), None), (date(2026, 11, 9), 12), (TODAY, 12)]
)
def test_the_statements_are_open_from_the_first_day_of_their_week(today, week) -> None:
    assert check_open(CHECKED, WEEKLY, Side.MENTOR, today=today) == week


def test_who_missed_a_check_answers_the_latest_only() -> None:
    never = replace(CHECKED, checked={})

    assert check_open(never, WEEKLY, Side.MENTOR, today=TODAY) == 12
    assert check_after(never, WEEKLY, Side.MENTOR) == 6


def test_an_answer_that_asks_for_a_talk_is_more_pressing_than_a_quiet_rhythm_of_talks() -> None:
    asks = replace(
        CHECKED, talked_on={Side.MENTOR: TODAY}, offered_on={Side.PARTICIPANT: date(2026, 11, 20)}
    )

    first, *_ = attentions(asks, WEEKLY, today=TODAY)

    assert first == Attention(Reason.OFFER, date(2026, 11, 20), Side.PARTICIPANT)


@pytest.mark.parametrize("state", [MatchState.PAUSED, MatchState.CLOSED])
def test_nobody_is_reminded_of_a_match_that_rests_or_is_over(state) -> None:
    assert attention_on(replace(RUNNING, state=state), WEEKLY) is None


def test_the_most_pressing_reason_comes_first() -> None:
    everything = replace(
        RUNNING,
        last_meeting_on=date(2026, 10, 1),
        planned_end_on=date(2026, 12, 1),
        called_off=3,
        called_off_on=TODAY,
    )

    reasons = [one.reason for one in attentions(everything, WEEKLY, today=TODAY)]

    assert reasons == [Reason.CALLED_OFF, Reason.QUIET, Reason.ENDING]


def test_a_gap_is_judged_by_the_rhythm_of_the_day_itself() -> None:
    last_of_the_weekly_weeks = replace(RUNNING, last_meeting_on=date(2026, 11, 14))
    in_the_weekly_weeks = replace(RUNNING, last_meeting_on=date(2026, 10, 1))

    assert attention_on(last_of_the_weekly_weeks, THEN_MONTHLY) == date(2026, 12, 29)
    assert attention_on(in_the_weekly_weeks, THEN_MONTHLY) == date(2026, 10, 15)


def test_the_last_rhythm_goes_on_after_the_plan_and_the_first_holds_before_it() -> None:
    assert stretch_in(60, THEN_MONTHLY) == THEN_MONTHLY.stretches[1]
    assert stretch_in(0, THEN_MONTHLY) == THEN_MONTHLY.stretches[0]


def test_the_week_of_the_first_meeting_is_week_one() -> None:
    started = date(2026, 8, 24)

    assert [week_of(day, started_on=started) for day in (started, date(2026, 8, 31))] == [1, 2]


def test_care_follows_the_template_of_the_programme() -> None:
    care = care_of(load_template("de_tandem"))

    assert care == WEEKLY


@pytest.mark.parametrize(
    ("states", "number"),
    [
        ([], 0),
        (["held", "missed"], 0),
        (["missed", "cancelled", "held", "missed"], 2),
        (["missed", "cancelled", "missed"], 3),
    ],
)
def test_meetings_that_fell_through_are_counted_back_to_the_last_one_held(states, number) -> None:
    assert called_off_in_a_row(states) == number


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def said(dates, *, today=TODAY, care=WEEKLY):
    return [
        attention_sentence(one, dates, care, today=today)
        for one in attentions(dates, care, today=today)
    ]


@pytest.mark.parametrize(
    ("dates", "care", "sentence"),
    [
        (
            replace(RUNNING, last_meeting_on=date(2026, 10, 31)),
            WEEKLY,
            "No meeting for 23 days. The programme plans one every week.",
        ),
        (
            replace(RUNNING, last_meeting_on=date(2026, 10, 1)),
            replace(WEEKLY, stretches=(Stretch(1, 26, 45, 4),)),
            "No meeting for 53 days. The programme plans one every 4 weeks.",
        ),
        (
            replace(BEGINNING, agreed_on=date(2026, 11, 6)),
            WEEKLY,
            "Both said yes 17 days ago, on 6 November, and no first meeting is noted yet.",
        ),
        (
            replace(RUNNING, called_off=3, called_off_on=TODAY),
            WEEKLY,
            "3 meetings in a row did not take place.",
        ),
        (
            replace(RUNNING, planned_end_on=date(2026, 12, 12)),
            WEEKLY,
            "The planned time ends on 12 December. A closing talk takes some weeks to plan.",
        ),
        (
            replace(RUNNING, planned_end_on=date(2026, 11, 20)),
            WEEKLY,
            "The planned time ended on 20 November.",
        ),
    ],
)
def test_attention_is_said_with_its_date_and_its_rule(dates, care, sentence) -> None:
    assert said(dates, care=care) == [sentence]


def test_every_code_has_words() -> None:
    assert set(STATE_WORDS) == set(MatchState) == set(NEXT)
    assert set(MEETING_WORDS) == set(MeetingState) == set(NEXT_MEETING)
    assert set(GOAL_WORDS) == set(GoalState)
    assert set(CLOSE_WORDS) == set(CloseReason)


def test_a_meeting_in_words() -> None:
    assert [way_words("phone"), way_words("")] == ["By phone", ""]
    assert [topics_words(["health", "free_time"]), topics_words([])] == [
        "Free time, Health",
        "",
    ]
    assert [length_words(1), length_words(90)] == ["1 minute", "90 minutes"]


def test_a_meeting_is_told_in_the_language_of_the_page() -> None:
    with override("pl"):
        assert way_words("phone") == "Przez telefon"


def test_the_emergency_number_fits_the_country() -> None:
    assert [emergency_number(country) for country in ("PL", "CA", "AU")] == ["112", "911", "000"]
