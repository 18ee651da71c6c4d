"""Care for those who accompany: supervision in time, and not too many matches at once.

Plain rules of dates and counts of matches, never of how somebody does it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from kith.base.content import ParticipantText, Unfit, read_content
from kith.mentoring.rules.texts import TextFault
from kith.programmes.rules import ProgrammeTemplate, WeekRhythm, rhythm_weeks

THEMES = Path(__file__).parents[1] / "content" / "supervision.toml"
LONGEST_SUPERVISION = 480
MOST_IN_A_GROUP = 30


class SessionForm(StrEnum):
    SINGLE = "single"
    GROUP = "group"


class SessionState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Theme:
    """An area that a talk was about; never whose story was told."""

    key: str
    name: ParticipantText


@dataclass(frozen=True)
class Themes:
    themes: tuple[Theme, ...]

    def __post_init__(self) -> None:
        if len({one.key for one in self.themes}) != len(self.themes):
            raise Unfit("themes", "each has a key of its own")


@dataclass(frozen=True)
class MentorRules:
    """The strictest of the programmes in which somebody accompanies someone."""

    supervision_weeks: int
    most_matches: int


@dataclass(frozen=True)
class MentorDates:
    """What is known of somebody who accompanies others.

    since       from this day on supervision is asked for
    planned_on  the day of the next supervision, when one is planned
    began       the day each running match began, in order
    kept        so many matches at once were agreed with the mentor
    rhythms     for each running match: the day the mentor came into it, and the weeks in which
                its programme plans supervision, counted from that day
    """

    since: date
    supervised_on: date | None
    planned_on: date | None
    began: tuple[date, ...]
    kept: int = 0
    rhythms: tuple[tuple[date, WeekRhythm], ...] = ()


@cache
def themes() -> tuple[Theme, ...]:
    """Raises TextFault with the file and the key at fault."""
    return read_content(THEMES, Themes, fault=TextFault).themes


def rules_for(templates: Iterable[ProgrammeTemplate]) -> MentorRules | None:
    """The strictest rules of some programmes; None without one."""
    found = [one.attention for one in templates]
    if not found:
        return None
    return MentorRules(
        min(one.weeks_without_supervision for one in found),
        min(one.matches_of_one_mentor for one in found),
    )


def supervise_on(dates: MentorDates, rules: MentorRules) -> date | None:
    """From which day supervision lacks: a week of the rhythm went by without it, or the longest
    time the programme allows. A plan puts it off."""
    if not dates.began:
        return None
    last = max(dates.since, dates.supervised_on or dates.since)
    due = last + timedelta(weeks=rules.supervision_weeks)
    due = min([due, *(_week_over(began, rhythm, dates) for began, rhythm in dates.rhythms)])
    if dates.planned_on is None:
        return due
    return max(due, dates.planned_on + timedelta(days=1))


def _week_over(began: date, rhythm: WeekRhythm, dates: MentorDates) -> date:
    """The day after the first week of a rhythm for which no supervision counts.

    One that was held in the week before counts for it: nobody is asked again a day later.
    """
    held = dates.supervised_on
    weeks = (began + timedelta(weeks=week - 1) for week in rhythm_weeks(rhythm))
    return next(
        first + timedelta(weeks=1)
        for first in weeks
        if first >= dates.since and (held is None or held < first - timedelta(weeks=1))
    )


def crowded_on(dates: MentorDates, rules: MentorRules) -> date | None:
    """The day on which one match more began than the programme plans, or than was agreed."""
    most = max(rules.most_matches, dates.kept)
    return dates.began[most] if len(dates.began) > most else None
