"""Meetings and duties as a calendar file: when, for how long, where; nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Kith//Meetings//EN"


class Method(StrEnum):
    """What a calendar is to do with a file."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Entry:
    """One meeting or duty, as everybody who looks at a calendar may see it.

    link   the page in Kith where one answers or moves it, after signing in
    title  what it is called where it is no meeting
    """

    key: UUID
    sequence: int
    begins: datetime
    minutes: int
    place: str
    link: str
    is_off: bool = False
    title: str = ""


@dataclass(frozen=True)
class Letter:
    """Who invites whom: addresses only."""

    sender: str
    to: str


@dataclass(frozen=True)
class Words:
    """What a calendar shows, in the language of whoever reads it."""

    title: str
    answer: str
    calendar: str


def written(
    entries: Sequence[Entry],
    words: Words,
    *,
    method: Method,
    host: str,
    now: datetime,
    letter: Letter | None = None,
) -> str:
    """A calendar file (RFC 5545) of some meetings; with a letter an invitation (RFC 5546)."""
    from icalendar import Calendar  # noqa: PLC0415 - slow to load, and few pages write calendars

    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", method.value)
    if letter is None:
        found.add("x-wr-calname", words.calendar)
        found.add("x-published-ttl", "PT1H")
    for entry in entries:
        found.add_component(_event(entry, words, host, now, letter))
    return str(found.to_ical().decode())


def _event(entry: Entry, words: Words, host: str, now: datetime, letter: Letter | None) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    begins = entry.begins.astimezone(UTC)
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=entry.minutes))
    event.add("summary", entry.title or words.title)
    if entry.place:
        event.add("location", entry.place)
    event.add("description", f"{words.answer}\n{entry.link}")
    event.add("url", entry.link)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    if letter is not None:
        event.add("organizer", f"mailto:{letter.sender}")
        event.add("attendee", f"mailto:{letter.to}")
    return event
