"""Which pairs a round chooses among: all of a small one, the ones that matter of a large one."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.outcome import Field
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.profile import Bools, Ints
from kith.methods.matching.settings import Settings
from kith.methods.matching.shortlist import Finder, Shortlist

Progress = Callable[[str, int, int], None]

WHOLE_CELLS = 2_000_000
"""Up to so many participants times mentors all pairs are listed at once."""
FIRST, MORE, PRUNED = 8, 12, 32
"""Candidates of each participant listed at first, added by each pricing, listed when pruned."""
FEW_ROWS = 6
"""When fewer than one row in so many has new pairs, the matches are repaired, not found anew."""
FEW_COLUMNS = 2
"""When no more than one price in so many fell, only those who might gain by that are looked at."""


class Known(NamedTuple):
    """The best matches on the listed pairs of everybody without a lock, found by listing them.

    averted, gains, holders (n,), prices (m,); holders: columns or NOBODY
    """

    averted: Ints
    gains: Ints
    prices: Ints
    holders: Ints


class Listed(NamedTuple):
    """The pairs to choose among, and whether these are all there are."""

    pairs: Shortlist
    is_whole: bool
    known: Known | None = None


def list_pairs(field: Field, settings: Settings, *, tell: Progress) -> Listed:
    """All pairs of a small round, those that matter of a large one.

    In a large round they are the best of each participant and, with certify "full", all pairs
    that prices then show to be worth more than what a participant has: nothing else can be
    part of a better set of matches.
    """
    rows, columns = len(field.locked), len(field.capacity)
    tell("shortlist", 0, rows)
    if rows * columns <= WHOLE_CELLS:
        return Listed(field.with_locks(_found(field, most=columns)), is_whole=True)
    if settings.certify == "pruned":
        return Listed(field.with_locks(_found(field, most=PRUNED)), is_whole=False)
    averted = sure_loss(field) + settings.waiting.bonuses(field.problem)
    listed, network = _priced(field, averted, tell)
    known = Known(averted, network.gains, network.prices, network.holders)
    return Listed(field.with_locks(listed), is_whole=False, known=known)


def _found(field: Field, *, most: int) -> Shortlist:
    return field.finder.find(most=max(1, most), rows=field.free_rows)


def _priced(field: Field, averted: Ints, tell: Progress) -> tuple[Shortlist, Network]:
    """The pairs that matter, and the best matches on them."""
    listed = _found(field, most=FIRST)
    network = _network(listed, averted, field.free_places)
    network.solve()
    sweep = _Sweep(field, averted)
    while True:
        more = sweep.left_out(network)
        tell("pricing", len(more.column), len(listed.column))
        if not len(more.column):
            return listed, network
        listed = joined(listed, more)
        prices, holders = network.prices, network.holders
        # Two networks of a large round side by side would be most of the memory of the whole run.
        del network
        network = _network(listed, averted, field.free_places)
        if (np.diff(more.start) > 0).sum() * FEW_ROWS > len(averted):
            network.solve()
        else:
            network.resume(prices, holders)


class _Sweep:
    """Looks for pairs left out that would be worth more; the second time only where that can be.

    A pair that was not worth more stays so while neither its price nor what its row has falls.
    """

    def __init__(self, field: Field, averted: Ints) -> None:
        self.field, self.averted = field, averted
        self.gains, self.prices = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self.cut = np.zeros(len(averted), dtype=bool)

    def left_out(self, network: Network) -> Shortlist:
        """Pairs that are not listed and worth more, up to MORE for each row; none when proven."""
        gains, prices = network.gains, network.prices
        if not len(self.prices):
            found = self._look(gains, prices, self.field.locked == NOBODY)
        else:
            fell = np.flatnonzero(prices < self.prices)
            found = self._look_again(gains, prices, fell)
        self.gains, self.prices = gains, prices
        self.cut = np.diff(found.start) >= MORE
        return found

    def _look_again(self, gains: Ints, prices: Ints, fell: Ints) -> Shortlist:
        free = self.field.locked == NOBODY
        if len(fell) * FEW_COLUMNS > len(prices):
            return self._look(gains, prices, free)
        worse = free & ((gains < self.gains) | self.cut)
        found = self._look(gains, prices, worse)
        if not len(fell):
            return found
        return joined(found, self._look(gains, prices, free & ~worse, fell))

    def _look(
        self, gains: Ints, prices: Ints, rows: Bools, columns: Ints | None = None
    ) -> Shortlist:
        return self.field.finder.find(
            most=MORE,
            prices=prices,
            above=gains - self.averted,
            rows=np.flatnonzero(rows),
            columns=columns,
        )


def _network(listed: Shortlist, averted: Ints, places: Ints) -> Network:
    worth = np.repeat(averted, np.diff(listed.start)) + listed.fit
    return Network(Pairs(listed.start, listed.column, worth), places)


def joined(one: Shortlist, other: Shortlist) -> Shortlist:
    """The pairs of two lists that share none."""
    rows = np.arange(len(one.start) - 1, dtype=np.int64)
    old, new = ((np.repeat(rows, np.diff(part.start)) << 32) | part.column for part in (one, other))
    at = np.searchsorted(old, new)
    column, fit = np.insert(one.column, at, other.column), np.insert(one.fit, at, other.fit)
    return Shortlist(one.start + other.start, column, fit)


def count_feasible(field: Field) -> int:
    """Pairs that pass every gate, whatever floor and rejects say."""
    scores = field.scores
    excluded = [(row, int(one)) for row, some in scores.excluded.items() for one in some]
    return Finder(scores.problem, scores.participants, scores.mentors, closed=excluded).count()


def sure_loss(field: Field) -> int:
    """What being without a match must cost so that no chain of moves is ever dearer."""
    return (len(field.locked) + 1) * FULL_FIT
