"""The weeks in which something falls due again and again."""

from collections.abc import Iterator
from itertools import count

from kith.programmes.rules.templates import WeekRhythm


def rhythm_weeks(rhythm: WeekRhythm) -> Iterator[int]:
    """The weeks of a rhythm one after the other, without an end."""
    yield from rhythm.weeks
    yield from count(rhythm.weeks[-1] + rhythm.then_every_weeks, rhythm.then_every_weeks)


def due_weeks(rhythm: WeekRhythm, *, until_week: int) -> tuple[int, ...]:
    """All weeks in which the rhythm falls due, up to and including `until_week`."""
    later = range(rhythm.weeks[-1] + rhythm.then_every_weeks, until_week + 1)
    return tuple(week for week in rhythm.weeks if week <= until_week) + tuple(
        later[:: rhythm.then_every_weeks]
    )
