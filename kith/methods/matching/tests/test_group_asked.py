from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.matching.group.asked import TOGETHER, GroupRules, find_candidates
from kith.methods.matching.problem import Gate, Gates, Problem
from kith.methods.matching.score import GATE_BIT
from kith.methods.matching.tests.factories import problems, reject


def with_rejects(problem: Problem, cells: list[tuple[int, int]]) -> Problem:
    families, volunteers = problem.participants, problem.mentors
    if not families or not volunteers:
        return problem
    pairs = {
        (families[row % len(families)].id, volunteers[column % len(volunteers)].id)
        for row, column in cells
    }
    return replace(problem, decisions=tuple(reject(*pair) for pair in sorted(pairs)))


@given(problems(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_everyone_may_join_who_passes_the_gates_of_each_alone_and_was_not_rejected(problem, cells):
    found = find_candidates(with_rejects(problem, cells), GroupRules(), seed=0)

    fits, failed = found.scores.tables
    for gate in TOGETHER:
        failed = failed & ~np.uint16(GATE_BIT[gate])
    is_open = (failed == 0) & (found.capacity > 0)[None, :]
    for row, columns in found.rejected.items():
        is_open[row, columns] = False
    family, column = np.nonzero(is_open)
    assert found.column.tolist() == column.tolist()
    assert np.diff(found.start).tolist() == is_open.sum(axis=1).tolist()
    assert found.fit.tolist() == fits[family, column].tolist()
    assert [found.failed_of(row).tolist() for row in range(len(failed))] == failed.tolist()


@given(problems(), st.integers(1, 5))
def test_who_bridges_speaks_a_language_of_the_family_well_enough(problem, level):
    found = find_candidates(problem, GroupRules(bridge_level=level), seed=0)

    families, volunteers = found.problem.participants, found.problem.mentors
    for row, needs in enumerate(found.needs):
        for pair in found.pairs_of(row):
            theirs, ours = volunteers[found.column[pair]].languages, families[row].languages
            both = theirs.keys() & ours.keys()
            speaks = any(min(theirs[one], ours[one]) >= level for one in both)
            asked = needs.index("bridge") if "bridge" in needs else None
            assert asked is None or bool(found.covers[pair] >> asked & 1) == speaks


@pytest.mark.parametrize("gate", [Gate.AVAILABILITY, Gate.RANGE])
@given(problem=problems())
def test_gates_that_a_programme_switched_off_keep_nobody_from_a_group(gate, problem):
    found = find_candidates(replace(problem, gates=Gates(off={gate})), GroupRules(), seed=0)

    usual = find_candidates(replace(problem, gates=Gates()), GroupRules(), seed=0)
    assert len(found.column) >= len(usual.column)
