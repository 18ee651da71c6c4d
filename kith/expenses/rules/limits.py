"""How much, how late, and how long expenses are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

MOST_CENTS = 100_000_00
MOST_LINES = 30
MOST_KINDS = 20
LONGEST_KIND = 60
LONGEST_NOTE = 200
LONGEST_WORD = 1000
ON_A_PAGE = 30

WITHIN_DAYS = 60
FEWEST_DAYS, MOST_DAYS = 7, 366
# How long books are kept differs from country to country; ten years is the longest we know of.
KEEP_YEARS = 10
KEEP_BOOKED = timedelta(days=KEEP_YEARS * 365)
FEWEST_YEARS, MOST_YEARS = 1, 15
KEEP_REST = timedelta(days=365)
NEWS_DAYS = 14

FIRST_KINDS = (_("Bus, tram and train"), _("Tickets"), _("Coffee and tea"), _("Material"))

Month = tuple[int, int]


@dataclass(frozen=True)
class Spent:
    """What the expenses of one month come to, and the limit they pass.

    month         year and month
    cents, limit  whole cents
    """

    month: Month
    cents: int
    limit: int


def too_late(on: date, today: date, within_days: int) -> bool:
    """Whether an expense of a day can no longer be noted; the last day still counts."""
    return (today - on).days > within_days


def month_of(day: date) -> Month:
    """The month in which an expense counts."""
    return day.year, day.month


def by_month(lines: Iterable[tuple[date, int]]) -> dict[Month, int]:
    """Whole cents by month."""
    found: dict[Month, int] = {}
    for on, cents in lines:
        found[month_of(on)] = found.get(month_of(on), 0) + cents
    return found


def above(
    own: Mapping[Month, int], others: Mapping[Month, int], limit: int | None
) -> tuple[Spent, ...]:
    """Months of a claim in which, with the other claims, more than the limit was spent."""
    if limit is None:
        return ()
    sums = {month: cents + others.get(month, 0) for month, cents in own.items()}
    return tuple(
        Spent(month, cents, limit) for month, cents in sorted(sums.items()) if cents > limit
    )


def last_settled_on(as_of: date, years: int) -> date:
    """Books are kept from the end of their year on: the last day of settling that is over."""
    return date(as_of.year - years - 1, 12, 31)
