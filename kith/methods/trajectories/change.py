"""Reliable change: whether two figures of one person differ by more than the measure wavers.

Source: Jacobson and Truax 1991, Journal of Consulting and Clinical Psychology 59(1), 12-19.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

BEYOND_CHANCE = 1.96
"""With no real change, 95 of 100 differences lie within so many standard errors."""


class Outcome(StrEnum):
    """What may be said; more is not known from two figures."""

    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no_clear_change"


SENTENCES = {
    Outcome.UP: "A clear change up: more than the questionnaire wavers by itself.",
    Outcome.DOWN: "A clear change down: more than the questionnaire wavers by itself.",
    Outcome.NO_CLEAR_CHANGE: "No clear change: differences of this size also come by chance.",
}
"""English sentences. Pages have their own for each outcome."""


class NoReliableChange(ValueError):
    """The published figures cannot be true, so no change can be called clear."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two figures.

    index           difference in standard errors of a difference, no unit
    standard_error  of a difference, in units of the scale
    least           smallest difference that is clear, in units of the scale
    """

    index: float
    standard_error: float
    outcome: Outcome

    @property
    def least(self) -> float:
        return BEYOND_CHANCE * self.standard_error

    @property
    def sentence(self) -> str:
        return SENTENCES[self.outcome]


def standard_error_of_difference(*, standard_deviation: float, reliability: float) -> float:
    """How far two measurements of an unchanged person lie apart, in units of the scale.

    standard_deviation  of the scale in the group it was tried on, > 0
    reliability         test and retest, 0 < r < 1
    raises              NoReliableChange when either cannot be true
    source              Jacobson and Truax 1991
    """
    if not (standard_deviation > 0 and math.isfinite(standard_deviation) and 0 < reliability < 1):
        raise NoReliableChange(f"{standard_deviation}, {reliability}")
    standard_error = standard_deviation * math.sqrt(1 - reliability)
    return math.sqrt(2 * standard_error**2)


def reliable_change(
    first: float, second: float, *, standard_deviation: float, reliability: float
) -> Change:
    """Whether the second figure is clearly above or below the first."""
    error = standard_error_of_difference(
        standard_deviation=standard_deviation, reliability=reliability
    )
    index = (second - first) / error
    return Change(index=index, standard_error=error, outcome=_outcome(index))


def _outcome(index: float) -> Outcome:
    if abs(index) <= BEYOND_CHANCE:
        return Outcome.NO_CLEAR_CHANGE
    return Outcome.UP if index > 0 else Outcome.DOWN
