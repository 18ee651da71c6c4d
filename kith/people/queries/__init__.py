"""Every read for a page: first argument the actor, starting at what is visible."""

from kith.people.queries.boards import (
    NextStep,
    Standing,
    add_list_filter,
    add_next_step,
    add_standing,
)
from kith.people.queries.search import find_people, listed, narrowed, people

__all__ = [
    "NextStep",
    "Standing",
    "add_list_filter",
    "add_next_step",
    "add_standing",
    "find_people",
    "listed",
    "narrowed",
    "people",
]
