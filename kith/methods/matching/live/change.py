"""What an act on a live round changed."""

from dataclasses import dataclass

from kith.methods.matching.alternatives import Move


@dataclass(frozen=True)
class Change:
    """The difference that one act makes.

    moves    everybody whose match is another one now, whoever was named included
    value    difference of the worth of all matches: fits, waiting points and losses averted
    matched  difference of the number of matches; fit  difference of the sum of fits
    """

    moves: tuple[Move, ...]
    value: int
    matched: int
    fit: int
