"""Retention clocks: what is kept how long, and what is erased when the time is over.

Each room registers its categories. A row that is due is first marked; it is erased when the grace
is over too, unless somebody put it on hold with a reason and an end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Category:
    """One kind of record and its clock."""

    key: str
    title: str | Promise
    period: timedelta
    grace: timedelta
    due: Callable[[date], Iterable[UUID]]  # records whose clock began on or before this day
    erase: Callable[[list[UUID]], int]  # erases these records, gives how many there were


class CategoryTwice(RuntimeError):
    """Two rooms registered a category of the same key."""


_register: dict[str, Category] = {}


def register(category: Category) -> None:
    """Add a category, from a room's wiring. Raises CategoryTwice."""
    known = _register.get(category.key)
    if known is not None and known != category:
        raise CategoryTwice(category.key)
    _register[category.key] = category


def categories() -> list[Category]:
    """All categories, shortest clock first."""
    return sorted(_register.values(), key=lambda one: (one.period, one.key))


def began_before(category: Category, as_of: date) -> date:
    """The last day on which a clock that has run out by `as_of` can have begun."""
    return as_of - category.period
