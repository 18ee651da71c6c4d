"""Where someone stands in a programme, and why waiting takes long, as data."""

from enum import StrEnum

from kith.people.rules import Side


class PlaceState(StrEnum):
    """Where an enrolment stands. Matching sets the first three."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    MATCHED = "matched"
    PAUSED = "paused"
    ENDED = "ended"


SIDES = tuple(Side)
STATES = tuple(PlaceState)

# A pause and an end are somebody's decision; who comes back waits again.
MAY_PAUSE = frozenset({PlaceState.WAITING})
MAY_RESUME = frozenset({PlaceState.PAUSED})
MAY_END = frozenset({PlaceState.WAITING, PlaceState.PAUSED})


class Reason(StrEnum):
    """A practical reason why it takes long. None is about what a person is like."""

    LANGUAGE = "language"
    TIMES = "times"
    PLACE = "place"
    TOPIC = "topic"
    WISH_WOMAN = "wish_woman"
    WISH_MAN = "wish_man"
    INTERPRETER = "interpreter"
    CHECKS = "checks"
    UNREACHED = "unreached"
    OWN_WISH = "own_wish"


REASONS = tuple(Reason)
# What can be said of each side.
REASONS_OF: dict[Side, tuple[Reason, ...]] = {
    Side.PARTICIPANT: tuple(reason for reason in Reason if reason is not Reason.CHECKS),
    Side.MENTOR: (
        Reason.CHECKS,
        Reason.LANGUAGE,
        Reason.TIMES,
        Reason.PLACE,
        Reason.UNREACHED,
        Reason.OWN_WISH,
    ),
}
