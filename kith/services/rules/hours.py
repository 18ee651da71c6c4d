"""Opening hours: from HSDS's schedules to minutes of weekdays, and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kith.services.rules.hsds import Document

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT = 24 * 60
EVENING = 17 * 60
NOON = 12 * 60
# An hour is said as the entry writes it: at the place of the service. What follows it is left out.
CLOCK = re.compile(r"^\s*([01]?\d|2[0-4]):([0-5]\d)(?::\d{2})?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?\s*$")


@dataclass(frozen=True, order=True)
class Opening:
    """Open on a weekday, 0 is Monday, from a minute of the day to another; the days it counts."""

    weekday: int
    opens: int
    closes: int
    from_on: date | None = None
    to_on: date | None = None


def openings_of(document: Document) -> list[Opening]:
    """When a service is open, from its own schedules and those of its places."""
    found: set[Opening] = set()
    for schedule in schedules_of(document):
        found.update(_openings(schedule))
    return sorted(found, key=lambda one: (one.weekday, one.opens, one.closes))


def schedules_of(document: Document) -> Iterable[Document]:
    """The schedules of a service; those of its places where it has none itself."""
    own = _rows(document.get("schedules"))
    if own:
        return own
    places = _rows(document.get("service_at_locations"))
    at_places = [one for place in places for one in _rows(place.get("schedules"))]
    if at_places:
        return at_places
    return [
        one for place in places for one in _rows((place.get("location") or {}).get("schedules"))
    ]


def _rows(found: Any) -> list[Document]:
    return [one for one in found or [] if isinstance(one, dict)]


def _openings(schedule: Document) -> Iterable[Opening]:
    """Every week alike; what comes every second week or once a month is only shown in words."""
    opens, closes = minute(schedule.get("opens_at")), minute(schedule.get("closes_at"))
    if schedule.get("freq", "WEEKLY") != "WEEKLY" or schedule.get("interval") not in (None, 1):
        return
    if opens is None or closes is None or opens == closes:
        return
    since, until = day(schedule.get("valid_from")), day(schedule.get("valid_to"))
    for weekday in weekdays(schedule.get("byday")):
        if opens < closes:
            yield Opening(weekday, opens, closes, since, until)
        else:
            yield Opening(weekday, opens, MIDNIGHT, since, until)
            yield Opening((weekday + 1) % 7, 0, closes, since, until)


def weekdays(byday: Any) -> list[int]:
    """Monday is 0; an empty list when the days are not plain weekdays."""
    named = [one.strip().upper() for one in str(byday or "").split(",") if one.strip()]
    if any(one not in DAYS for one in named):
        return []
    return sorted({DAYS.index(one) for one in named})


def minute(clock: Any) -> int | None:
    """The minute of the day, 0 to 1440."""
    found = CLOCK.match(str(clock or ""))
    if found is None:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return minutes if minutes <= MIDNIGHT else None


def day(text: Any) -> date | None:
    """A date as it stands at the start of a text; None where there is none."""
    try:
        return date.fromisoformat(str(text or "")[:10])
    except ValueError:
        return None


def parts_open(openings: Iterable[Opening]) -> set[str]:
    """The parts of the week in which it is open: "mon-eve" and the like."""
    return {
        f"{WEEK[one.weekday]}-{part}"
        for one in openings
        for part, (begin, end) in PARTS.items()
        if one.opens < end and one.closes > begin
    }


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {"am": (0, NOON), "pm": (NOON, EVENING), "eve": (EVENING, MIDNIGHT)}


def is_open(openings: Iterable[Opening], moment: datetime) -> bool:
    """Whether it is open at a moment of the local clock."""
    now, today = moment.hour * 60 + moment.minute, moment.date()
    return any(
        one.weekday == moment.weekday() and one.opens <= now < one.closes and _counts(one, today)
        for one in openings
    )


def _counts(one: Opening, today: date) -> bool:
    return (one.from_on is None or one.from_on <= today) and (
        one.to_on is None or today <= one.to_on
    )


def clock(minutes: int) -> str:
    """A minute of the day as "09:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


class NoHours(ValueError):
    """Hours that cannot be read."""


def typed_hours(text: str) -> list[tuple[int, int]]:
    """Hours as people type them, "9-12, 14:00-17:30". Raises NoHours."""
    found = []
    for part in text.replace("–", "-").replace(";", ",").split(","):
        ends = [one.strip() for one in part.split("-")]
        minutes = [minute(one if ":" in one else f"{one}:00") for one in ends if one]
        if not any(ends):
            continue
        if len(minutes) != 2 or minutes[0] is None or minutes[1] is None:
            raise NoHours(part)
        if minutes[0] >= minutes[1]:
            raise NoHours(part)
        found.append((minutes[0], minutes[1]))
    return found
