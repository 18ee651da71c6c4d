"""Prices by auction: everybody bids for the place they like best, in ever finer steps.

The prices are close to those of the best set of matches, and found without any search; `flow`
makes them exact. Source: Bertsekas 1988 (epsilon scaling), Bertsekas and Castanon 1989 (places
of one mentor as similar objects).
"""

from typing import Any, NamedTuple

from kith.methods.matching.compiled import compiled


class Bids(NamedTuple):
    """The bids that hold a place now.

    slot (m + 1,)     where the bids of each column begin
    bid, bidder (s,)  a heap for each column, lowest bid first
    filled (m,)       how many
    """

    slot: Any
    bid: Any
    bidder: Any
    filled: Any


@compiled
def hold_auction(net: Any, bids: Bids, queue: Any, step: int) -> None:
    """One auction: all rows in the queue bid until everyone holds a place or wants none.

    queue  (n,) rows, the last one bids first
    step   the least rise of a price
    """
    waiting = len(queue)
    while waiting > 0:
        row = queue[waiting - 1]
        waiting -= 1
        best, second, chosen = 0, 0, -1
        for pair in range(net.start[row], net.stop[row]):
            gain = net.worth[pair] - net.price[net.column[pair]]
            if gain > best:
                best, second, chosen = gain, best, pair
            elif gain > second:
                second = gain
        if chosen >= 0:
            at = net.column[chosen]
            bid = net.price[at] + best - second + step
            loser = _place_bid(net, bids, at, row, bid)
            if loser >= 0:
                queue[waiting] = loser
                waiting += 1


@compiled
def _place_bid(net: Any, bids: Bids, at: int, row: int, bid: int) -> int:
    """Put a bid in; the lowest one loses its place when there are too many. Gives who lost."""
    if net.capacity[at] == 0:
        net.price[at] = bid
        return row
    base, size = bids.slot[at], bids.filled[at]
    loser = -1
    if size < net.capacity[at]:
        bids.filled[at] = size + 1
        _sift_up(bids, base, size, bid, row)
        size += 1
    else:
        loser = bids.bidder[base]
        _sift_down(bids, base, size, bid, row)
    if size == net.capacity[at] and bids.bid[base] > net.price[at]:
        net.price[at] = bids.bid[base]
    return loser


@compiled
def _sift_up(bids: Bids, base: int, place: int, bid: int, row: int) -> None:
    while place > 0:
        above = (place - 1) >> 1
        if bids.bid[base + above] <= bid:
            break
        bids.bid[base + place] = bids.bid[base + above]
        bids.bidder[base + place] = bids.bidder[base + above]
        place = above
    bids.bid[base + place], bids.bidder[base + place] = bid, row


@compiled
def _sift_down(bids: Bids, base: int, size: int, bid: int, row: int) -> None:
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
    bids.bid[base + place], bids.bidder[base + place] = bid, row
