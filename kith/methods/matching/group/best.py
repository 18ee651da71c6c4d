"""The best group of one family at given prices of volunteers.

For each volunteer of an option, in order, a table says how much those from here on can still add,
by members so far and needs met so far; the best group is read off from its beginning.
"""

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled, held_for_work
from kith.methods.matching.group.asked import Candidates
from kith.methods.matching.group.times import Options
from kith.methods.matching.profile import Ints

NEVER = -(1 << 60)


class Search(NamedTuple):
    """What the loops read and write. Arrays of whole numbers, or lists of them without numba.

    start (o + 1,), pair (q,)   who could join each option
    need (o,)                   bits of the needs of its family
    column (e,), covers (e,), locked (e,)    of each candidate pair
    left (m,)                   places that a volunteer still has; without one they are passed over
    size (2,)                   the smallest and the largest group
    order (k,), top (t,), count (masks,)   room for a list of volunteers
    still ((k + 1) * sizes * masks,)       what those from a volunteer on can still add
    """

    start: Any
    pair: Any
    need: Any
    column: Any
    covers: Any
    locked: Any
    left: Any
    size: Any
    order: Any
    top: Any
    count: Any
    still: Any


def open_search(candidates: Candidates, options: Options) -> Search:
    """Room for searches over these options."""
    start = np.searchsorted(options.option, np.arange(len(options.family) + 1))
    need = np.array([(1 << len(candidates.needs[row])) - 1 for row in options.family])
    masks, most = int(need.max(initial=0)) + 1, int(np.diff(start).max(initial=0))
    largest = candidates.rules.largest
    tables = (
        *(start, options.pair, need, candidates.column, candidates.covers, candidates.locked),
        candidates.unlocked_places,
        np.array([candidates.rules.smallest, largest]),
        *(np.zeros(size) for size in (most, masks * largest, masks)),
        np.zeros((most + 1) * (largest + 1) * masks),
    )
    return Search(*(held_for_work(np.asarray(table).astype(np.int64)) for table in tables))


def best_groups(search: Search, value: Ints) -> tuple[Ints, Ints]:
    """The best group of each option.

    value    (e,) whole points of each candidate pair, any sign
    returns  (o,) its total value; (o, largest) its candidate pairs, ascending, -1 for nobody
    """
    options, largest = len(search.need), int(search.size[1])
    total = held_for_work(np.zeros(options, dtype=np.int64))
    members = held_for_work(np.full(options * largest, -1, dtype=np.int64))
    _find_best(search, held_for_work(value), total, members)
    shaped = np.array(members, dtype=np.int64).reshape(options, largest)
    return np.array(total, dtype=np.int64), shaped


def take_in_turn(search: Search, value: Ints, *, family: Ints, order: Ints) -> Ints:
    """One family after the other takes its best group of those who are left.

    value    (e,) as in best_groups;  family  (o,) of each option, ascending
    order    families in the order in which they choose
    returns  candidate pairs, ascending
    """
    options, largest = len(search.need), int(search.size[1])
    total = held_for_work(np.zeros(options, dtype=np.int64))
    members = held_for_work(np.full(options * largest, -1, dtype=np.int64))
    ends = np.searchsorted(family, np.stack([order, order + 1], axis=1)).astype(np.int64)
    taken = held_for_work(np.full(len(order) * largest, -1, dtype=np.int64))
    _take_turns(search, held_for_work(value), held_for_work(ends), total, members, taken)
    pairs = np.array(taken, dtype=np.int64)
    return np.sort(pairs[pairs >= 0])


@compiled
def _find_best(search: Search, value: Any, total: Any, members: Any) -> None:
    """The best group of each option."""
    for option in range(len(search.need)):
        _find_one(search, value, option, total, members)


@compiled
def _find_one(search: Search, value: Any, option: int, total: Any, members: Any) -> None:
    """Only the best few volunteers with the same needs covered can be in a best group."""
    largest = search.size[1]
    width = search.need[option] + 1
    listed = _list_best_few(search, value, option)
    count, mask, worth = _begin(search, value, option, members, option * largest)
    _fill(search, value, listed, width)
    step = (largest + 1) * width
    total[option] = worth + search.still[count * width + mask]
    for place in range(listed):
        pair = search.order[place]
        then = (place + 1) * step
        with_mask = mask | search.covers[pair]
        if count < largest and search.still[then + count * width + mask] < (
            value[pair] + search.still[then + (count + 1) * width + with_mask]
        ):
            members[option * largest + count] = pair
            count, mask = count + 1, with_mask


@compiled
def _take_turns(
    search: Search, value: Any, ends: Any, total: Any, members: Any, taken: Any
) -> None:
    largest = search.size[1]
    for turn in range(len(ends)):
        best = -1
        for option in range(ends[turn][0], ends[turn][1]):
            for place in range(option * largest, (option + 1) * largest):
                members[place] = -1
            _find_one(search, value, option, total, members)
            if total[option] > NEVER >> 1 and (best < 0 or total[option] > total[best]):
                best = option
        if best < 0:
            continue
        for place in range(largest):
            pair = members[best * largest + place]
            taken[turn * largest + place] = pair
            if pair >= 0 and not search.locked[pair]:
                search.left[search.column[pair]] -= 1


@compiled
def _list_best_few(search: Search, value: Any, option: int) -> int:
    """Put into `order` the best volunteers for each set of needs; gives how many."""
    largest, listed = search.size[1], 0
    for mask in range(search.need[option] + 1):
        search.count[mask] = 0
    for at in range(search.start[option], search.start[option + 1]):
        pair = search.pair[at]
        if search.locked[pair] or search.left[search.column[pair]] <= 0:
            continue
        base, size = search.covers[pair] * largest, search.count[search.covers[pair]]
        if size == largest and value[search.top[base + size - 1]] >= value[pair]:
            continue
        place = min(size, largest - 1)
        while place > 0 and value[search.top[base + place - 1]] < value[pair]:
            search.top[base + place] = search.top[base + place - 1]
            place -= 1
        search.top[base + place] = pair
        search.count[search.covers[pair]] = min(size + 1, largest)
    for mask in range(search.need[option] + 1):
        for place in range(search.count[mask]):
            search.order[listed] = search.top[mask * largest + place]
            listed += 1
    return listed


@compiled
def _begin(search: Search, value: Any, option: int, members: Any, at: int) -> tuple[int, int, int]:
    """Everyone locked is a member; gives how many, the needs they meet and what they are worth."""
    count, mask, worth = 0, 0, 0
    for place in range(search.start[option], search.start[option + 1]):
        pair = search.pair[place]
        if search.locked[pair]:
            members[at + count] = pair
            count, mask, worth = count + 1, mask | search.covers[pair], worth + value[pair]
    return count, mask, worth


@compiled
def _fill(search: Search, value: Any, listed: int, width: int) -> None:
    """The most that volunteers from each place of `order` on can still add."""
    smallest, largest = search.size[0], search.size[1]
    step = (largest + 1) * width
    for count in range(largest + 1):
        for mask in range(width):
            done = count >= smallest and mask == width - 1
            search.still[listed * step + count * width + mask] = 0 if done else NEVER
    for place in range(listed - 1, -1, -1):
        pair = search.order[place]
        gain, covers = value[pair], search.covers[pair]
        here, then = place * step, (place + 1) * step
        for count in range(largest + 1):
            for mask in range(width):
                best = search.still[then + count * width + mask]
                if count < largest:
                    more = gain + search.still[then + (count + 1) * width + (mask | covers)]
                    best = max(best, more)
                search.still[here + count * width + mask] = best
