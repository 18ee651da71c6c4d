"""A floor for groups: each gets at least such a share of what it could get if it were alone.

Groups are a measure over many people (ten or more), made of what many have in common, such as a
language they speak; being in one is never a criterion of a person. With multipliers on the fits
of groups that are badly off, the best matches become those of a round that keeps the floor; a
small linear programme over the matches found so far gives the multipliers, and ends with a mix of
a few sets of matches. One set is then put together from them, and nobody loses a match.
Source: Dantzig and Wolfe 1960 (decomposition); Freund et al. 2023 (group floors in resettlement).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.problem import FULL_FIT, BadProblem
from kith.methods.matching.profile import Bools, Ints, Participant
from kith.methods.matching.result import Pair, Result
from kith.methods.matching.stages import LARGEST_WORTH, best_set

LEAST = 10
"""People in a group that is looked at; fewer would be about persons."""
FLOOR = 0.86
FINEST, COARSEST = 1_000, 10
"""Multipliers of fits are whole numbers of so many parts, or of fewer in very large rounds."""
PENALTY = 2.0
"""What a missing share costs, in total values: enough to be the last thing given up."""
ROUNDS = 80
CLOSE = 1e-6
NODES = 500
"""Steps of the search that puts one set of matches together; a count, so that no clock decides."""

Table = Any


@dataclass(frozen=True)
class GroupShare:
    """What a group gets, as a share of what it could get alone: before and with the floor."""

    name: str
    people: int
    before: float
    after: float


@dataclass(frozen=True)
class Floored:
    """Matches with a floor for groups.

    pairs       in the order of the participants; as many as before
    shares      the worst served group (before) first
    total_fit   of these pairs
    possible    the worst share that a mix of sets of matches reaches on the listed pairs, or the
                floor if that is lower: no single set has a better worst share up to the floor
    """

    pairs: tuple[Pair, ...]
    shares: tuple[GroupShare, ...]
    total_fit: int
    possible: float


class _Round(NamedTuple):
    """What stays the same: member (g, n), alone (g,) fits, value (e,) of a pair, fit (e,)."""

    result: Result
    member: Bools
    alone: Ints
    value: Ints
    fit: Ints


class _Set(NamedTuple):
    """One set of matches: (n,) pairs or NOBODY, its value, (g,) the shares of the groups."""

    chosen: Ints
    value: int
    shares: Any


def language_groups(
    participants: Sequence[Participant], *, least: int = LEAST
) -> dict[str, frozenset[str]]:
    """Ids by the language people speak best (several when equal); groups of `least` or more."""
    found: dict[str, set[str]] = {}
    for person in participants:
        best = max(person.languages.values(), default=0)
        for language, level in person.languages.items():
            if level == best:
                found.setdefault(language, set()).add(person.id)
    return {name: frozenset(ids) for name, ids in sorted(found.items()) if len(ids) >= least}


def raise_floor(
    result: Result, groups: Mapping[str, Collection[str]], *, floor: float = FLOOR
) -> Floored:
    """The matches with the highest value at which every group has its share, or nearly.

    result  a solved round with the objective "sum"; its locks and listed pairs are kept
    groups  ids of the participants by name, LEAST or more in each; they may overlap
    floor   0..1, the wanted share of the sum of fits that the group could get alone; where it
            cannot be reached for all, the worst share is as high as it can be
    raises  BadProblem
    """
    if not 0 <= floor <= 1:
        raise BadProblem("the floor must be from 0 to 1")
    if any(len(set(ids)) < LEAST for ids in groups.values()):
        raise BadProblem(f"a group has {LEAST} people or more")
    given = _round(result, groups)
    before = _measured(given, result.outcome.chosen)
    sets = [before]
    mix, missing = np.ones(1), 0.0
    if len(groups) and before.shares.min() < floor:
        sets, mix, missing = _mixed(given, before, floor)
    # The worst share of any one set that is among them cannot get worse.
    safe = [before, max(sets, key=lambda one: one.shares.min(initial=1.0))]
    used = [one for one, part in zip(sets, mix, strict=True) if part > CLOSE]
    best = before if len(sets) == 1 else _put_together(given, used + safe, floor=floor - missing)
    return _told(given, list(groups), before, best, possible=floor - missing)


def _round(result: Result, groups: Mapping[str, Collection[str]]) -> _Round:
    outcome = result.outcome
    rows = outcome.problem.participant_rows
    member = np.zeros((len(groups), len(rows)), dtype=bool)
    for number, ids in enumerate(groups.values()):
        member[number, [outcome.problem.row(one) for one in ids]] = True
    bonus = outcome.averted - int(outcome.averted.min(initial=0))
    fit = outcome.fit.astype(np.int64)
    blank = _Round(result, member, np.ones(len(groups), dtype=np.int64), fit, fit)
    alone = [_fits(blank, _best(blank, only=one))[number] for number, one in enumerate(member)]
    value = fit + bonus[outcome.ground.row]
    return blank._replace(alone=np.maximum(1, np.array(alone, dtype=np.int64)), value=value)


def _best(given: _Round, *, only: Bools | None = None, extra: Any = None) -> Ints:
    """The best matches (n,): most people, then value; `extra` (n,) is added to the part of fits."""
    ground = given.result.outcome.ground
    more = np.zeros(len(ground.locked)) if extra is None else extra
    # Points as fine as whole numbers of 64 bits allow, so that one match outweighs them all.
    most = LARGEST_WORTH // (4 * (len(ground.locked) + 1) * (int(given.value.max(initial=0)) + 1))
    more = np.minimum(more, most // COARSEST)
    scale = max(1, min(FINEST, int(most / (2 + float(more.max(initial=0))))))
    points = scale * given.value + np.rint(scale * more).astype(np.int64)[ground.row] * given.fit
    weights = points + (len(ground.locked) + 1) * (int(points.max(initial=0)) + 1)
    if only is not None:
        weights = np.where(only[ground.row], weights, 0)
    return best_set(weights, np.ones(len(points), dtype=bool), ground)[0]


def _fits(given: _Round, chosen: Ints) -> Ints:
    """(g,) sum of fits of each group."""
    fits = np.append(given.fit, 0)[chosen]
    sums: Ints = given.member.astype(np.int64) @ fits
    return sums


def _measured(given: _Round, chosen: Ints) -> _Set:
    value = int(np.append(given.value, 0)[chosen].sum())
    return _Set(chosen, value, _fits(given, chosen) / given.alone)


def _mixed(given: _Round, first: _Set, floor: float) -> tuple[list[_Set], Any, float]:
    """Sets of matches, the part of each in the best mix, and by how much it misses the floor."""
    sets, whole = [first], max(1, first.value)
    while True:
        parts, missing, prices, worth = _mix(sets, whole, floor)
        extra = whole * (prices / given.alone) @ given.member
        found = _measured(given, _best(given, extra=extra))
        gain = found.value / whole + float(prices @ found.shares) - worth
        if gain <= CLOSE or len(sets) >= ROUNDS:
            return sets, parts, missing
        sets.append(found)


def _mix(sets: Sequence[_Set], whole: int, floor: float) -> tuple[Any, float, Any, float]:
    """The best mix of some sets: its parts, what is missing, (g,) prices of shares, its worth."""
    values = np.array([one.value / whole for one in sets])
    shares = np.array([one.shares for one in sets]).T
    groups = len(shares)
    found = linprog(
        np.append(-values, PENALTY),
        A_ub=np.hstack([-shares, -np.ones((groups, 1))]),
        b_ub=np.full(groups, -floor),
        A_eq=np.append(np.ones(len(sets)), 0)[None, :],
        b_eq=[1],
        bounds=(0, None),
        method="highs-ds",
    )
    prices = np.maximum(-found.ineqlin.marginals, 0)
    return found.x[:-1], float(found.x[-1]), prices, -float(found.eqlin.marginals[0])


def _put_together(given: _Round, sets: Sequence[_Set], *, floor: float) -> _Set:
    """One set of matches out of a mix: each keeps a match that one of the sets gives them."""
    options = np.unique(np.array([one.chosen for one in sets]).T, axis=1)
    row = np.repeat(np.arange(len(options)), options.shape[1])
    pair = options.ravel()
    row, pair = np.unique(np.stack([row, pair]), axis=1)
    rules = _rules(given, row, pair, floor=floor)
    values = np.append(np.append(given.value, 0)[pair] / FULL_FIT, -_penalty(given))
    found = milp(
        -values,
        integrality=np.append(np.ones(len(pair)), 0),
        bounds=Bounds(0, np.append(np.ones(len(pair)), 1)),
        constraints=rules,
        options={"node_limit": NODES, "mip_rel_gap": 1e-5},
    )
    if found.x is None:
        return max(sets, key=lambda one: one.shares.min())
    taken = np.flatnonzero(found.x[:-1] > 0.5)
    chosen = np.full(len(options), NOBODY, dtype=np.int64)
    chosen[row[taken]] = pair[taken]
    return _measured(given, chosen)


def _penalty(given: _Round) -> float:
    """What one whole missing share costs, in whole fits."""
    return PENALTY * max(1.0, float(given.alone.sum()) / FULL_FIT)


def _rules(given: _Round, row: Ints, pair: Ints, *, floor: float) -> list[LinearConstraint]:
    """One option for everybody, places, as many matches as before, shares up to a slack."""
    ground = given.result.outcome.ground
    size, many = len(row), np.arange(len(row))
    is_match = pair != NOBODY
    column = ground.column[pair]
    one_each = csr_array((np.ones(size), (row, many)), (len(ground.locked), size))
    places = csr_array(
        (np.ones(is_match.sum()), (column[is_match], many[is_match])), (len(ground.capacity), size)
    )
    fits = np.append(given.fit, 0)[pair]
    shares = csr_array(given.member[:, row] * fits / given.alone[:, None])
    matched = int((given.result.outcome.chosen != NOBODY).sum())
    slack = csr_array(np.ones((len(given.member), 1)))
    return [
        LinearConstraint(_with(one_each), 1, 1),
        LinearConstraint(_with(places), 0, ground.capacity),
        LinearConstraint(_with(csr_array(is_match[None, :].astype(float))), matched, np.inf),
        LinearConstraint(hstack([shares, slack]), floor, np.inf),
    ]


def _with(table: Table) -> Table:
    """The table with an empty column for the slack."""
    return hstack([table, csr_array((table.shape[0], 1))])


def _told(
    given: _Round, names: Sequence[str], before: _Set, after: _Set, *, possible: float
) -> Floored:
    outcome, people = given.result.outcome, given.member.sum(axis=1)
    shares = [
        GroupShare(name, int(people[one]), float(before.shares[one]), float(after.shares[one]))
        for one, name in enumerate(names)
    ]
    problem, rows = outcome.problem, outcome.problem.participant_rows
    pairs = [
        Pair(
            participant=person.id,
            mentor=problem.mentors[int(outcome.ground.column[pair])].id,
            fit=int(given.fit[pair]),
            locked=bool(outcome.ground.locked[rows[person.id]] != NOBODY),
        )
        for person in given.result.problem.participants
        if (pair := int(after.chosen[rows[person.id]])) != NOBODY
    ]
    return Floored(
        pairs=tuple(pairs),
        shares=tuple(sorted(shares, key=lambda one: (one.before, one.name))),
        total_fit=sum(one.fit for one in pairs),
        possible=possible,
    )
