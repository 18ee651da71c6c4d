"""States of duties and the limits of a rota, as data."""

from datetime import timedelta
from enum import StrEnum


class DutyState(StrEnum):
    """What became of a duty. One that is over and that nobody noted stays planned."""

    PLANNED = "planned"
    HELD = "held"
    OFF = "off"


NEXT: dict[DutyState, frozenset[DutyState]] = {
    DutyState.PLANNED: frozenset({DutyState.HELD, DutyState.OFF}),
    DutyState.HELD: frozenset(),
    DutyState.OFF: frozenset(),
}

VISIT = ""
"""The duty that belongs to no role: somebody comes and is there."""
ROTA = "rota"
"""The paper by which a programme says that its groups have a rota."""

SHORTEST_MINUTES, LONGEST_MINUTES, USUAL_MINUTES = 15, 600, 90
MOST_WEEKS, USUAL_WEEKS = 13, 4
FARTHEST = timedelta(days=365)
LOOK_AHEAD = timedelta(weeks=4)
"""For these weeks the rota should be filled."""
EMPTY_SOON = timedelta(days=7)
"""A duty that nobody takes asks for the coordinator from so long before."""
LOOK_BACK = timedelta(weeks=12)
"""Duties of these weeks count when work is shared: whoever came later need not catch up."""
NOTE_WITHIN = timedelta(days=21)
KEPT = timedelta(days=180)
