"""Some families' groups as a whole-number programme, solved by HiGHS: families first, then fit.

For each option (a family at one time of the week) the model says whether the group meets, and
for each volunteer who could join whether they do. A separate set of rows for each option keeps
its linear relaxation close to the whole-number optimum. Source: Huangfu and Hall 2018 (HiGHS,
through scipy).
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from kith.methods.matching.group.asked import Candidates
from kith.methods.matching.group.times import Options
from kith.methods.matching.profile import Ints

LOCKED, SERVED, FIT = "locked", "served", "fit"
ROUNDING = 1e-9
"""Relative error of a bound that was calculated in doubles."""

Rule = tuple[Any, Any, Any]
"""A sparse table over joins and options, and the least and the most of each of its rows."""


class Chosen(NamedTuple):
    """Who joins, and how far from the best this can be at most.

    pairs         candidate pairs, ascending
    served_bound  no groups serve more families
    fit_bound     no groups that serve as many families have a higher total fit
    optimal       both bounds are reached
    """

    pairs: Ints
    served_bound: int
    fit_bound: int
    optimal: bool


@dataclass(frozen=True, eq=False)
class Part:
    """Options (o) and joins (q) that share volunteers among themselves only.

    pair (q,), option (q,), column (q,)   one join: this pair, in the group of this option of
                                          the part, with this volunteer
    row (o,)                              the family of each option
    """

    pair: Ints
    option: Ints
    column: Ints
    row: Ints


class _Found(NamedTuple):
    """0 or 1 for each join and option, and what no other such choice can exceed."""

    best: Ints
    bound: int


def make_part(candidates: Candidates, options: Options, joins: Ints) -> Part:
    """The part of some joins, by their number in `options`; they become numbers of its own."""
    here, option = np.unique(options.option[joins], return_inverse=True)
    pair = options.pair[joins]
    return Part(pair, option, candidates.column[pair], options.family[here])


def solve_part(candidates: Candidates, part: Part, places: Ints, *, seconds: float) -> Chosen:
    """One aim after the other; what was reached before is never given up.

    places   (m,) groups each volunteer may join without a lock
    seconds  for all aims together; when they run out, the best so far with honest bounds
    """
    until = time.monotonic() + seconds
    rules = [_rules(candidates, part, places)]
    best = np.zeros(len(part.pair) + len(part.row), dtype=np.int64)
    bounds, optimal = dict[str, int](), True
    for name, weights in _aims(candidates, part):
        found = _most(weights, rules, best, seconds=until - time.monotonic())
        best, bounds[name] = found.best, found.bound
        reached = int(weights @ best)
        optimal &= reached == found.bound
        rules.append(LinearConstraint(csr_array(weights[None, :]), reached, np.inf))
    joined = best[: len(part.pair)] == 1
    return Chosen(part.pair[joined], bounds[SERVED], bounds[FIT], optimal)


def _aims(candidates: Candidates, part: Part) -> Iterator[tuple[str, Ints]]:
    """What to have as much of as possible, whole numbers for each join and option, in order."""
    locked = np.zeros_like(part.row)
    locked[part.option[candidates.locked[part.pair]]] = 1
    joins, options = np.zeros_like(part.pair), np.zeros_like(part.row)
    if locked.any():
        yield LOCKED, np.concatenate([joins, locked])
    yield SERVED, np.concatenate([joins, options + 1])
    yield FIT, np.concatenate([candidates.fit[part.pair], options])


def _most(weights: Ints, rules: list[LinearConstraint], best: Ints, *, seconds: float) -> _Found:
    """As much of one aim as the rules allow; `best` is what is known to keep them."""
    if seconds <= 0:
        return _Found(best, int(weights.sum()))
    scale = max(1, int(weights.max(initial=0)))
    found = milp(
        -weights / scale,
        integrality=np.ones(len(weights)),
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    bound = int(weights.sum())
    if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
        bound = math.floor(-found.mip_dual_bound * scale * (1 + ROUNDING) + ROUNDING)
    if found.x is not None:
        other = np.rint(found.x).astype(np.int64)
        best = other if weights @ other >= weights @ best else best
    return _Found(best, max(bound, int(weights @ best)))


def _rules(candidates: Candidates, part: Part, places: Ints) -> LinearConstraint:
    """Sizes, needs, places, one time for each family, nobody in a group that does not meet."""
    rules, options = candidates.rules, len(part.row)
    members, once = _sum_by(part.option, options), eye_array(options)
    blocks = [
        (hstack([members, -rules.smallest * once]), 0, np.inf),
        (hstack([members, -rules.largest * once]), -np.inf, 0),
        *_needs_met(candidates, part, members),
        _within_places(candidates, part, places),
        _one_time(part),
        _only_with_the_group(candidates, part, members),
    ]
    table = vstack([block for block, _, _ in blocks], format="csc")
    lower, upper = (
        np.concatenate([np.broadcast_to(block[side], block[0].shape[0]) for block in blocks])
        for side in (1, 2)
    )
    return LinearConstraint(table, lower, upper)


def _sum_by(group: Ints, size: int) -> csr_array:
    """(size, k) table of ones that sums k entries by their group."""
    return csr_array((np.ones(len(group)), (group, np.arange(len(group)))), (size, len(group)))


def _needs_met(candidates: Candidates, part: Part, members: csr_array) -> Iterator[Rule]:
    """Somebody for each need of each family whose group meets."""
    covers = candidates.covers[part.pair]
    asked = np.array([len(candidates.needs[row]) for row in part.row])
    for need in range(int(asked.max(initial=0))):
        able = members * ((covers >> need) & 1)[None, :]
        table = hstack([able, -eye_array(len(asked))], format="csr")
        yield table[np.flatnonzero(asked > need)], 0, np.inf


def _within_places(candidates: Candidates, part: Part, places: Ints) -> Rule:
    """Locked places are kept whether their group meets or not."""
    columns, at = np.unique(part.column, return_inverse=True)
    taken = _sum_by(at, len(columns)) * ~candidates.locked[part.pair][None, :]
    table = hstack([taken, csr_array((len(columns), len(part.row)))])
    return table, -np.inf, places[columns]


def _one_time(part: Part) -> Rule:
    """Each family's group meets at one of its times at most."""
    families, at = np.unique(part.row, return_inverse=True)
    before = csr_array((len(families), len(part.pair)))
    return hstack([before, _sum_by(at, len(families))]), -np.inf, 1


def _only_with_the_group(candidates: Candidates, part: Part, members: csr_array) -> Rule:
    """Nobody joins a group that does not meet; everyone locked joins one that does."""
    table = hstack([eye_array(len(part.pair)), -members.T])
    return table, np.where(candidates.locked[part.pair], 0, -np.inf), 0
