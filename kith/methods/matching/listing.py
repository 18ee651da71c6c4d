"""Which pairs a round chooses among: all of a small one, the ones that matter of a large one."""

import numpy as np

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.outcome import Field
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.profile import Ints
from kith.methods.matching.settings import Settings
from kith.methods.matching.shortlist import Finder, Shortlist

WHOLE_CELLS = 2_000_000
"""Up to so many participants times mentors all pairs are listed at once."""
FIRST, MORE, PRUNED = 8, 12, 32
"""Candidates of each participant listed at first, added by each pricing, listed when pruned."""
FEW_ROWS = 20
"""When fewer than one row in so many has new pairs, the matches are repaired, not found anew."""


def list_pairs(field: Field, settings: Settings) -> tuple[Shortlist, bool]:
    """The pairs to choose among, and whether these are all there are.

    In a large round they are the best of each participant and, with certify "full", all pairs
    that prices then show to be worth more than what a participant has: nothing else can be
    part of a better set of matches.
    """
    rows, columns = len(field.locked), len(field.capacity)
    if rows * columns <= WHOLE_CELLS:
        return field.with_locks(_found(field, most=columns)), True
    if settings.certify == "pruned":
        return field.with_locks(_found(field, most=PRUNED)), False
    averted = sure_loss(field) + settings.waiting.bonuses(field.problem)
    return field.with_locks(_priced(field, averted)), False


def _found(field: Field, *, most: int) -> Shortlist:
    return field.finder.find(most=max(1, most), rows=field.free_rows)


def _priced(field: Field, averted: Ints) -> Shortlist:
    listed = _found(field, most=FIRST)
    locked = field.locked[field.locked != NOBODY]
    places = field.capacity - np.bincount(locked, minlength=len(field.capacity))
    network = _network(listed, averted, places)
    network.solve()
    while True:
        more = field.finder.find(
            most=MORE, prices=network.prices, above=network.gains - averted, rows=field.free_rows
        )
        if not len(more.column):
            return listed
        listed = merged(listed, more)
        before, network = network, _network(listed, averted, places)
        if (np.diff(more.start) > 0).sum() * FEW_ROWS > len(field.locked):
            network.solve()
        else:
            network.resume(before.prices, before.holders)


def _network(listed: Shortlist, averted: Ints, places: Ints) -> Network:
    row = np.repeat(np.arange(len(averted)), np.diff(listed.start))
    return Network(Pairs(listed.start, listed.column, listed.fit + averted[row]), places)


def merged(one: Shortlist, other: Shortlist) -> Shortlist:
    """The pairs of both lists; a pair that stands in both is taken once."""
    rows = np.arange(len(one.start) - 1, dtype=np.int64)
    keys = np.concatenate(
        [(np.repeat(rows, np.diff(part.start)) << 32) | part.column for part in (one, other)]
    )
    keys, first = np.unique(keys, return_index=True)
    counts = np.bincount(keys >> 32, minlength=len(rows))
    start = np.concatenate([[0], np.cumsum(counts)])
    fit = np.concatenate([one.fit, other.fit])[first]
    return Shortlist(start, (keys & 0xFFFFFFFF).astype(np.int32), fit)


def count_feasible(field: Field) -> int:
    """Pairs that pass every gate, whatever floor and rejects say."""
    scores = field.scores
    excluded = [(row, int(one)) for row, some in scores.excluded.items() for one in some]
    return Finder(scores.problem, scores.participants, scores.mentors, closed=excluded).count()


def sure_loss(field: Field) -> int:
    """What being without a match must cost so that no chain of moves is ever dearer."""
    return (len(field.locked) + 1) * FULL_FIT
