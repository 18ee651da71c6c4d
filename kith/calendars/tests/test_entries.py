"""Calendar files, opened with a parser other than the one that wrote them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kith.calendars.rules.entries import Entry, Letter, Method, Words, written
from kith.calendars.rules.moments import goes_at
from kith.calendars.tests import reading
from kith.reminders.rules.moments import Quiet

KEY = UUID("018f0000-0000-7000-8000-000000000001")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEGINS = datetime(2026, 12, 1, 17, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
WORDS = Words(title="Meeting", answer="Answer in Kith:", calendar="Meetings in Kith")
PLACE = "Café „Pod Lipą”, ul. Długa 3; 2. piętro\nقاعة"


def entry(**changed):
    told = {
        "key": KEY,
        "sequence": 0,
        "begins": BEGINS,
        "minutes": 90,
        "place": PLACE,
        "link": "https://kith.example.org/matches/1/",
    }
    return Entry(**{**told, **changed})


def file_of(*entries, method=Method.PUBLISH, letter=None):
    return written(
        list(entries), WORDS, method=method, host="kith.example.org", now=NOW, letter=letter
    )


def opened(*entries, **given):
    return reading.opened(file_of(*entries, **given))


def test_a_file_opens_in_another_parser_and_says_when_and_where() -> None:
    calendar = opened(entry())

    event = calendar.vevent
    assert calendar.method.value == "PUBLISH"
    assert event.uid.value == f"{KEY}@kith.example.org"
    assert event.dtstart.value == BEGINS
    assert event.dtend.value == BEGINS + timedelta(minutes=90)
    assert event.location.value == PLACE
    assert event.summary.value == "Meeting"
    assert event.status.value == "CONFIRMED"


def test_an_invitation_names_addresses_and_no_people() -> None:
    letter = Letter(sender="kith@example.org", to="olena@example.org")

    event = opened(entry(), method=Method.REQUEST, letter=letter).vevent

    assert event.organizer.value == "mailto:kith@example.org"
    assert event.attendee.value == "mailto:olena@example.org"
    assert event.organizer.params == {}
    assert event.attendee.params == {}


def test_what_is_off_keeps_its_name_with_a_higher_sequence() -> None:
    first = opened(entry(), method=Method.REQUEST).vevent
    off = opened(entry(sequence=2, is_off=True), method=Method.CANCEL)

    assert off.method.value == "CANCEL"
    assert off.vevent.uid.value == first.uid.value
    assert (first.sequence.value, off.vevent.sequence.value) == ("0", "2")
    assert off.vevent.status.value == "CANCELLED"


def test_a_file_without_meetings_is_a_calendar_too() -> None:
    assert "BEGIN:VCALENDAR" in file_of()
    assert "VEVENT" not in file_of()


def test_no_line_is_longer_than_the_standard_says() -> None:
    lines = file_of(entry(place="ż" * 300)).split("\r\n")

    assert max(len(line.encode()) for line in lines) <= 75


# ── When an invitation goes ──────────────────────────────────────────────────────────────────────

WARSAW = ZoneInfo("Europe/Warsaw")
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=WARSAW)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "is_change", "expected"),
    [
        ({TODAY}, True, NIGHT),
        ({TODAY, TOMORROW}, True, NIGHT),
        ({TOMORROW}, True, datetime(2026, 11, 24, 8, tzinfo=WARSAW)),
        ({TODAY}, False, datetime(2026, 11, 24, 8, tzinfo=WARSAW)),
    ],
    ids=["called off today", "moved from today", "of tomorrow", "planned anew"],
)
def test_quiet_hours_hold_unless_a_change_concerns_today(days, is_change, expected) -> None:
    assert goes_at(NIGHT, days, is_change=is_change, quiet=Quiet(), zone=WARSAW) == expected
