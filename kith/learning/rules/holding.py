"""How long a certificate holds, and what keeps it so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kith.base.days import months_later
from kith.learning.rules.states import HoursKind

SUPERVISION_MINUTES_A_YEAR = 240


class NotHeld(StrEnum):
    """Why a certificate opens nothing on a day."""

    NOT_YET = "not_yet"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REFRESHER = "refresher"
    SUPERVISION = "supervision"


@dataclass(frozen=True)
class Kept:
    """Time that somebody gave to staying able."""

    kind: HoursKind
    done_on: date
    minutes: int


@dataclass(frozen=True)
class Held:
    """What a certificate says of itself.

    valid_until       the last day
    refresher_months  after so many months it needs a refresher and supervision, again and again;
                      None where it does not
    """

    issued_on: date
    valid_until: date
    revoked_on: date | None = None
    refresher_months: int | None = None


def why_not_held(held: Held, kept: Iterable[Kept], *, on: date) -> NotHeld | None:
    """The first reason why a certificate opens nothing on a day; None where it holds.

    On the last day it still holds; the day after, it does not.
    """
    if on < held.issued_on:
        return NotHeld.NOT_YET
    if held.revoked_on is not None and on >= held.revoked_on:
        return NotHeld.REVOKED
    if on > held.valid_until:
        return NotHeld.EXPIRED
    if held.refresher_months is None or on <= months_later(held.issued_on, held.refresher_months):
        return None
    recent = [
        one for one in kept if one.done_on <= on <= months_later(one.done_on, held.refresher_months)
    ]
    if not any(one.kind is HoursKind.REFRESHER for one in recent):
        return NotHeld.REFRESHER
    minutes = sum(one.minutes for one in recent if one.kind is HoursKind.SUPERVISION)
    return None if minutes >= SUPERVISION_MINUTES_A_YEAR else NotHeld.SUPERVISION
