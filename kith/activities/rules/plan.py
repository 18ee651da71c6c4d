"""Joint activities as data: states, rhythms, limits, and who gets a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class ActivityState(StrEnum):
    """Where one activity stands."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"


class Answer(StrEnum):
    """What somebody said about coming."""

    COMING = "coming"
    WAITING = "waiting"  # for a place
    NOT_COMING = "not_coming"


class Rhythm(StrEnum):
    """How often an activity repeats."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    EVERY_FOUR_WEEKS = "every_four_weeks"


WEEKS_APART = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.EVERY_FOUR_WEEKS: 4}
AHEAD = timedelta(weeks=8)
"""So far ahead the days of a repeating activity stand on the list."""
SHORTEST_MINUTES, LONGEST_MINUTES, USUAL_MINUTES = 15, 1440, 120
MOST_PLACES = 500
MOST_GUESTS = 9
KEEP_ANSWERS = timedelta(days=365)
"""Who signed up and who came is kept so long after the day; how many came stays."""
NOTE_WITHIN = timedelta(days=14)
"""So long after the day, the coordinator is asked who came."""


@dataclass(frozen=True)
class Plan:
    """What an activity is, as somebody planned it. No word about people.

    minutes  how long it takes
    places   how many can come, guests included; None where everybody can
    until    the last day of a repeating activity; None where it goes on
    """

    title: str
    about: str
    place: str
    link: str
    starts_at: datetime
    minutes: int
    places: int | None
    rhythm: Rhythm = Rhythm.ONCE
    until: date | None = None


def days_between(first: date, rhythm: Rhythm, *, after: date, upto: date) -> Iterator[date]:
    """The days of a repeating activity after one day and up to another, both counted exactly."""
    step = timedelta(weeks=WEEKS_APART[rhythm])
    passed = max(0, (after - first).days // step.days + 1)
    day = first + passed * step
    while day <= upto:
        yield day
        day += step


def is_room(places: int | None, taken: int, guests: int) -> bool:
    """Whether one more person with these guests finds a place."""
    return places is None or taken + 1 + guests <= places


def who_moves_up(places: int | None, taken: int, waiting: Sequence[int]) -> list[int]:
    """Who of those who wait gets a place now: their numbers in the line, the first first.

    waiting  the guests of each, the longest waiting first. Nobody overtakes: a large family that
             does not fit yet keeps its turn.
    """
    found = []
    for number, guests in enumerate(waiting):
        if not is_room(places, taken, guests):
            break
        found.append(number)
        taken += 1 + guests
    return found
