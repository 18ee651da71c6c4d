"""States, promises about time, codes and texts."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from kith.people.rules import Side
from kith.welcome.rules import codes, states, texts, words
from kith.welcome.rules.states import NEXT, OPEN, Deed, State

TODAY = date(2026, 11, 2)


def test_every_open_state_can_be_taken_back_and_nothing_follows_an_end() -> None:
    assert {State.RECEIVED, State.ASKED, State.PLANNED} == OPEN
    assert all(State.WITHDRAWN in NEXT[state] for state in OPEN)
    assert all(NEXT[state] == frozenset() for state in set(State) - OPEN)


def test_only_an_unanswered_question_can_lapse_and_only_for_mentors() -> None:
    assert [state for state in State if State.LAPSED in NEXT[state]] == [State.ASKED]
    assert {Side.MENTOR} == states.MAY_LAPSE


@pytest.mark.parametrize(
    ("state", "side", "days"),
    [
        (State.RECEIVED, Side.PARTICIPANT, 7),
        (State.RECEIVED, Side.MENTOR, 14),
        (State.ASKED, Side.MENTOR, 30),
    ],
)
def test_a_day_is_promised_in_every_open_state(state, side, days) -> None:
    assert states.due_on(state, side, today=TODAY) == TODAY + timedelta(days=days)


def test_after_a_talk_a_week_is_left_to_decide() -> None:
    talk = TODAY + timedelta(days=3)

    assert states.due_on(State.PLANNED, Side.MENTOR, today=TODAY, talk=talk) == date(2026, 11, 12)


def test_what_is_over_has_no_day() -> None:
    ended = {states.due_on(one, Side.MENTOR, today=TODAY) for one in set(State) - OPEN}

    assert ended == {None}


@pytest.mark.parametrize(
    ("state", "talk", "ours"),
    [
        (State.RECEIVED, None, True),
        (State.ASKED, None, False),
        (State.PLANNED, TODAY + timedelta(days=1), False),
        (State.PLANNED, TODAY, True),
        (State.PLANNED, TODAY - timedelta(days=1), True),
        (State.ACCEPTED, None, False),
    ],
)
def test_whose_turn_it_is(state, talk, ours) -> None:
    assert states.is_our_turn(state, talk=talk, today=TODAY) is ours


# ── Codes ────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_form_gives_the_same_code_and_another_form_another() -> None:
    first, again, other = codes.code_of("mark one"), codes.code_of("mark one"), codes.code_of("two")

    assert first == again != other
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{16}", first)


def test_a_code_is_understood_however_it_was_copied() -> None:
    assert codes.typed_code(" abcd-efgh 2345 ٢٣٤٥ ") == "ABCDEFGH23452345"


def test_what_is_kept_of_a_code_differs_between_organisations() -> None:
    code = codes.code_of("mark")
    kept = {codes.kept_code(uuid4(), code) for _ in range(3)}

    assert len(kept) == 3
    assert not any(code in one for one in kept)


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────


def test_every_deed_and_state_has_words_for_both_readers() -> None:
    assert set(words.DEEDS) == set(words.OWN_DEEDS) == set(words.ICONS) == set(Deed)
    assert set(words.STATES) == set(State)
    assert all(words.own_state(state, side) for state in State for side in Side)


def test_the_notices_say_the_days_of_the_clocks() -> None:
    for notice in (texts.notices().mentor, texts.notices().participant):
        for language in ("en", "pl", "ar"):
            days = re.findall(r"\d+", notice.how_long.say(language))
            assert days == [str(states.KEEP_WITHDRAWN.days), str(states.KEEP_DECIDED.days)]


def test_the_page_of_the_receipt_says_the_day_of_the_clock() -> None:
    said = words.own_promise(State.WITHDRAWN, Side.MENTOR, due_on=None, talk_at=None, today=TODAY)

    assert said == f"Everything you wrote is erased within {states.KEEP_WITHDRAWN.days} days."


def test_a_reason_that_a_later_text_dropped_is_told_as_another_reason() -> None:
    assert texts.reason_of(Side.MENTOR, "no such reason").key == "other"
    assert texts.reason_of(Side.MENTOR, "too_far").key == "too_far"


FORBIDDEN = re.compile(r"nationalit|citizen|ethnic|religio|faith|belief|skin|race\b", re.IGNORECASE)


def test_no_reason_for_a_no_is_about_what_someone_is() -> None:
    said = [
        text.say("en")
        for side in Side
        for reason in texts.letters().of(side)
        for text in (reason.label, reason.letter)
    ]

    assert len(said) > 20
    assert [sentence for sentence in said if FORBIDDEN.search(sentence)] == []


def test_the_promise_is_told_with_its_day_and_a_late_one_with_an_apology() -> None:
    later = words.own_promise(
        State.RECEIVED, Side.MENTOR, due_on=date(2026, 11, 9), talk_at=None, today=TODAY
    )
    late = words.own_promise(
        State.RECEIVED, Side.MENTOR, due_on=date(2026, 10, 30), talk_at=None, today=TODAY
    )

    assert later == "You hear from us at the latest in 7 days, on 9 November."
    assert late == (
        "We promised an answer 3 days ago, on 30 October. We are late, and we are sorry."
    )


def test_only_mentors_are_told_of_a_last_day_for_their_answer() -> None:
    due = date(2026, 12, 2)
    of = {
        side: words.own_promise(State.ASKED, side, due_on=due, talk_at=None, today=TODAY)
        for side in Side
    }

    assert "2 December" in of[Side.MENTOR]
    assert of[Side.PARTICIPANT] == "Answer below whenever you can. You may also call us."


def test_a_talk_is_told_in_the_time_of_this_place() -> None:
    at = datetime(2026, 11, 4, 16, tzinfo=UTC)

    with translation.override("en"):
        assert words.talk_words(at, TODAY) == "in 2 days, on 4 November, at 17:00"
