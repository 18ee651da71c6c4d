"""Ways, states, dates and texts of interpreting, as data and pure functions."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.base.content import ParticipantSentences, ParticipantText, read_content

FILE = Path(__file__).parent / "content" / "confidentiality.toml"
TEXT_LANGUAGES = ("en", "pl", "ar")
Words = str | Promise


class Way(StrEnum):
    """How an interpreter is present."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"


class Level(StrEnum):
    """How someone knows a language they interpret."""

    FIRST = "first"
    FLUENT = "fluent"
    CERTIFIED = "certified"


class Subject(StrEnum):
    """What an interpreter is booked for."""

    MEETING = "meeting"
    TALK = "talk"
    APPOINTMENT = "appointment"


class BookingState(StrEnum):
    """Where a booking stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    CALLED_OFF = "called_off"


S = BookingState

NEXT: dict[BookingState, frozenset[BookingState]] = {
    S.ASKED: frozenset({S.ACCEPTED, S.DECLINED, S.CALLED_OFF}),
    S.ACCEPTED: frozenset({S.DONE, S.CALLED_OFF}),
    S.DECLINED: frozenset(),
    S.DONE: frozenset(),
    S.CALLED_OFF: frozenset(),
}
GOING = frozenset(state for state, following in NEXT.items() if following)


class RequestState(StrEnum):
    """Where a request stands: somebody wants an interpreter at a time.

    moved  the time is another one since somebody was booked: they do not know yet
    """

    OPEN = "open"
    BOOKED = "booked"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


ASKING = frozenset({RequestState.OPEN, RequestState.MOVED})
"""Requests for which somebody has to call an interpreter."""

WAYS: dict[Way, Words] = {
    Way.IN_PERSON: _("In person"),
    Way.PHONE: _("By phone"),
    Way.VIDEO: _("By video"),
}
LEVELS: dict[Level, Words] = {
    Level.FIRST: _("first language"),
    Level.FLUENT: _("fluent"),
    Level.CERTIFIED: _("with a certificate"),
}
SUBJECTS: dict[Subject, Words] = {
    Subject.MEETING: _("Meeting of a match"),
    Subject.TALK: _("Talk with the coordinator"),
    Subject.APPOINTMENT: _("Appointment elsewhere"),
}
STATES: dict[BookingState, Words] = {
    S.ASKED: _("Asked, no answer yet"),
    S.ACCEPTED: _("Coming"),
    S.DECLINED: _("Cannot come"),
    S.DONE: _("Was present"),
    S.CALLED_OFF: _("Called off"),
}

REQUEST_WORDS: dict[RequestState, Words] = {
    RequestState.OPEN: _("an interpreter is being looked for"),
    RequestState.BOOKED: _("an interpreter is asked"),
    RequestState.MOVED: _("the interpreter is asked about the new time"),
}
COMES_WORDS = _("an interpreter comes")

ANSWER_WITHIN = timedelta(days=3)
FURTHEST = timedelta(days=365)
SHORTEST_MINUTES, LONGEST_MINUTES = 15, 480
MOST_CENTS = 10_000_00
KEEP_BOOKINGS = timedelta(days=730)
KEEP_REQUESTS = timedelta(days=60)
KEEP_COSTS = timedelta(days=6 * 366)
KEEP_INTERPRETERS = timedelta(days=730)


def may_become(before: BookingState, after: BookingState) -> bool:
    """Whether a booking may take this step."""
    return after in NEXT[before]


def answer_due_on(asked_on: date, starts_on: date) -> date:
    """The day from which a missing answer is asked for: three days later, or the day before."""
    return max(asked_on, min(asked_on + ANSWER_WITHIN, starts_on - timedelta(days=1)))


def cost_cents(minutes: int, rate_cents: int | None) -> int:
    """What an hourly rate gives for some minutes, to the whole cent; nothing for volunteers."""
    return (minutes * (rate_cents or 0) + 30) // 60


def in_money(cents: int, currency: str) -> str:
    """An amount as a list writes it: 1234.50 PLN."""
    return f"{cents // 100}.{cents % 100:02} {currency}".strip()


@dataclass(frozen=True)
class Confidentiality:
    """The promise of interpreters, in one version."""

    version: str
    title: ParticipantText
    sentences: ParticipantSentences


@cache
def confidentiality() -> Confidentiality:
    """The text in force. Raises ContentFault with the file and the key at fault."""
    return read_content(FILE, Confidentiality)
