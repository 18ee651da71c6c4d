"""When a programme asks a questionnaire, and which of its occasions are due for a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OPEN_WEEKS = 6
"""For so many weeks an occasion is asked; then it passes by itself."""
MOST_WEEK = 104


class Moment(StrEnum):
    """When a questionnaire is asked.

    APPLICATION and WELCOME are asked by the rooms that hold these; support and assessment have no
    moment here, and get none: answers to questionnaires never weigh in a decision about someone.
    """

    APPLICATION = "application"
    WELCOME = "welcome"
    START = "start"
    WEEKS = "weeks"
    REQUEST = "request"


ASKED_BY_ITSELF = frozenset({Moment.START, Moment.WEEKS})
"""Moments that come with time, without anybody asking."""
WEEK, DAY = "week-", "request-"


@dataclass(frozen=True)
class Occasion:
    """One time of asking: its key, and the week or day where there is one."""

    key: str
    moment: Moment
    week: int = 0
    day: date | None = None


def due_occasions(
    moment: Moment, weeks: Iterable[int], *, week: int | None, taken: Collection[str]
) -> list[Occasion]:
    """The occasions that are due for a person and were not taken yet.

    weeks  the weeks in which it is asked, where the moment is WEEKS
    week   whole weeks of mentoring, 0 before the first meeting; None outside of a programme
    taken  keys of the occasions the person has answered, begun or passed over
    """
    due = [one for one in _coming(moment, weeks) if _is_open(one, week)]
    # Two weeks that lie near each other ask once.
    return [one for one in due[-1:] if one.key not in taken]


def occasion_at(moment: Moment, week: int = 0) -> Occasion:
    """An occasion of a moment that has one, or the one of a week."""
    return Occasion(f"{WEEK}{week}" if moment is Moment.WEEKS else moment.value, moment, week)


def request_occasion(day: date) -> Occasion:
    """The occasion of someone who wants to answer on a day; one a day."""
    return Occasion(f"{DAY}{day.isoformat()}", Moment.REQUEST, day=day)


def occasion_of(key: str) -> Occasion:
    """The occasion of a key. Raises ValueError."""
    if key.startswith(WEEK):
        return occasion_at(Moment.WEEKS, int(key.removeprefix(WEEK)))
    if key.startswith(DAY):
        return request_occasion(date.fromisoformat(key.removeprefix(DAY)))
    return occasion_at(Moment(key))


def _coming(moment: Moment, weeks: Iterable[int]) -> list[Occasion]:
    if moment is Moment.START:
        return [occasion_at(moment)]
    return [occasion_at(moment, week) for week in sorted(weeks)] if moment is Moment.WEEKS else []


def _is_open(occasion: Occasion, week: int | None) -> bool:
    begins = occasion.week
    if occasion.moment is Moment.START:
        return week is None or week < OPEN_WEEKS
    return week is not None and begins <= week < begins + OPEN_WEEKS
