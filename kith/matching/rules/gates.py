"""What must hold for anybody before being proposed. What mentors need stands with programmes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kith.programmes.rules import Missing


class Hold(StrEnum):
    """What holds somebody back."""

    CONSENT = "consent"
    MINOR = "minor"
    PAUSED = "paused"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class HoldUntil:
    """One thing that holds somebody back; `on` is the day it ends, where it has one."""

    hold: Hold
    on: date | None = None


Lacking = HoldUntil | Missing


def holds_of_anyone(*, agreed: bool, adult: bool) -> list[HoldUntil]:
    """What both sides need: consent in force, and being of age."""
    return [
        *([] if agreed else [HoldUntil(Hold.CONSENT)]),
        *([] if adult else [HoldUntil(Hold.MINOR)]),
    ]


def holds_of_mentor(
    *, paused_until: date | None, available_since: date | None, today: date
) -> list[HoldUntil]:
    """A mentor's own times: a break, or a start that is still to come."""
    if paused_until is not None and paused_until >= today:
        return [HoldUntil(Hold.PAUSED, on=paused_until)]
    if available_since is not None and available_since > today:
        return [HoldUntil(Hold.NOT_YET, on=available_since)]
    return []
