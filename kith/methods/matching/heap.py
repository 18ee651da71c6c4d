"""A heap of (key, node) in two arrays, smallest on top; equal keys in the order of the nodes."""

from typing import Any

from kith.methods.matching.compiled import compiled


@compiled
def push(keys: Any, nodes: Any, size: int, key: int, node: int) -> int:
    """Put one in; gives the new size."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] < key or (keys[above] == key and nodes[above] <= node):
            break
        keys[place], nodes[place] = keys[above], nodes[above]
        place = above
    keys[place], nodes[place] = key, node
    return size + 1


@compiled
def pop(keys: Any, nodes: Any, size: int) -> int:
    """Take the smallest out, which stood at place 0; gives the new size."""
    size -= 1
    key, node = keys[size], nodes[size]
    place = 0
    below = 1
    while below < size:
        other = below + 1
        if other < size and (
            keys[other] < keys[below]
            or (keys[other] == keys[below] and nodes[other] < nodes[below])
        ):
            below = other
        if key < keys[below] or (key == keys[below] and node <= nodes[below]):
            break
        keys[place], nodes[place] = keys[below], nodes[below]
        place = below
        below = 2 * place + 1
    keys[place], nodes[place] = key, node
    return size
