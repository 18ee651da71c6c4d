import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from kith.methods.matching import assignment
from kith.methods.matching.assignment import (
    NOBODY,
    Ground,
    TooLargeForNow,
    best_set,
    check_size,
    most_matches,
    solve_stages,
)
from kith.methods.matching.tests.oracle import matchings


def ground_of(edges, capacity, locked=None) -> Ground:
    rows, columns = np.array(edges).shape
    return Ground(
        edges=np.array(edges, dtype=bool),
        capacity=np.array(capacity),
        locked=np.full(rows, NOBODY) if locked is None else np.array(locked),
        row_order=np.arange(rows),
        column_order=np.arange(columns),
    )


@st.composite
def small_rounds(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    table = st.lists(
        st.lists(st.integers(0, 4), min_size=columns, max_size=columns),
        min_size=rows,
        max_size=rows,
    )
    capacity = draw(st.lists(st.integers(0, 2), min_size=columns, max_size=columns))
    edges = np.array(draw(table)) > 0
    return edges, capacity, np.array(draw(table)), np.array(draw(table))


@settings(max_examples=300, deadline=None)
@given(small_rounds())
def test_two_stages_equal_the_best_of_all_sets_that_can_be(small_round) -> None:
    edges, capacity, first, second = small_round
    ground = ground_of(edges, capacity)

    holders, _ = solve_stages(ground, [("first", lambda: first), ("second", lambda: second)])

    def total(values, columns) -> int:
        return sum(int(values[row, one]) for row, one in enumerate(columns) if one != NOBODY)

    every = matchings(edges.tolist(), capacity)
    best = max((total(first, columns), total(second, columns)) for columns in every)
    assert (total(first, holders), total(second, holders)) == best


@settings(max_examples=100, deadline=None)
@given(small_rounds())
def test_the_most_matches_equal_the_largest_of_all_sets(small_round) -> None:
    edges, capacity, _, _ = small_round

    most = most_matches(ground_of(edges, capacity))

    sizes = (sum(one != NOBODY for one in columns) for columns in matchings(edges, capacity))
    assert most == max(sizes)


@pytest.mark.parametrize("seed", range(20))
def test_larger_rounds_equal_a_dense_assignment_of_scipy(seed) -> None:
    random = np.random.default_rng(seed)
    rows, columns = random.integers(20, 60, size=2)
    values = random.integers(1, 1_000_000, size=(rows, columns))
    edges, capacity = random.random((rows, columns)) < 0.2, random.integers(0, 3, size=columns)

    holders, (stage,) = solve_stages(ground_of(edges, capacity), [("worth", lambda: values)])

    places = np.repeat(np.where(edges, values, 0), capacity, axis=1)
    best = places[linear_sum_assignment(places, maximize=True)].sum()
    matched = holders != NOBODY
    assert values[matched, holders[matched]].sum() == best
    assert stage.gains.sum() + capacity @ stage.prices == best


def test_a_lock_keeps_its_place_and_the_rest_is_the_best_around_it() -> None:
    values = np.array([[9, 1], [9, 8]])
    edges = [[False, True], [True, True]]

    holders, _ = solve_stages(ground_of(edges, [1, 1], [1, NOBODY]), [("worth", lambda: values)])

    assert holders.tolist() == [1, 0]


def test_a_round_without_people_has_no_matches() -> None:
    ground = ground_of(np.zeros((0, 0)), np.zeros(0, dtype=int))

    holders, gains, prices = best_set(np.zeros((0, 0), dtype=int), ground.edges, ground)

    assert (holders.tolist(), gains.tolist(), prices.tolist()) == ([], [], [])


def test_a_round_that_does_not_fit_in_memory_is_refused_in_words(monkeypatch) -> None:
    monkeypatch.setattr(assignment, "LARGEST_TABLE", 3)

    with pytest.raises(TooLargeForNow, match="2 participants and 2 mentors are too many"):
        solve_stages(
            ground_of([[1, 1], [1, 1]], [1, 1]), [("worth", lambda: np.ones((2, 2), dtype=int))]
        )


def test_values_beyond_whole_numbers_of_the_machine_are_refused() -> None:
    with pytest.raises(TooLargeForNow):
        check_size(np.array([[2**57]]))
