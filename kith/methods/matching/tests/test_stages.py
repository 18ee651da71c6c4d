import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.stages import Ground, TooLarge, best_set, most_matches, solve_stages
from kith.methods.matching.tests.oracle import matchings


def ground_of(edges, capacity, locked=None) -> Ground:
    rows, columns = np.nonzero(np.array(edges))
    size = len(edges)
    return Ground(
        start=np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))]),
        column=columns.astype(np.int32),
        capacity=np.array(capacity, dtype=np.int64),
        locked=np.full(size, NOBODY) if locked is None else np.array(locked),
    )


def on_pairs(ground, table):
    """The values of a table at the pairs of the ground."""
    return lambda: np.array(table, dtype=np.int64)[ground.row, ground.column]


def holders_of(ground, chosen) -> list[int]:
    return np.append(ground.column, NOBODY)[chosen].tolist()


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

    wanted = [("first", on_pairs(ground, first)), ("second", on_pairs(ground, second))]
    chosen, _ = solve_stages(ground, wanted)

    def total(values, columns) -> int:
        return sum(int(values[row, one]) for row, one in enumerate(columns) if one != NOBODY)

    every = matchings(edges.tolist(), capacity)
    best = max((total(first, columns), total(second, columns)) for columns in every)
    held = holders_of(ground, chosen)
    assert (total(first, held), total(second, held)) == best


@settings(max_examples=100, deadline=None)
@given(small_rounds())
def test_the_most_matches_equal_the_largest_of_all_sets(small_round) -> None:
    edges, capacity, _, _ = small_round

    most = most_matches(ground_of(edges, capacity))

    sizes = (sum(one != NOBODY for one in columns) for columns in matchings(edges, capacity))
    assert most == max(sizes)


def test_places_of_locks_are_not_counted_twice() -> None:
    ground = ground_of([[True, False], [True, False]], [1, 0], [0, NOBODY])

    assert most_matches(ground) == 1


def test_counting_the_most_matches_leaves_the_pairs_as_they_are() -> None:
    ground = ground_of([[1, 0], [1, 1]], [1, 1], locked=[0, NOBODY])

    most_matches(ground)

    assert (ground.start.tolist(), ground.column.tolist()) == ([0, 1, 3], [0, 0, 1])


@pytest.mark.parametrize("seed", range(20))
def test_larger_rounds_equal_a_dense_assignment_of_scipy(seed) -> None:
    random = np.random.default_rng(seed)
    rows, columns = random.integers(20, 60, size=2)
    values = random.integers(1, 1_000_000, size=(rows, columns))
    edges, capacity = random.random((rows, columns)) < 0.2, random.integers(0, 3, size=columns)
    ground = ground_of(edges, capacity)

    chosen, (stage,) = solve_stages(ground, [("worth", on_pairs(ground, values))])

    places = np.repeat(np.where(edges, values, 0), capacity, axis=1)
    best = places[linear_sum_assignment(places, maximize=True)].sum()
    assert stage.values()[chosen[chosen != NOBODY]].sum() == best
    assert stage.gains.sum() + capacity @ stage.prices == best


def test_a_lock_keeps_its_place_and_the_rest_is_the_best_around_it() -> None:
    ground = ground_of([[False, True], [True, True]], [1, 1], [1, NOBODY])

    chosen, _ = solve_stages(ground, [("worth", on_pairs(ground, [[9, 1], [9, 8]]))])

    assert holders_of(ground, chosen) == [1, 0]


def test_a_round_without_people_has_no_matches() -> None:
    ground = ground_of(np.zeros((0, 0)), [])

    parts = best_set(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool), ground)

    assert [part.tolist() for part in parts] == [[], [], []]


def test_values_beyond_whole_numbers_of_the_machine_are_refused() -> None:
    ground = ground_of([[True]], [1])

    with pytest.raises(TooLarge):
        best_set(np.array([2**57]), np.ones(1, dtype=bool), ground)
