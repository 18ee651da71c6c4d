"""Exact repair: from any prices to the best set of matches, one cheapest chain at a time.

Whole-number gains of participants and prices of places are kept such that gain + price is never
below the worth of a pair (the proof that nothing is better) and everybody holds a place that is
worth exactly that much to them. A participant without a place, or a place that stands empty at
a price, is settled by the cheapest chain of moves (Dijkstra 1959 on the differences, as in Edmonds
and Karp 1972; one local search for each change as in Mills-Tettey, Stentz and Dias 2007).
"""

from typing import Any, NamedTuple

from kith.methods.matching.compiled import compiled
from kith.methods.matching.heap import pop, push

NOBODY = -1
CLOSED = -(1 << 58)
"""Worth of a pair that somebody closed; so far below 0 that no chain ever uses it."""
NO_LIMIT = 1 << 58


class Net(NamedTuple):
    """Pairs, and who holds what. Arrays of whole numbers, or lists of them without numba.

    start, stop (n,)                      where the pairs of each row begin and end
    column, row, worth (e,)               of each pair
    column_start, column_stop (m,)        where the pairs of each column begin and end in:
    pair (e,)                             the same pairs in the order of columns
    capacity (m,)       places
    choice (n,)         the pair whose place the row holds, or NOBODY
    gain (n,), price (m,)
    held (m,), first (m,), after (n,), before (n,)      rows at each column, as a linked list
    """

    start: Any
    stop: Any
    column: Any
    row: Any
    worth: Any
    column_start: Any
    column_stop: Any
    pair: Any
    capacity: Any
    choice: Any
    gain: Any
    price: Any
    held: Any
    first: Any
    after: Any
    before: Any


class Search(NamedTuple):
    """What one search for a chain writes down, kept between searches.

    cost, via, seen (m,)   cheapest way to a column, its last pair, and in which search
    scanned (m,)           columns in the order in which they were settled
    keys, nodes            the heap; room for more than all columns
    count (1,)             number of searches so far
    """

    cost: Any
    via: Any
    seen: Any
    scanned: Any
    keys: Any
    nodes: Any
    count: Any


@compiled
def attach(net: Net, row: int, pair: int) -> None:
    """Give a row the place of a pair."""
    at = net.column[pair]
    net.choice[row] = pair
    following = net.first[at]
    net.after[row], net.before[row] = following, NOBODY
    if following >= 0:
        net.before[following] = row
    net.first[at] = row
    net.held[at] += 1


@compiled
def detach(net: Net, row: int) -> None:
    """Take the place of a row away."""
    at = net.column[net.choice[row]]
    net.choice[row] = NOBODY
    before, after = net.before[row], net.after[row]
    if before >= 0:
        net.after[before] = after
    else:
        net.first[at] = after
    if after >= 0:
        net.before[after] = before
    net.held[at] -= 1


@compiled
def _queue(search: Search, heap: int, cost: int, at: int) -> int:
    """Put a column in the heap; when it is full, what a cheaper way has overtaken goes first."""
    if heap == len(search.keys):
        kept = 0
        for place in range(heap):
            key, node = search.keys[place], search.nodes[place]
            if key == search.cost[node]:
                kept = push(search.keys, search.nodes, kept, key, node)
        heap = kept
    return push(search.keys, search.nodes, heap, cost, at)


@compiled
def insert_row(net: Net, search: Search, row: int) -> None:
    """Settle a row that holds nothing and gains the most that its pairs offer at these prices."""
    search.count[0] += 1
    limit, end = net.gain[row], -1 - row
    heap, limit, end = _reach(net, search, row, 0, 0, limit, end)
    count, limit, end = _widen(net, search, heap, 0, limit, end)
    _raise_prices(net, search, count, limit)
    net.gain[row] -= limit
    _move_in(net, search, end, NOBODY)


