from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rounds import arrays_of, make_round
from kith.methods.matching import shortlist as module
from kith.methods.matching import tables
from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.problem import SWITCHABLE, Gate, Gates, Problem, Weights
from kith.methods.matching.score import GATE_BIT, score
from kith.methods.matching.shortlist import Finder
from kith.methods.matching.tests import oracle
from kith.methods.matching.tests.factories import TODAY, problems


@pytest.fixture(scope="module", autouse=True, params=[True, False] if IS_COMPILED else [False])
def way_of_looking(request):
    """Compiled loops and tables of numpy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "IS_COMPILED", request.param)
        yield


@st.composite
def rounds(draw) -> Problem:
    """A round in which anything may be missing, nobody placed, or gates switched off."""
    problem = draw(problems(most=7))
    off = draw(st.frozensets(st.sampled_from(sorted(SWITCHABLE))))
    gates = Gates(off=off, records_required=draw(st.booleans()))
    if draw(st.booleans()):
        people = [
            [replace(one, lat=None, lon=None) for one in side]
            for side in (problem.participants, problem.mentors)
        ]
        problem = replace(problem, participants=people[0], mentors=people[1])
    return replace(problem, gates=gates)


def slow_lists(problem, *, most, floor=0, prices=None, above=None, rows=None):
    """The rules pair by pair, sorted by value and column: what a Finder must give."""
    lists = []
    for row, participant in enumerate(problem.participants):
        found = []
        for column, mentor in enumerate(problem.mentors):
            fit = sum(oracle.parts(participant, mentor).values())
            shut = oracle.failed(participant, mentor, problem) - problem.gates.off
            if problem.gates.records_required and None in (
                mentor.trained_until,
                mentor.checked_until,
            ):
                continue
            value = fit - (prices[column] if prices else 0)
            wanted = (above is None or value > above[row]) and (rows is None or row in rows)
            if not shut and fit >= floor and wanted:
                found.append((-value, column, fit))
        lists.append(sorted((column, fit) for _, column, fit in sorted(found)[:most]))
    return lists


def lists(found) -> list[list[tuple[int, int]]]:
    pairs = list(zip(found.column.tolist(), found.fit.tolist(), strict=True))
    return [pairs[a:b] for a, b in zip(found.start[:-1], found.start[1:], strict=True)]


def finder(problem, **more) -> Finder:
    return Finder(problem, *arrays_of(problem), closed=list(problem.excluded_cells()), **more)


@settings(max_examples=150, deadline=None)
@given(rounds(), st.integers(1, 8), st.sampled_from([0, 450_000, 700_000]))
def test_a_shortlist_holds_the_best_of_all_pairs(problem, most, floor) -> None:
    found = finder(problem, floor=floor).find(most=most)

    assert lists(found) == slow_lists(problem, most=most, floor=floor)


@settings(max_examples=100, deadline=None)
@given(rounds(), st.integers(1, 4), st.data())
def test_a_pass_with_prices_finds_every_pair_worth_more(problem, most, data) -> None:
    numbers = st.sampled_from([-3_000_000_000, -200_000, 0, 1, 300_000, 500_000, 10_000_000_000])
    prices = [data.draw(numbers) for _ in problem.mentors]
    above = [data.draw(numbers) for _ in problem.participants]
    rows = [row for row in range(len(problem.participants)) if data.draw(st.booleans())]

    found = finder(problem).find(
        most=most,
        prices=np.array(prices, dtype=np.int64),
        above=np.array(above, dtype=np.int64),
        rows=np.array(rows, dtype=np.int64),
    )

    assert lists(found) == slow_lists(problem, most=most, prices=prices, above=above, rows=rows)


@settings(max_examples=100, deadline=None)
@given(rounds(), st.sampled_from([0, 450_000]))
def test_every_pair_that_passes_is_counted(problem, floor) -> None:
    everyone = slow_lists(problem, most=99, floor=floor)

    assert finder(problem, floor=floor).count() == sum(map(len, everyone))


@settings(max_examples=50, deadline=None)
@given(rounds())
def test_one_row_has_the_fits_of_the_whole_table(problem) -> None:
    all_fits, all_failed = score(replace(problem, exclusions=frozenset())).tables

    for row in range(len(problem.participants)):
        fits, failed = finder(problem).fits_of(row)
        assert fits.tolist() == all_fits[row].tolist()
        excluded = GATE_BIT[Gate.EXCLUDED]
        assert (failed | excluded).tolist() == (all_failed[row] | excluded).tolist()


def dense_lists(problem, most: int, prices) -> list[list[tuple[int, int]]]:
    fits, failed = score(problem).tables
    values = np.where(failed == 0, fits - prices, -(1 << 60))
    order = np.argsort(-values, axis=1, kind="stable")[:, :most]
    return [
        sorted((at, int(fits[row, at])) for at in best.tolist() if not failed[row, at])
        for row, best in enumerate(order)
    ]


def with_marks(problem: Problem, most: int = 80) -> Problem:
    """The same with marks: more than fit into a word of 64 bits, most of them had by few."""
    names = [f"mark {number}" for number in range(most)]
    return replace(
        problem,
        participants=[
            replace(one, requires=frozenset(names[at % most : at % most + at % 3]))
            for at, one in enumerate(problem.participants)
        ],
        mentors=[
            replace(one, marks=frozenset(names[at % 7 :: 1 + at % 4]))
            for at, one in enumerate(problem.mentors)
        ],
    )


@pytest.fixture(scope="module")
def large() -> Problem:
    return make_round(900, seed=5)


@pytest.mark.parametrize("most", [1, 8, 32])
def test_a_large_round_gives_what_the_table_of_all_pairs_gives(large, most) -> None:
    prices = np.random.default_rng(most).integers(0, 400_000, len(large.mentors))

    found = finder(large).find(most=most, prices=prices)

    assert lists(found) == dense_lists(large, most, prices)


@pytest.mark.parametrize("off", sorted(SWITCHABLE))
def test_a_large_round_with_a_gate_switched_off(large, off) -> None:
    problem = replace(large, gates=Gates(off=frozenset({off})), weights=Weights(need=1, age=31))

    found = finder(problem).find(most=9)

    assert lists(found) == dense_lists(problem, 9, np.zeros(len(problem.mentors), dtype=int))
    assert finder(problem).count() == int((score(problem).tables[1] == 0).sum())


def test_a_large_round_in_which_many_require_marks(large) -> None:
    problem = with_marks(large)

    found = finder(problem).find(most=9)

    assert lists(found) == dense_lists(problem, 9, np.zeros(len(problem.mentors), dtype=int))
    assert finder(problem).count() == int((score(problem).tables[1] == 0).sum())
    assert 0 < finder(problem).count() < finder(large).count()


def with_many_words(problem: Problem, importance: int) -> Problem:
    """The same with more topics, interests and languages than one word holds, some important."""

    def words(at: int, most: int, value: int) -> dict[str, int]:
        step = 2 + at % 5
        return {f"word {number:02}": 1 + number % value for number in range(at % step, most, step)}

    def told(one, at: int, value: int):
        return replace(
            one,
            languages=words(at, 40, 5) if at % 9 else one.languages,
            topics=words(at + 1, 35, value) if at % 11 else {},
            interests=frozenset(words(at + 2, 70, 1)),
        )

    return replace(
        problem,
        participants=[told(one, at, importance) for at, one in enumerate(problem.participants)],
        mentors=[told(one, at, 4) for at, one in enumerate(problem.mentors)],
    )


@pytest.mark.parametrize("importance", [7, 8, 63])
def test_a_large_round_with_many_words(large, importance) -> None:
    problem = with_many_words(large, importance)

    found = finder(problem).find(most=9)

    assert lists(found) == dense_lists(problem, 9, np.zeros(len(problem.mentors), dtype=int))


def test_people_without_a_limit_are_compared_however_far_they_are(large) -> None:
    problem = replace(
        large,
        participants=[
            replace(one, max_km=None) if at % 3 else one
            for at, one in enumerate(large.participants)
        ],
        mentors=[
            replace(one, max_km=None) if at % 2 else one for at, one in enumerate(large.mentors)
        ],
    )

    found = finder(problem).find(most=6)

    assert lists(found) == dense_lists(problem, 6, np.zeros(len(problem.mentors), dtype=int))


def test_one_or_two_threads_give_the_same_bytes(large, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 64)

    one, two = (finder(large, threads=threads).find(most=16) for threads in (1, 2))

    assert [values.tobytes() for values in one] == [values.tobytes() for values in two]


def test_pairs_are_cut_in_between_when_they_grow_many(large, monkeypatch) -> None:
    whole = finder(large).find(most=1)

    monkeypatch.setattr(tables, "CELLS", 1)

    assert lists(finder(large).find(most=1)) == lists(whole)


def test_some_mentors_only(large) -> None:
    some = np.arange(0, len(large.mentors), 7)
    prices = np.full(len(large.mentors), 1 << 40)
    prices[some] = 0

    found = finder(large).find(most=4, columns=some)

    cheap = finder(large).find(most=4, prices=prices, above=np.full(len(large.participants), -1))
    assert lists(found) == lists(cheap)


def test_prices_of_any_size_are_looked_at() -> None:
    problem = make_round(40, seed=3)
    prices = np.where(np.arange(len(problem.mentors)) % 2, 0, 1 << 59)

    found = finder(problem).find(most=4, prices=prices)

    assert lists(found) == dense_lists(problem, 4, prices)


def test_pairs_that_somebody_closed_make_room_for_the_next_best() -> None:
    problem = Problem(participants=[], mentors=[], as_of=TODAY)
    problem = replace(make_round(60, seed=2), exclusions=frozenset())
    best = finder(problem).find(most=3)
    row = int(np.argmax(np.diff(best.start) == 3))
    closed = int(best.column[best.start[row]])

    found = Finder(problem, *arrays_of(problem), closed=[(row, closed)]).find(most=3)

    everyone = lists(finder(problem).find(most=99))[row]
    rest = sorted((-fit, column) for column, fit in everyone if column != closed)[:3]
    assert lists(found)[row] == sorted((column, -fit) for fit, column in rest)


def test_a_shortlist_of_nobody_is_refused(large) -> None:
    with pytest.raises(ValueError, match="0"):
        finder(large).find(most=0)
