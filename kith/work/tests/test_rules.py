"""The tables of transitions, and years in words."""

from datetime import date
from typing import Any

import pytest

from kith.work.rules import (
    ANSWER_OPEN,
    ASKS_NEXT_STEP,
    AWAITED,
    NEXT_OF_RECOGNITION,
    NEXT_OF_STAGE,
    OVER,
    PARTS,
    RECOGNITIONS,
    STAGES,
    WAYS,
    Part,
    Recognition,
    Stage,
    Way,
    is_overdue,
    may_become,
    may_move,
    years,
)

R, S = Recognition, Stage


def test_every_state_has_words_and_a_line_in_its_table() -> None:
    assert set(RECOGNITIONS) == set(NEXT_OF_RECOGNITION) == set(Recognition)
    assert set(STAGES) == set(NEXT_OF_STAGE) == set(Stage)
    assert (set(WAYS), set(PARTS)) == (set(Way), set(Part))


def test_from_where_one_begins_every_state_can_be_reached() -> None:
    begun: list[tuple[dict[Any, Any], Any]] = [
        (NEXT_OF_RECOGNITION, R.AT_HOME),
        (NEXT_OF_STAGE, S.PLANNED),
    ]
    for table, begin in begun:
        reached, ahead = {begin}, [begin]
        while ahead:
            following = set(table[ahead.pop()]) - reached
            reached |= following
            ahead += following
        assert reached == set(table)


def test_after_a_no_it_goes_on() -> None:
    assert all(NEXT_OF_RECOGNITION[state] for state in ASKS_NEXT_STEP)
    assert {R.PARTLY, R.NOT_RECOGNISED} == ASKS_NEXT_STEP


def test_an_answer_is_awaited_only_where_somebody_else_has_to_answer() -> None:
    assert {R.HANDED_IN} == AWAITED
    assert {S.SENT, S.INVITED} == ANSWER_OPEN
    assert {S.ACCEPTED, S.DECLINED, S.LET_GO} == OVER


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (R.AT_HOME, R.HANDED_IN, True),
        (R.AT_HOME, R.RECOGNISED, False),
        (R.RECOGNISED, R.AT_HOME, False),
        (R.NOT_RECOGNISED, R.HANDED_IN, True),
    ],
)
def test_recognition_takes_only_the_steps_of_the_table(before, after, allowed) -> None:
    assert may_become(before, after) is allowed


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [(S.SENT, S.INVITED, True), (S.PLANNED, S.OFFERED, False), (S.DECLINED, S.SENT, False)],
)
def test_applications_take_only_the_steps_of_the_table(before, after, allowed) -> None:
    assert may_move(before, after) is allowed


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        (date(2026, 11, 1), True),
        (date(2026, 11, 2), False),
        (date(2026, 11, 3), False),
        (None, False),
    ],
)
def test_an_answer_is_late_from_the_day_after(day, overdue) -> None:
    assert is_overdue(day, date(2026, 11, 2)) is overdue


@pytest.mark.parametrize(
    ("begun", "ended", "said"),
    [
        (2014, 2021, "2014–2021"),
        (2021, None, "2021–"),
        (2019, 2019, "2019"),
        (None, 2019, "2019"),
        (None, None, ""),
    ],
)
def test_years_stand_as_in_a_cv(begun, ended, said) -> None:
    assert years(begun, ended) == said