@compiled
def evict_row(net: Net, search: Search, at: int) -> None:
    """Let one row go from a column that holds more than its places: whoever it costs least."""
    search.count[0] += 1
    search.seen[at], search.cost[at], search.scanned[0] = search.count[0], 0, at
    heap, limit, end = _scan_column(net, search, at, 0, 0, NO_LIMIT, 0)
    count, limit, end = _widen(net, search, heap, 1, limit, end)
    _raise_prices(net, search, count, limit)
    _move_in(net, search, end, at)


@compiled
def _widen(
    net: Net, search: Search, heap: int, count: int, limit: int, end: int
) -> tuple[int, int, int]:
    """Settle columns in the order of their cost until none is cheaper than the end found."""
    while heap > 0 and search.keys[0] < limit:
        cost, at = search.keys[0], search.nodes[0]
        heap = pop(search.keys, search.nodes, heap)
        if cost == search.cost[at]:
            search.scanned[count] = at
            count += 1
            heap, limit, end = _scan_column(net, search, at, cost, heap, limit, end)
    return count, limit, end


@compiled
def _scan_column(
    net: Net, search: Search, at: int, cost: int, heap: int, limit: int, end: int
) -> tuple[int, int, int]:
    """Every row that holds a place here could go without, or move on."""
    row = net.first[at]
    while row >= 0:
        if cost + net.gain[row] < limit:
            limit, end = cost + net.gain[row], -1 - row
        heap, limit, end = _reach(net, search, row, cost, heap, limit, end)
        row = net.after[row]
    return heap, limit, end


@compiled
def _reach(
    net: Net, search: Search, row: int, cost: int, heap: int, limit: int, end: int
) -> tuple[int, int, int]:
    """Look at the pairs of a row that has to move at this cost.

    limit  cost of the cheapest end so far; end  the column with a free place, or -1 - the row
    that goes without
    """
    base = cost + net.gain[row]
    now = search.count[0]
    for pair in range(net.start[row], net.stop[row]):
        at = net.column[pair]
        here = base + net.price[at] - net.worth[pair]
        if here < limit and (search.seen[at] != now or here < search.cost[at]):
            search.seen[at], search.cost[at], search.via[at] = now, here, pair
            if net.held[at] < net.capacity[at]:
                limit, end = here, at
            else:
                heap = _queue(search, heap, here, at)
    return heap, limit, end


@compiled
def _raise_prices(net: Net, search: Search, count: int, limit: int) -> None:
    for place in range(count):
        at = search.scanned[place]
        rise = limit - search.cost[at]
        net.price[at] += rise
        row = net.first[at]
        while row >= 0:
            net.gain[row] -= rise
            row = net.after[row]


@compiled
def _move_in(net: Net, search: Search, end: int, root: int) -> None:
    """Everybody on the chain moves one place on, from its end back to its beginning."""
    at = end
    if end < 0:
        leaving = net.choice[-1 - end]
        if leaving < 0:
            return
        at = net.column[leaving]
        detach(net, -1 - end)
    while at != root:
        pair = search.via[at]
        mover = net.row[pair]
        leaving = net.choice[mover]
        if leaving >= 0:
            detach(net, mover)
        attach(net, mover, pair)
        if leaving < 0:
            return
        at = net.column[leaving]


@compiled
def fill_place(net: Net, search: Search, empty: int) -> None:
    """Settle a place that is free although it has a price: somebody comes, or the price falls."""
    search.count[0] += 1
    search.seen[empty], search.cost[empty] = search.count[0], 0
    limit, last, coming = net.price[empty], empty, NOBODY
    at, cost, heap, count = empty, 0, 0, 0
    while at >= 0:
        search.scanned[count] = at
        count += 1
        if cost + net.price[at] < limit:
            limit, last, coming = cost + net.price[at], at, NOBODY
        heap, limit, last, coming = _attract(net, search, at, cost, heap, limit, last, coming)
        at = NOBODY
        while heap > 0 and at < 0 and search.keys[0] < limit:
            cost, at = search.keys[0], search.nodes[0]
            heap = pop(search.keys, search.nodes, heap)
            if cost != search.cost[at]:
                at = NOBODY
    _lower_prices(net, search, count, limit)
    _move_up(net, search, empty, last, coming)


