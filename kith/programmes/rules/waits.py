"""How long people waited for a match here before, and what that honestly tells someone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

# Fewer waits than this tell nothing; more than the last twenty tell of other times.
FEWEST = 5
LOOKED_AT = 20


@dataclass(frozen=True)
class Expectation:
    """What the last waits of a list say: how many they were, and how many days they lasted."""

    number: int
    shortest_days: int
    middle_days: int
    longest_days: int

    def is_outlasted(self, days: int) -> bool:
        """Whether someone has waited longer than everyone of those."""
        return days > self.longest_days


def expectation(days: Sequence[int]) -> Expectation | None:
    """What waits that ended with a match say, the newest first; None where they are too few.

    The middle one is a wait that really was: with an even number the shorter of the two.
    """
    looked_at = days[:LOOKED_AT]
    if len(looked_at) < FEWEST:
        return None
    return Expectation(len(looked_at), min(looked_at), median_low(looked_at), max(looked_at))
