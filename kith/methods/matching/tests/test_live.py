"""A live round against scipy's dense solver, after everything people do to it."""

import numpy as np
import pytest

from kith.methods.matching import listing
from kith.methods.matching.live import Live
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.live_rounds import (
    ACTS,
    best_value,
    random_round,
    value_of_pairs,
)


def assert_best(live: Live) -> None:
    assert live.value == best_value(live) == value_of_pairs(live)
    assert live.value == live._network.value == live._network.dual
    assert live.matched == len(list(live.pairs()))


@pytest.mark.parametrize("is_whole", [True, False])
@pytest.mark.parametrize("floor", [0.0, 0.4])
def test_after_every_act_the_value_is_that_of_a_solve_from_the_beginning(
    monkeypatch, is_whole, floor
) -> None:
    monkeypatch.setattr(listing, "WHOLE_CELLS", 2_000_000 if is_whole else 0)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        live = Live.of(solve(random_round(rng), floor=floor))
        assert_best(live)

        for _ in range(8):
            ACTS[int(rng.integers(len(ACTS)))](live, rng)

            assert_best(live)
