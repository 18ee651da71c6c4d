"""When a quiz, a final test and a course are passed, and how long one may try."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

FINAL = "final"
"""The part of a course that asks about all modules; modules have their own keys."""
MOST_FINALS_A_DAY = 3
MOST_EXTRA_PERCENT = 100
LIST_PLACES = 1 << 17
"""Places on one list of revoked badges; half of them are given away before the next begins."""
LONGEST_SCREEN = timedelta(minutes=15)
"""More than that between two screens counts as a pause, not as reading."""


def percent(points: Sequence[Fraction]) -> int:
    """Points of all questions as a share in percent, rounded down; 0 without questions."""
    return int(sum(points, Fraction(0)) * 100 / len(points)) if points else 0


def allowed_minutes(minutes: int | None, extra_percent: int) -> int | None:
    """Minutes for a test with somebody's extra time, rounded up; None without a limit."""
    return None if minutes is None else -(-minutes * (100 + extra_percent) // 100)


@dataclass(frozen=True)
class Done:
    """What somebody has of a course.

    modules_left    modules with unread screens or without a passed quiz
    vignettes_left  stories whose answer no trainer has accepted yet
    """

    modules_left: tuple[str, ...]
    final_passed: bool
    vignettes_left: tuple[str, ...]
    live_needed: bool
    live_attended: bool

    @property
    def is_all(self) -> bool:
        """Whether the certificate can be given."""
        left = self.modules_left or self.vignettes_left
        return not left and self.final_passed and (self.live_attended or not self.live_needed)
