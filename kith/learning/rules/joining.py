"""Who can join an edition, and what is said to those who cannot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LINK_LASTS = timedelta(days=3)
"""So long somebody without an account has to confirm an address; then the request is erased."""


class NotNow(StrEnum):
    """Why somebody cannot join."""

    OTHER_COUNTRY = "other_country"
    CLOSED = "closed"
    FULL = "full"
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Door:
    """What decides who can join an edition.

    countries  two letters each; empty = from everywhere
    closes_on  the last day on which one can join
    seats      how many can take part; None = as many as like
    """

    countries: Collection[str]
    closes_on: date
    seats: int | None
    taken: int
    is_off: bool = False


def why_not(door: Door, *, country: str, today: date) -> NotNow | None:
    """The reason why somebody who works in a country cannot join today; None where they can."""
    if door.is_off:
        return NotNow.CALLED_OFF
    if today > door.closes_on:
        return NotNow.CLOSED
    if door.countries and country not in door.countries:
        return NotNow.OTHER_COUNTRY
    if door.seats is not None and door.taken >= door.seats:
        return NotNow.FULL
    return None


PARTNER_COUNTRIES = ("BA", "ES", "MD", "PL", "PT", "RO", "SK")
"""The example that comes with Kith: countries of a European project of 2022 to 2025."""
