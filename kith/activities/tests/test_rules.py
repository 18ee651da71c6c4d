"""How activities repeat, who gets a place, and how it is said."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kith.activities.rules.plan import Rhythm, days_between, is_room, who_moves_up
from kith.activities.rules.words import places_words, when_words
from kith.activities.tests.factories import NOW, THURSDAY

FIRST = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.WEEKLY, [date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17)]),
        (Rhythm.FORTNIGHTLY, [date(2026, 12, 10)]),
        (Rhythm.EVERY_FOUR_WEEKS, []),
    ],
)
def test_the_days_of_a_rhythm_after_the_first(rhythm, days) -> None:
    assert list(days_between(FIRST, rhythm, after=FIRST, upto=date(2026, 12, 17))) == days


def test_days_go_on_in_step_with_the_first_however_late_one_looks() -> None:
    days = days_between(FIRST, Rhythm.FORTNIGHTLY, after=date(2027, 1, 1), upto=date(2027, 1, 31))

    assert list(days) == [date(2027, 1, 7), date(2027, 1, 21)]


def test_the_first_day_itself_belongs_to_the_days_when_one_looks_from_before() -> None:
    days = days_between(FIRST, Rhythm.WEEKLY, after=date(2026, 11, 25), upto=FIRST)

    assert list(days) == [FIRST]


def test_guests_need_places_too() -> None:
    assert is_room(3, 1, 1)
    assert not is_room(3, 1, 2)
    assert is_room(None, 400, 9)


def test_who_waits_moves_up_in_turn_and_nobody_overtakes() -> None:
    assert who_moves_up(4, 2, [0, 3, 0]) == [0]
    assert who_moves_up(4, 4, [0]) == []
    assert who_moves_up(None, 7, [2, 0]) == [0, 1]


@given(st.integers(1, 30), st.integers(0, 30), st.lists(st.integers(0, 9), max_size=8))
def test_moving_up_never_fills_more_than_the_places(places, taken, waiting) -> None:
    moved = who_moves_up(places, taken, waiting)

    assert moved == list(range(len(moved)))
    assert not moved or taken + sum(1 + waiting[number] for number in moved) <= places


def test_places_in_words() -> None:
    with translation.override("en"):
        assert places_words(None, 0) == "Everybody is welcome."
        assert places_words(None, 1) == "Everybody is welcome. 1 person comes so far."
        assert places_words(3, 2) == "1 of 3 places is free."
        assert places_words(3, 5) == "All places are taken. You can wait for one."


def test_the_time_in_words() -> None:
    with translation.override("en"):
        said = when_words(THURSDAY, 90, NOW.date())

    assert said == "Thursday, in 3 days, on 26 November, from 17:00 to 18:30"
