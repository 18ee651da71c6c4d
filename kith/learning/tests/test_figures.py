"""Difficulty and discrimination from sums equal what the answers themselves give."""

from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kith.learning.rules.figures import (
    LEAST,
    Sums,
    badness,
    difficulty,
    difficulty_words,
    discrimination,
    discrimination_words,
)

POINT = some.sampled_from([0.0, 0.25, 0.5, 1.0])
REST = some.integers(0, 20).map(lambda part: part / 20)


def sums_of(answers):
    return Sums(
        len(answers),
        sum(own for own, _ in answers),
        sum(own**2 for own, _ in answers),
        sum(rest for _, rest in answers),
        sum(rest**2 for _, rest in answers),
        sum(own * rest for own, rest in answers),
    )


@given(some.lists(some.tuples(POINT, REST), min_size=LEAST, max_size=60))
def test_the_correlation_is_that_of_the_answers(answers) -> None:
    own, rest = zip(*answers, strict=True)

    found = discrimination(sums_of(answers))

    if len(set(own)) == 1 or len(set(rest)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(correlation(own, rest), abs=1e-7)


def test_at_ten_answers_there_is_a_figure_and_at_nine_none() -> None:
    ten = [(1.0, 0.9), (0.0, 0.1)] * 5

    assert (difficulty(sums_of(ten)), discrimination(sums_of(ten))) == (0.5, 1.0)
    assert (difficulty(sums_of(ten[:9])), discrimination(sums_of(ten[:9]))) == (None, None)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "too few answers yet"),
        (0.9, "most know it"),
        (0.89, "some know it"),
        (0.41, "some know it"),
        (0.4, "few know it"),
    ],
)
def test_the_words_beside_the_difficulty(share, said) -> None:
    assert str(difficulty_words(share)) == said


@pytest.mark.parametrize(
    ("share", "number", "said"),
    [
        (None, 9, "too few answers yet"),
        (None, 10, "does not tell learners apart"),
        (0.09, 10, "does not tell learners apart"),
        (-0.09, 10, "does not tell learners apart"),
        (0.1, 10, "tells learners apart"),
        (-0.1, 10, "those who know the rest get it wrong"),
    ],
)
def test_the_words_beside_the_discrimination(share, number, said) -> None:
    assert str(discrimination_words(share, number=number)) == said


def test_the_worst_is_the_one_that_goes_against_the_rest_and_too_few_come_last() -> None:
    good = sums_of([(1.0, 0.9), (0.0, 0.1)] * 6)
    flat = sums_of([(1.0, 0.9), (1.0, 0.1)] * 6)
    against = sums_of([(0.0, 0.9), (1.0, 0.1)] * 6)
    few = sums_of([(0.0, 0.9), (1.0, 0.1)])

    assert sorted([few, good, flat, against], key=badness) == [against, flat, good, few]
