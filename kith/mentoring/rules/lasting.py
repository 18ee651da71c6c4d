"""What counts as an early end, and how few matches are too few for a picture."""

from kith.mentoring.rules.states import CloseReason
from kith.methods.trajectories.survival import Curve

AS_PLANNED = frozenset({CloseReason.PLANNED_END, CloseReason.GOALS_REACHED})
"""Ends that were hoped for: such a match was only seen for as long as it lasted."""
FEWEST = 10
"""Fewer matches than this are not drawn, nor the part of a curve that rests on fewer."""


def last_day_drawn(curve: Curve) -> int:
    """The last day that rests on at least ten matches."""
    day = curve.last_day
    while day > 0 and curve.at_risk(day) < FEWEST:
        day -= 1
    return day
