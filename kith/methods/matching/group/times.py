"""At which time of the week a family could have which group: one option for each such time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from kith.methods.matching.group.asked import Candidates
from kith.methods.matching.profile import SLOTS, Ints


@dataclass(frozen=True, eq=False)
class Options:
    """Times (o) at which a family's group could meet, with everyone (q) who could join then.

    family (o,)   row of the family
    option (q,)   the option, ascending;  pair (q,)  the candidate pair
    Times at which only some of those of another time can are left out: they add nothing.
    """

    family: Ints
    option: Ints
    pair: Ints


def find_options(candidates: Candidates) -> Options:
    """Every option of every family for which a group within the rules exists."""
    families: list[int] = []
    options: list[Ints] = []
    pairs: list[Ints] = []
    for family in range(len(candidates.needs)):
        for able in _largest_sets(candidates, family):
            if is_enough(candidates, family, able):
                options.append(np.full(len(able), len(families)))
                pairs.append(able)
                families.append(family)
    return Options(np.array(families, dtype=np.int64), _joined(options), _joined(pairs))


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _largest_sets(candidates: Candidates, family: int) -> Iterator[Ints]:
    """The pairs that share a time, without sets that lie within another one."""
    pairs, slots = candidates.pairs_of(family), np.arange(len(SLOTS))
    able = (candidates.slots[pairs] >> slots[:, None]) & 1
    # Counts of at most as many as there are volunteers: single precision holds them exactly.
    counted = able.astype(np.float32)
    size = able.sum(axis=1)
    within = counted @ (1 - counted).T == 0
    same, larger = size == size[:, None], size > size[:, None]
    before = slots < slots[:, None]
    kept = (size > 0) & ~(within & (larger | (same & before))).any(axis=1)
    for slot in np.flatnonzero(kept):
        yield pairs[able[slot] == 1]


def is_enough(candidates: Candidates, family: int, pairs: Ints) -> bool:
    """True when a group within the rules, with everyone locked, can be made of these pairs."""
    rules = candidates.rules
    all_locked = len(candidates.locked_of(family))
    locked = pairs[candidates.locked[pairs]]
    if len(locked) < all_locked or len(pairs) < rules.smallest:
        return False
    need = (1 << len(candidates.needs[family])) - 1
    begun = int(np.bitwise_or.reduce(candidates.covers[locked], initial=0))
    covers = np.flatnonzero(np.bincount(candidates.covers[pairs] & need))
    fewest = fewest_to_cover(covers.tolist(), need=need, begun=begun)
    return fewest is not None and fewest + all_locked <= rules.largest


def fewest_to_cover(covers: Iterable[int], *, need: int, begun: int = 0) -> int | None:
    """The least number of people who cover a need together; None when all of them do not.

    covers  one bit mask for each person;  need  the bits to cover;  begun  those covered already
    """
    masks = {mask & need for mask in covers}
    reached, count = {begun & need}, 0
    while need not in reached:
        more = reached | {have | mask for have in reached for mask in masks}
        if more == reached:
            return None
        reached, count = more, count + 1
    return count
