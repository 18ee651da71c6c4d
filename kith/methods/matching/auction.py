"""Prices by auction: everybody bids for the place they like best, in ever finer steps.

After each auction some places stand empty at a price that an earlier, coarser one has left: these
go down until somebody comes, or to nothing. The prices are then close to those of the best set of
matches, and found without any search; `flow` makes them exact. Source: Bertsekas 1988 (epsilon
scaling), Bertsekas and Castanon 1989 (places of one mentor as similar objects) and 1992 (offers
from both sides in turn).
"""

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled, held_for_work
from kith.methods.matching.flow import NOBODY, attach, detach

STEPS_DOWN = 16
"""Each auction works with steps this many times finer than the one before it."""


class Bids(NamedTuple):
    """The bids that hold a place now.

    slot (m + 1,)     where the bids of each column begin
    bid, bidder (s,)  a heap for each column, lowest bid first; bidders are pairs
    filled (m,)       how many
    """

    slot: Any
    bid: Any
    bidder: Any
    filled: Any


class Offers(NamedTuple):
    """The pairs in the order of columns, so that looking through a column reads them in a row.

    row, worth (e,)  of the pairs in net.pair
    """

    row: Any
    worth: Any


def approach(net: Any, *, step: int, finest: int) -> None:
    """From the prices in the net to nearly the best set of matches: prices, gains and choices.

    step    the least rise of a price in the first auction; finest: in the last one
    """
    rows, columns = len(net.gain), len(net.price)
    degree = np.asarray(net.column_stop) - np.asarray(net.column_start)
    slot = np.concatenate([[0], np.cumsum(np.minimum(net.capacity, degree))])
    sizes = int(slot[-1]), int(slot[-1]), columns, rows, columns, columns
    bid, bidder, filled, queue, empty, waits = (_room(size) for size in sizes)
    bids = Bids(held_for_work(slot), bid, bidder, filled)
    order = np.asarray(net.pair)
    offers = Offers(*(held_for_work(np.asarray(one)[order]) for one in (net.row, net.worth)))
    while True:
        hold_auction(net, bids, queue, step)
        take_bids(net, bids)
        offer_places(net, offers, empty, waits, step)
        if step <= finest:
            return
        lower_prices(net, step)
        step = max(finest, step // STEPS_DOWN)


def _room(size: int) -> Any:
    return held_for_work(np.zeros(size, dtype=np.int64))


@compiled
def lower_prices(net: Any, step: int) -> None:
    """What was bid too high in one auction comes down before the next, finer one."""
    for at in range(len(net.price)):
        net.price[at] = max(net.price[at] - step, 0)


@compiled
def hold_auction(net: Any, bids: Bids, queue: Any, step: int) -> None:
    """One auction from nothing: all rows bid until everyone holds a place or wants none.

    queue  (n,) room for rows; the last one bids first
    step   the least rise of a price
    """
    # Names of its own: without numba, looking into the net for each pair takes half as long again.
    worth, price, column = net.worth, net.price, net.column
    waiting = _open_auction(bids, queue)
    while waiting > 0:
        row = queue[waiting - 1]
        waiting -= 1
        best, second, chosen = 0, 0, -1
        for pair in range(net.start[row], net.stop[row]):
            gain = worth[pair] - price[column[pair]]
            if gain > best:
                best, second, chosen = gain, best, pair
            elif gain > second:
                second = gain
        if chosen >= 0:
            at = net.column[chosen]
            loser = _place_bid(net, bids, at, chosen, net.price[at] + best - second + step)
            if loser >= 0:
                queue[waiting] = net.row[loser]
                waiting += 1


@compiled
def _open_auction(bids: Bids, queue: Any) -> int:
    """Nothing is bid yet and all rows are in the queue; gives how many."""
    for row in range(len(queue)):
        queue[len(queue) - 1 - row] = row
    for at in range(len(bids.filled)):
        bids.filled[at] = 0
    return len(queue)


@compiled
def take_bids(net: Any, bids: Bids) -> None:
    """Everybody takes the place of their bid, at the price that all its places cost now."""
    for row in range(len(net.choice)):
        net.choice[row], net.gain[row] = NOBODY, 0
    for at in range(len(net.price)):
        net.held[at], net.first[at] = 0, NOBODY
    for at in range(len(net.price)):
        for place in range(bids.slot[at], bids.slot[at] + bids.filled[at]):
            pair = bids.bidder[place]
            attach(net, net.row[pair], pair)
            net.gain[net.row[pair]] = net.worth[pair] - net.price[at]


@compiled
def offer_places(net: Any, offers: Offers, queue: Any, waits: Any, step: int) -> None:
    """Empty places with a price are offered: the price falls until somebody gains by coming.

    queue, waits (m,)  room for columns; step  the least gain for which anybody moves
    """
    waiting = 0
    for at in range(len(net.price)):
        waits[at] = 0
        waiting = _queue_up(net, queue, waits, waiting, at)
    while waiting > 0:
        waiting -= 1
        at = queue[waiting]
        waits[at] = 0
        best, second, chosen = _best_offers(net, offers, at)
        _cut_price(net, at, max(second - step, 0) if best >= step else 0)
        if best >= step:
            row = net.row[chosen]
            left = net.choice[row]
            if left >= 0:
                detach(net, row)
                waiting = _queue_up(net, queue, waits, waiting, net.column[left])
            attach(net, row, chosen)
            net.gain[row] = net.worth[chosen] - net.price[at]
            waiting = _queue_up(net, queue, waits, waiting, at)


@compiled
def _queue_up(net: Any, queue: Any, waits: Any, waiting: int, at: int) -> int:
    """Put a column in the queue if a place of it is empty at a price; gives who waits now."""
    if net.price[at] > 0 and net.held[at] < net.capacity[at] and waits[at] == 0:
        queue[waiting], waits[at] = at, 1
        waiting += 1
    return waiting


@compiled
def _best_offers(net: Any, offers: Offers, at: int) -> tuple[int, int, int]:
    """What the two who want a place the most would pay for it, and the pair of the first."""
    worth, gain, rows, choice, pairs = offers.worth, net.gain, offers.row, net.choice, net.pair
    best, second, chosen = 0, 0, -1
    for place in range(net.column_start[at], net.column_stop[at]):
        row = rows[place]
        offer = worth[place] - gain[row]
        if offer <= second or choice[row] == pairs[place]:
            continue
        if offer > best:
            best, second, chosen = offer, best, pairs[place]
        else:
            second = offer
    return best, second, chosen


@compiled
def _cut_price(net: Any, at: int, price: int) -> None:
    """Lower the price of a column, for those who hold a place too; it never rises."""
    fall = net.price[at] - price
    if fall > 0:
        net.price[at] = price
        row = net.first[at]
        while row >= 0:
            net.gain[row] += fall
            row = net.after[row]


@compiled
def _place_bid(net: Any, bids: Bids, at: int, pair: int, bid: int) -> int:
    """Put a bid in; the lowest one loses its place when there are too many. Gives who lost."""
    if net.capacity[at] == 0:
        net.price[at] = bid
        return pair
    base, size = bids.slot[at], bids.filled[at]
    loser = -1
    if size < net.capacity[at]:
        bids.filled[at] = size + 1
        _sift_up(bids, base, size, bid, pair)
        size += 1
    else:
        loser = bids.bidder[base]
        _sift_down(bids, base, size, bid, pair)
    if size == net.capacity[at] and bids.bid[base] > net.price[at]:
        net.price[at] = bids.bid[base]
    return loser


@compiled
def _sift_up(bids: Bids, base: int, place: int, bid: int, pair: int) -> None:
    while place > 0:
        above = (place - 1) >> 1
        if bids.bid[base + above] <= bid:
            break
        bids.bid[base + place] = bids.bid[base + above]
        bids.bidder[base + place] = bids.bidder[base + above]
        place = above
    bids.bid[base + place], bids.bidder[base + place] = bid, pair


@compiled
def _sift_down(bids: Bids, base: int, size: int, bid: int, pair: int) -> None:
    place, below = 0, 1
    while below < size:
        if below + 1 < size and bids.bid[base + below + 1] < bids.bid[base + below]:
            below += 1
        if bids.bid[base + below] >= bid:
            break
        bids.bid[base + place] = bids.bid[base + below]
        bids.bidder[base + place] = bids.bidder[base + below]
        place = below
        below = 2 * place + 1
    bids.bid[base + place], bids.bidder[base + place] = bid, pair
