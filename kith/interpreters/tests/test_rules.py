"""States, dates, money and the text of this room."""

from datetime import date

import pytest

from kith.interpreters.rules import (
    GOING,
    NEXT,
    STATES,
    TEXT_LANGUAGES,
    BookingState,
    answer_due_on,
    confidentiality,
    cost_cents,
    in_money,
    may_become,
)


def test_nobody_is_present_before_saying_that_they_come() -> None:
    assert may_become(BookingState.ASKED, BookingState.DONE) is False
    assert may_become(BookingState.ACCEPTED, BookingState.DONE) is True


def test_every_state_goes_on_or_is_over_and_has_words() -> None:
    assert set(NEXT) == set(BookingState) == set(STATES)
    assert {BookingState.ASKED, BookingState.ACCEPTED} == GOING


@pytest.mark.parametrize(
    ("asked_on", "starts_on", "expected"),
    [
        (date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 5)),
        (date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 3)),
        (date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 2)),
    ],
)
def test_an_answer_is_due_after_three_days_or_the_day_before(asked_on, starts_on, expected) -> None:
    assert answer_due_on(asked_on, starts_on) == expected


@pytest.mark.parametrize(
    ("minutes", "rate", "expected"),
    [(60, 60_00, 60_00), (90, 60_00, 90_00), (20, 50_00, 16_67), (45, None, 0)],
)
def test_a_rate_for_an_hour_gives_the_cost_of_minutes(minutes, rate, expected) -> None:
    assert cost_cents(minutes, rate) == expected


def test_money_is_written_with_a_point_and_two_figures() -> None:
    assert (in_money(1234_05, "PLN"), in_money(5, "EUR"), in_money(0, "")) == (
        "1234.05 PLN",
        "0.05 EUR",
        "0.00",
    )


def test_the_promise_has_as_many_sentences_in_each_language() -> None:
    text = confidentiality()

    numbers = {language: len(text.sentences.say(language)) for language in TEXT_LANGUAGES}

    assert numbers == {"en": 8, "pl": 8, "ar": 8}
    assert len({text.title.say(language) for language in TEXT_LANGUAGES}) == 3
