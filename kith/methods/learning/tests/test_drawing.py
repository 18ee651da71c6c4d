"""Drawing is chance that can be repeated."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.questions.drawing import draw, list_of_gap, shown
from kith.methods.learning.questions.schema import Item, Ordering
from kith.methods.learning.tests.factories import (
    en,
    essay,
    gapped,
    matching,
    numeric,
    ordering,
    single,
)

BANK = [single(key=f"q{number}") for number in range(20)]


def keys(*arguments, **named):
    return [one.key for one in draw(*arguments, **named)]


def test_the_same_seed_draws_the_same_and_another_one_others() -> None:
    first = keys(BANK, count=8, seed="one")

    assert keys(BANK, count=8, seed="one") == first
    assert keys(BANK, count=8, seed="two") != first
    assert len(set(first)) == 8


def test_the_order_of_the_bank_does_not_matter() -> None:
    assert keys(BANK[::-1], count=8, seed="one") == keys(BANK, count=8, seed="one")


def test_a_second_attempt_has_other_questions_while_there_are_any() -> None:
    first = keys(BANK, count=8, seed="one")
    second = keys(BANK, count=8, seed="two", seen=first)
    third = keys(BANK, count=8, seed="three", seen=first + second)

    assert not set(first) & set(second)
    assert len(set(third) - set(first) - set(second)) == 4


def test_a_small_bank_gives_all_it_has_and_no_open_question() -> None:
    assert sorted(keys([*BANK[:2], essay()], count=8, seed="one")) == ["q0", "q1"]


def test_every_question_is_drawn_about_equally_often() -> None:
    times = {one.key: 0 for one in BANK}
    for number in range(500):
        for key in keys(BANK, count=5, seed=f"seed {number}"):
            times[key] += 1

    assert min(times.values()) > 85
    assert max(times.values()) < 165


def test_options_and_right_sides_are_mixed_unless_the_question_forbids_it() -> None:
    orders = {shown(single(), seed=str(number)) for number in range(60)}

    assert orders == set(permutations("abc"))
    assert shown(single(shuffle=False), seed="x") == ("a", "b", "c")
    assert sorted(shown(matching(), seed="x")) == ["a", "c", "d"]
    assert shown(matching(shuffle=False), seed="x") == ("a", "c", "d")
    assert shown(numeric(), seed="x") == ()


@given(st.text(max_size=5), st.integers(2, 6))
def test_an_order_never_stands_in_the_right_one(seed, size) -> None:
    items = tuple(Item(str(at), en(str(at))) for at in range(size))
    question = Ordering(key="o", stem={}, items=items)

    found = shown(question, seed=seed)

    assert sorted(found) == [one.key for one in items]
    assert list(found) != [one.key for one in items]


def test_an_order_that_looks_right_is_turned_further() -> None:
    same_twice = ordering(items=(Item("a", en("x")), Item("b", en("x")), Item("c", en("y"))))

    for number in range(40):
        found = shown(same_twice, seed=str(number))
        assert [found.index("c")] != [2]


def test_an_order_that_cannot_be_wrong_stays() -> None:
    alike = ordering(items=(Item("a", en("x")), Item("b", en("x"))))

    assert sorted(shown(alike, seed="s")) == ["a", "b"]
    assert shown(ordering(items=(Item("a", en("x")),)), seed="s") == ("a",)
    assert shown(ordering(items=()), seed="s") == ()


def test_the_list_of_a_gap_is_mixed_and_a_typed_gap_has_none() -> None:
    question = gapped()
    gap = question.gaps[0]
    twice = replace(gap, answers=gap.answers * 2)

    assert sorted(list_of_gap(question, twice, "en", seed="s")) == ["guess", "saw"]
    assert list_of_gap(gapped(shuffle=False), gap, "pl", seed="s") == ("saw", "guess")
    assert list_of_gap(question, question.gaps[1], "en", seed="s") == ()
