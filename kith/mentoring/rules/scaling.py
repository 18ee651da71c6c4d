"""Goal attainment scaling: five outcomes of a goal in the participant's words, and which one came.

An outcome belongs to a goal. No figure is made of the goals of one person: only the goals of a
whole programme are looked at together, and only where they are those of ten people or more.
"""

from enum import StrEnum

FEWEST_PEOPLE = 10
"""With the goals of fewer people no figure is shown: single ones could be recognised."""


class Outcome(StrEnum):
    """How a goal came out beside what was expected, from the least to the most."""

    MUCH_LESS = "much_less"
    LESS = "less"
    EXPECTED = "expected"
    MORE = "more"
    MUCH_MORE = "much_more"
