"""What it costs everybody else when one more person takes a place: cheapest chains of moves.

If a participant takes a place, somebody there may have to move, who makes another one move,
until a place is free or somebody stays without. Measured in reduced cost (gain + price - worth,
never below 0 under the prices of the best set) the cheapest such chain is a shortest path
between mentors, with one more node for "free or unmatched" (Dijkstra 1959).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled, held_for_work
from kith.methods.matching.flow import NOBODY, Net
from kith.methods.matching.heap import pop, push
from kith.methods.matching.network import Network
from kith.methods.matching.profile import Ints

NEVER = 1 << 57


class Chains(NamedTuple):
    """Cheapest chains from every node to one target; the last node is outside.

    cost       (m + 1,) NEVER where there is none
    following  (m + 1,) the next node, or NOBODY at the target
    mover      (m + 1,) the row that moves there, or NOBODY where nobody has to
    """

    cost: Ints
    following: Ints
    mover: Ints


class Way(NamedTuple):
    """What the search writes down: see Chains; keys and nodes are its heap."""

    cost: Any
    following: Any
    mover: Any
    keys: Any
    nodes: Any


class Step(NamedTuple):
    """One move on a chain: row leaves one column for another; None stands for outside."""

    row: int
    leaves: int | None
    takes: int | None


def chains_to(network: Network, target: int) -> Chains:
    """Chains from every mentor, and from outside, to the target; len(prices) is outside."""
    nodes = len(network.prices) + 1
    heap = len(network.net.column) + len(network.net.choice) + 2 * nodes + 1
    sizes = ((nodes, NEVER), (nodes, NOBODY), (nodes, NOBODY), (heap, 0), (heap, 0))
    way = Way(*(held_for_work(np.full(size, value, dtype=np.int64)) for size, value in sizes))
    _widen(network.net, target, way)
    return Chains(*(np.asarray(table, dtype=np.int64) for table in way[:3]))


def steps_along(chains: Chains, start: int) -> Iterator[Step]:
    """Who moves where when somebody takes a place at `start`."""
    outside = len(chains.cost) - 1
    node = start
    while chains.following[node] != NOBODY:
        after, row = int(chains.following[node]), int(chains.mover[node])
        if row != NOBODY:
            yield Step(row, None if node == outside else node, None if after == outside else after)
        node = after


@compiled
def _widen(net: Net, target: int, way: Way) -> None:
    """Settle nodes in the order of their cost, from the target backwards."""
    outside = len(net.price)
    way.cost[target] = 0
    heap = push(way.keys, way.nodes, 0, 0, target)
    while heap > 0:
        here, node = way.keys[0], way.nodes[0]
        heap = pop(way.keys, way.nodes, heap)
        if here == way.cost[node]:
            if node == outside:
                heap = _from_outside(net, here, way, heap)
            else:
                heap = _from_column(net, node, here, way, heap)


@compiled
def _from_outside(net: Net, here: int, way: Way, heap: int) -> int:
    """A free place ends a chain; so does a participant who goes without."""
    outside = len(net.price)
    for at in range(outside):
        if net.held[at] < net.capacity[at] and here < way.cost[at]:
            way.cost[at], way.following[at], way.mover[at] = here, outside, NOBODY
            heap = push(way.keys, way.nodes, heap, here, at)
    for row in range(len(net.gain)):
        if net.choice[row] >= 0:
            at = net.column[net.choice[row]]
            through = here + net.gain[row]
            if through < way.cost[at]:
                way.cost[at], way.following[at], way.mover[at] = through, outside, row
                heap = push(way.keys, way.nodes, heap, through, at)
    return heap


@compiled
def _from_column(net: Net, node: int, here: int, way: Way, heap: int) -> int:
    """Whoever has a pair with this column may come; or the place stays empty."""
    outside = len(net.price)
    base = here + net.price[node]
    if base < way.cost[outside]:
        way.cost[outside], way.following[outside], way.mover[outside] = base, node, NOBODY
        heap = push(way.keys, way.nodes, heap, base, outside)
    for place in range(net.column_start[node], net.column_stop[node]):
        pair = net.pair[place]
        row = net.row[pair]
        at = outside if net.choice[row] < 0 else net.column[net.choice[row]]
        through = base + net.gain[row] - net.worth[pair]
        if at != node and through < way.cost[at]:
            way.cost[at], way.following[at], way.mover[at] = through, node, row
            heap = push(way.keys, way.nodes, heap, through, at)
    return heap
