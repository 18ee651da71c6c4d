"""How many people a mentor already goes with: rooms above tell it, matching only asks."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

LoadSource = Callable[[Collection[UUID]], Mapping[UUID, int]]
"""Persons (mentors) in, how many places each of them holds already out."""

_sources: list[LoadSource] = []


def add_load_source(source: LoadSource) -> None:
    """Plug in a count of held places; called once, from a room's wiring."""
    if source not in _sources:
        _sources.append(source)


def held_places(mentors: Collection[UUID]) -> Counter[UUID]:
    """Places held by each of these persons, over all sources."""
    held: Counter[UUID] = Counter()
    for source in _sources:
        held.update(source(mentors))
    return held
