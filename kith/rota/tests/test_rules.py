"""How days are laid out and shared."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kith.rota.rules.plan import Filled, Helper, Slot, days_from, reaches_far, share
from kith.rota.rules.words import filled_words

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
ANNA, BEN, CELA = UUID(int=1), UUID(int=2), UUID(int=3)


def visits(number):
    return [Slot(MONDAY + WEEK * week, "") for week in range(number)]


def test_days_follow_a_rhythm_that_changes_on_the_way() -> None:
    def every_weeks(day):
        return 1 if day < MONDAY + WEEK * 2 else 2

    found = list(days_from(MONDAY, 6, every_weeks=every_weeks))

    assert [(day - MONDAY).days // 7 for day in found] == [0, 1, 2, 4]


def test_the_last_week_is_the_last_one_asked_for() -> None:
    assert len(list(days_from(MONDAY, 4, every_weeks=lambda _day: 1))) == 4
    assert len(list(days_from(MONDAY, 4, every_weeks=lambda _day: 2))) == 2


def test_duties_go_round_in_the_order_in_which_people_came() -> None:
    helpers = [Helper(ANNA), Helper(BEN), Helper(CELA)]

    assert share(visits(5), helpers) == [ANNA, BEN, CELA, ANNA, BEN]


def test_whoever_did_fewest_comes_first_until_the_others_are_reached() -> None:
    helpers = [Helper(ANNA, done=2), Helper(BEN, done=0)]

    assert share(visits(4), helpers) == [BEN, BEN, ANNA, BEN]


def test_of_equal_numbers_whose_last_is_longest_ago_comes_first() -> None:
    helpers = [
        Helper(ANNA, done=1, last_on=MONDAY - timedelta(days=2)),
        Helper(BEN, done=1, last_on=MONDAY - timedelta(days=9)),
    ]

    assert share(visits(2), helpers) == [BEN, ANNA]


def test_a_role_goes_to_its_holder_and_while_they_rest_to_somebody_else() -> None:
    helpers = [
        Helper(ANNA),
        Helper(BEN, roles=frozenset({"health"}), away_until=MONDAY, done=9),
    ]
    slots = [Slot(MONDAY, "health"), Slot(MONDAY + timedelta(days=1), "health")]

    assert share(slots, helpers) == [ANNA, BEN]


def test_nobody_has_two_duties_on_one_day_while_others_have_none() -> None:
    helpers = [Helper(ANNA), Helper(BEN, done=5)]

    assert share([Slot(MONDAY, ""), Slot(MONDAY, "")], helpers) == [ANNA, BEN]


def test_when_everybody_rests_the_duty_stays_free() -> None:
    assert share(visits(1), [Helper(ANNA, away_until=MONDAY)]) == [None]
    assert share(visits(1), []) == [None]


@given(weeks=st.integers(1, 30), people=st.integers(1, 8))
def test_nobody_ever_has_two_more_visits_than_another(weeks, people) -> None:
    helpers = [Helper(UUID(int=number)) for number in range(people)]

    found = share(visits(weeks), helpers)

    numbers = [found.count(one.key) for one in helpers]
    assert sum(numbers) == weeks
    assert max(numbers) - min(numbers) <= 1
    assert found == share(visits(weeks), helpers)


def test_a_rota_reaches_far_enough_when_its_next_day_lies_behind_four_weeks() -> None:
    today = MONDAY

    assert reaches_far(today + WEEK * 3 + timedelta(days=1), today=today, every_weeks=1) is True
    assert reaches_far(today + WEEK * 3, today=today, every_weeks=1) is False
    assert reaches_far(today + WEEK * 3, today=today, every_weeks=2) is True
    assert reaches_far(None, today=today, every_weeks=1) is False


def test_the_state_of_four_weeks_is_said_in_words() -> None:
    last = MONDAY + WEEK * 2
    full = Filled(4, 0, 0, last, reaches=True)
    lacking = Filled(4, 1, 1, last, reaches=False)

    with override("en"):
        assert filled_words(full, MONDAY) == "All 4 duties of the next four weeks are taken."
        assert filled_words(lacking, MONDAY) == (
            "In the next four weeks 1 of 4 duties has nobody yet. "
            "For 1 of them somebody looks for a swap. "
            "The rota ends in 14 days, on 7 December."
        )
        assert filled_words(Filled(), MONDAY) == "No duty is laid out yet."
    assert full.is_complete
    assert not lacking.is_complete
