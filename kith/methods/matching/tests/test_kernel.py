import numpy as np
import pytest

from bench.rounds import arrays_of, make_round
from kith.methods.matching import shortlist
from kith.methods.matching.shortlist import Finder
from kith.methods.matching.tests.test_shortlist import with_marks


@pytest.mark.parametrize("most", [1, 5, 40])
def test_loops_and_tables_give_the_same_bytes(most, monkeypatch) -> None:
    problem = with_marks(make_round(70, seed=most))
    prices = np.random.default_rng(most).integers(0, 3, len(problem.mentors)) * 200_000
    found, counted = [], []

    for compiled in (True, False):
        monkeypatch.setattr(shortlist, "IS_COMPILED", compiled)
        finder = Finder(problem, *arrays_of(problem), closed=problem.excluded_cells())
        found.append([one.tobytes() for one in finder.find(most=most, prices=prices)])
        counted.append(finder.count())

    assert found[0] == found[1]
    assert counted[0] == counted[1] > 70
