"""A floor for groups: nobody is lost, no place is given twice, no worst share gets worse."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from kith.methods.matching import fair
from kith.methods.matching.fair import language_groups, raise_floor
from kith.methods.matching.problem import BadProblem, Problem
from kith.methods.matching.profile import Participant
from kith.methods.matching.settings import Waiting
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import lock, open_round

NO_WAITING = Waiting(per_day=0)


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch) -> None:
    monkeypatch.setattr(fair, "LEAST", 1)


def round_of(fits, **changes) -> Problem:
    given = open_round(fits, changes.pop("capacity", None))
    return Problem(
        participants=given.participants,
        mentors=given.mentors,
        as_of=given.as_of,
        weights=given.weights,
        **changes,
    )


def test_a_group_that_is_badly_off_gets_its_share() -> None:
    plain = solve(round_of([[40, 10], [50, 30]]), waiting=NO_WAITING)

    found = raise_floor(plain, {"a": ["P0"], "b": ["P1"]}, floor=0.5)

    # The best sum is 40 + 30; alone P1 could have 50.
    assert plain.total_fit == 700_000
    assert [(one.name, one.people, one.before) for one in found.shares] == [
        ("b", 1, 0.6),
        ("a", 1, 1.0),
    ]
    assert found.pairs == plain.pairs


def test_the_floor_is_kept_by_another_set_of_as_many_matches() -> None:
    plain = solve(round_of([[40, 20], [60, 34]]), waiting=NO_WAITING)

    found = raise_floor(plain, {"a": ["P0"], "b": ["P1"]}, floor=0.55)

    assert {one.name: round(one.before, 3) for one in found.shares} == {"a": 0.5, "b": 1.0}
    assert {one.name: round(one.after, 3) for one in found.shares} == {"a": 1.0, "b": 0.567}
    assert len(found.pairs) == len(plain.pairs) == 2
    assert found.total_fit == 740_000


@pytest.mark.parametrize("seed", range(25))
def test_nobody_is_lost_and_no_set_has_a_better_worst_share(seed) -> None:
    random = np.random.default_rng(seed)
    fits = random.integers(0, 30, (5, 3)) * (random.random((5, 3)) < 0.8)
    problem = round_of(fits.tolist(), capacity=random.integers(1, 3, 3).tolist())
    plain = solve(problem, waiting=NO_WAITING)
    groups = {"a": ["P0", "P1"], "b": ["P2", "P3"], "c": ["P3", "P4"]}

    found = raise_floor(plain, groups, floor=1.0)

    held = Counter(one.mentor for one in found.pairs)
    assert len(found.pairs) == len(plain.pairs)
    assert all(held[one.id] <= one.capacity for one in problem.mentors)
    assert all(
        one.fit == fits[int(one.participant[1])][int(one.mentor[1])] * 10_000 for one in found.pairs
    )
    worst = min(one.after for one in found.shares)
    assert worst <= found.possible + 1e-6
    assert worst >= min(one.before for one in found.shares) - 1e-9
    assert best_worst_share(problem, fits, groups, len(plain.pairs)) <= found.possible + 1e-6


def best_worst_share(problem, fits, groups, matched) -> float:
    """Of every set of as many matches, by trying all of them."""

    def fit_sum(choice, ids) -> int:
        return sum(
            int(fits[int(one[1])][choice[int(one[1])]]) for one in ids if choice[int(one[1])] >= 0
        )

    every = []
    for choice in product(range(-1, 3), repeat=5):
        taken = [column for column in choice if column >= 0]
        open_pairs = all(column < 0 or fits[row][column] for row, column in enumerate(choice))
        fitting = all(taken.count(c) <= one.capacity for c, one in enumerate(problem.mentors))
        if open_pairs and fitting:
            every.append(choice)
    alone = {}
    for name, ids in groups.items():
        rows = {int(one[1]) for one in ids}
        own = [
            c for c in every if all(column < 0 for row, column in enumerate(c) if row not in rows)
        ]
        alone[name] = max((sum(x >= 0 for x in c), fit_sum(c, ids)) for c in own)[1]
    largest = [c for c in every if sum(x >= 0 for x in c) == matched]
    return max(
        min(fit_sum(c, ids) / max(1e-9, alone[name]) for name, ids in groups.items())
        for c in largest
    )


def test_locks_are_kept() -> None:
    plain = solve(round_of([[40, 20], [60, 34]], decisions=(lock("P1", "M0"),)), waiting=NO_WAITING)

    found = raise_floor(plain, {"a": ["P0"], "b": ["P1"]}, floor=1.0)

    assert [(one.participant, one.mentor, one.locked) for one in found.pairs] == [
        ("P0", "M1", False),
        ("P1", "M0", True),
    ]


def test_groups_of_few_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(fair, "LEAST", 10)
    plain = solve(round_of([[40, 20], [60, 34]]))

    with pytest.raises(BadProblem):
        raise_floor(plain, {"a": ["P0", "P1"]})


def test_language_groups_hold_who_speaks_it_best_and_are_large() -> None:
    people = [Participant(id=f"U{one}", languages={"uk": 5, "pl": 2}) for one in range(10)]
    people += [Participant(id=f"B{one}", languages={"uk": 5, "ru": 5}) for one in range(2)]
    people += [Participant(id=f"P{one}", languages={"pl": 4}) for one in range(9)]
    people += [Participant(id="S")]

    groups = language_groups(people, least=10)

    assert {name: len(ids) for name, ids in groups.items()} == {"uk": 12}
