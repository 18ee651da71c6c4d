"""Which pairs pass every gate: tables of some rows against some mentors, without numba.

A table holds small numbers, so that the machine compares many at once. The reach alone is looked
at roughly here, a little too wide: the exact metres come with the points.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.lines import (
    GENDER,
    HOBBIES,
    INSISTS,
    LANGUAGES,
    MEETS,
    ONLINE,
    OPEN,
    REACH,
    REGION,
    REQUIRED,
    SLOTS,
    SPOKEN,
    TOPICS,
    WISHES,
    Mentors,
    People,
    X,
)
from kith.methods.matching.profile import Bools, Ints
from kith.methods.matching.weigh import BY_METRES, BY_REGION, LEAST_LEVEL, Rules

ROUGHLY = 1.00001
"""Times the reach, and
"""
MORE_METRES = 2.0
"""so many: wider than what is lost by short numbers."""

WORD_BITS = 62
"""Lines that one number holds as bits."""

Table = NDArray[np.uint16]


class Passing(NamedTuple):
    """Pairs that pass, and what is known of them already.

    own (16, n)             the rows, see People.whole, line by line
    at, to (k,)             row and mentor of each pair
    shared, liked (k,)      importance times skill over shared topics; shared interests
    level (k,)              the best level of a shared language, 1 where there is none
    wished, likes (n,)      importance of all wishes; number of interests
    says (n,)               whether the row states languages
    """

    own: Any
    at: Ints
    to: Ints
    shared: NDArray[np.uint16]
    liked: Ints
    level: NDArray[np.uint8]
    wished: Ints
    likes: Ints
    says: Bools

    def chosen(self, which: Bools) -> "Passing":
        """Some of the pairs."""
        each = ("at", "to", "shared", "liked", "level")
        return self._replace(**{name: getattr(self, name)[which] for name in each})


def passing(people: People, rows: Ints, some: Mentors, way: int, rules: Rules) -> Passing:
    """The pairs of some rows and some mentors at which no gate is shut."""
    own = people.whole[rows].T.copy()
    wishes, required, likes, spoken = (
        _list(people, rows, kind, len(some.small)) for kind in (WISHES, REQUIRED, HOBBIES, SPOKEN)
    )
    shared, level = _sums(wishes, some), _levels(spoken.astype(np.uint8), some)
    wished: Ints = wishes.sum(axis=1, dtype=np.int64)
    says = np.asarray(spoken.any(axis=1), dtype=np.bool_)
    passes = _speaks(level, own, some, says)
    if rules.by_topics:
        passes &= (shared > 0) | (some.small[TOPICS] == 0) | (wished == 0)[:, None]
    if rules.by_slots:
        passes &= _has_time(own, some)
    if rules.by_range and way in {BY_METRES, BY_REGION}:
        near = _in_reach(own, some) if way == BY_METRES else _in_region(own, some)
        passes &= near | _both_online(own, some)
    _leave_lacking(passes, required, some)
    _leave_other_gender(passes, own, some)
    flat = np.flatnonzero(passes)
    at = flat // passes.shape[1]
    return Passing(
        own=own,
        at=at,
        to=flat - at * passes.shape[1],
        shared=shared.reshape(-1)[flat],
        liked=_both(likes, some, at, flat - at * passes.shape[1]),
        level=level.reshape(-1)[flat],
        wished=wished,
        likes=likes.sum(axis=1, dtype=np.int64),
        says=says,
    )


def _list(people: People, rows: Ints, kind: int, words: int) -> Table:
    """One of the lists of some rows as a table (n, lines)."""
    first, last = people.start[rows, kind], people.start[rows, kind + 1]
    at = np.repeat(np.arange(len(rows)), last - first)
    entry = np.arange(len(at)) + np.repeat(last - np.cumsum(last - first), last - first)
    table = np.zeros((len(rows), words), dtype=np.uint16)
    table[at, people.line[entry]] = people.value[entry]
    return table


def _sums(lists: Table, some: Mentors) -> Table:
    """(n, m) value times line, summed over the lines that anybody names.

    Not a product of matrices: their library starts threads of its own, which stand in each
    other's way (three times slower on two cores).
    """
    sums = np.zeros((len(lists), some.small.shape[1]), dtype=np.uint16)
    for line in np.flatnonzero(lists.any(axis=0)):
        sums += lists[:, [line]] * some.small[line].astype(np.uint16)
    return sums


def _bits(lists: Table, some: Mentors) -> Iterator[tuple[Ints, Ints]]:
    """The lines that anybody names as bits, of the rows (n,) and of the mentors (m,)."""
    named = np.flatnonzero(lists.any(axis=0))
    for first in range(0, len(named), WORD_BITS):
        lines = named[first : first + WORD_BITS]
        bits = 1 << np.arange(len(lines), dtype=np.int64)
        yield (lists[:, lines] > 0) @ bits, bits @ (some.small[lines] > 0)


def _both(lists: Table, some: Mentors, at: Ints, to: Ints) -> Ints:
    """(k,) how many lines both have."""
    number = np.zeros(len(at), dtype=np.int64)
    for mine, theirs in _bits(lists, some):
        number += np.bitwise_count(mine[at] & theirs[to])
    return number


def _levels(spoken: NDArray[np.uint8], some: Mentors) -> NDArray[np.uint8]:
    level = np.ones((len(spoken), some.small.shape[1]), dtype=np.uint8)
    for line in np.flatnonzero(spoken.any(axis=0)):
        np.maximum(level, np.minimum(spoken[:, [line]], some.small[line]), out=level)
    return level


def _speaks(level: NDArray[np.uint8], own: Any, some: Mentors, says: Bools) -> Bools:
    asked = says & (own[OPEN] == 0)
    speaks: Bools = (level >= LEAST_LEVEL) | (some.small[LANGUAGES] == 0) | ~asked[:, None]
    return speaks


def _has_time(own: Any, some: Mentors) -> Bools:
    mine, theirs = own[SLOTS][:, None], some.whole[SLOTS]
    found: Bools = ((mine & theirs) != 0) | (mine == 0) | (theirs == 0)
    return found


def _both_online(own: Any, some: Mentors) -> Bools:
    both: Bools = (own[ONLINE] == 1)[:, None] & (some.small[MEETS] == 1)
    return both


def _in_reach(own: Any, some: Mentors) -> Bools:
    """Whether the two are about near enough to each other: wrong only by what is a little far."""
    square: Any = np.float32(0)
    for axis in range(X, X + 3):
        apart = (own[axis][:, None] - some.whole[axis]).astype(np.float32)
        square = square + apart * apart
    mine, theirs = (
        (sides[REACH].astype(np.float32) * np.float32(ROUGHLY) + np.float32(MORE_METRES)) ** 2
        for sides in (own, some.whole)
    )
    near: Bools = (square <= mine[:, None]) & (square <= theirs)
    return near


def _in_region(own: Any, some: Mentors) -> Bools:
    mine, theirs = own[REGION][:, None], some.whole[REGION]
    here: Bools = (mine == theirs) | (mine < 0) | (theirs < 0)
    return here


def _leave_lacking(passes: Bools, required: Table, some: Mentors) -> None:
    """Who requires something gets only mentors who have all of it."""
    asking = np.flatnonzero(required.any(axis=1))
    for mine, theirs in _bits(required[asking], some):
        passes[asking] &= (mine[:, None] & ~theirs) == 0


def _leave_other_gender(passes: Bools, own: Any, some: Mentors) -> None:
    """Who insists gets only mentors of whom it is known."""
    asking = np.flatnonzero(own[INSISTS])
    wish = own[GENDER][asking][:, None]
    passes[asking] &= (wish == some.whole[GENDER]) & (wish >= 0)