@compiled
def _attract(
    net: Net, search: Search, at: int, cost: int, heap: int, limit: int, last: int, coming: int
) -> tuple[int, int, int, int]:
    """Look at everybody who could come to this column.

    limit  cost of the cheapest end so far: column `last` stays free there, or the pair `coming`
    brings somebody who held nothing
    """
    now = search.count[0]
    base = cost + net.price[at]
    for place in range(net.column_start[at], net.column_stop[at]):
        pair = net.pair[place]
        row = net.row[pair]
        here = base + net.gain[row] - net.worth[pair]
        holds = net.choice[row]
        if here >= limit or holds == pair:
            continue
        if holds < 0:
            limit, last, coming = here, at, pair
            continue
        left = net.column[holds]
        if search.seen[left] != now or here < search.cost[left]:
            search.seen[left], search.cost[left], search.via[left] = now, here, pair
            heap = _queue(search, heap, here, left)
    return heap, limit, last, coming


@compiled
def _lower_prices(net: Net, search: Search, count: int, limit: int) -> None:
    for place in range(count):
        at = search.scanned[place]
        fall = limit - search.cost[at]
        net.price[at] -= fall
        row = net.first[at]
        while row >= 0:
            net.gain[row] += fall
            row = net.after[row]


@compiled
def _move_up(net: Net, search: Search, empty: int, last: int, coming: int) -> None:
    """Everybody on the chain moves one place towards the empty one."""
    if coming >= 0:
        attach(net, net.row[coming], coming)
    at = last
    while at != empty:
        pair = search.via[at]
        mover = net.row[pair]
        detach(net, mover)
        attach(net, mover, pair)
        at = net.column[pair]


@compiled
def settle(net: Net, search: Search) -> None:
    """The best set of matches, from whatever prices (0 or more) and choices stand in the net.

    A choice that is still worth what its row can gain is kept; all others are found anew.
    """
    for row in range(len(net.gain)):
        _keep_if_tight(net, row)
    for row in range(len(net.gain)):
        if net.choice[row] < 0:
            settle_row(net, search, row)
    for at in range(len(net.price)):
        fill_column(net, search, at)


@compiled
def fill_column(net: Net, search: Search, at: int) -> None:
    """Until all places of a column are held, or free of charge."""
    while net.price[at] > 0 and net.held[at] < net.capacity[at]:
        fill_place(net, search, at)


@compiled
def settle_row(net: Net, search: Search, row: int) -> None:
    """Settle a row that holds nothing: in a free place if one is as good as any, or by a chain."""
    net.gain[row] = best_gain(net, row)
    if net.gain[row] > 0:
        _take_tight(net, row)
        if net.choice[row] < 0:
            insert_row(net, search, row)


@compiled
def best_gain(net: Net, row: int) -> int:
    """The most that a row gains from any of its pairs at these prices; 0 when none is worth it."""
    worth, price, column, best = net.worth, net.price, net.column, 0
    for pair in range(net.start[row], net.stop[row]):
        gain = worth[pair] - price[column[pair]]
        if gain > best:  # noqa: PLR1730 - a call of max for each pair takes twice as long without numba
            best = gain
    return best


@compiled
def _keep_if_tight(net: Net, row: int) -> None:
    pair = net.choice[row]
    net.choice[row] = NOBODY
    net.gain[row] = best_gain(net, row)
    if pair >= 0:
        at = net.column[pair]
        if net.worth[pair] - net.price[at] == net.gain[row] and net.held[at] < net.capacity[at]:
            attach(net, row, pair)


@compiled
def _take_tight(net: Net, row: int) -> None:
    """Take a free place that is worth as much as anything at these prices, if there is one."""
    for pair in range(net.start[row], net.stop[row]):
        at = net.column[pair]
        if net.worth[pair] - net.price[at] == net.gain[row] and net.held[at] < net.capacity[at]:
            attach(net, row, pair)
            return
