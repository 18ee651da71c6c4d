"""What every view of this room needs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kith.base import clock
from kith.interpreters import queries
from kith.interpreters.models import Booking, Interpreter
from kith.interpreters.rules import (
    STATES,
    SUBJECTS,
    BookingState,
    Subject,
)
from kith.people.models import Person
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of
from kith.web.words import comma_list, near

TONES = {BookingState.ASKED: "warn", BookingState.ACCEPTED: "good"}


def interpreter_or_404(request: HttpRequest, pk: UUID | str) -> Interpreter:
    return get_object_or_404(queries.interpreters(actor_of(request)), pk=pk)


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    return get_object_or_404(queries.people_to_book(actor_of(request)), pk=pk)


def booking_or_404(request: HttpRequest, pk: UUID) -> Booking:
    return get_object_or_404(queries.bookings(actor_of(request)), pk=pk)


def pair(language: str, into: str) -> str:
    names = {"one": language_name(language), "other": language_name(into)}
    return _("%(one)s and %(other)s") % names


def line_of(one: Booking, *, with_person: bool = False) -> dict[str, Any]:
    state = BookingState(one.state)
    what = comma_list([pair(one.language, one.into), str(SUBJECTS[Subject(one.subject)])])
    return {
        "title": one.person.name if with_person else one.interpreter.name,
        "context": comma_list([one.interpreter.name, what]) if with_person else what,
        "url": reverse("interpreters:booking", args=[one.pk]),
        "when": when_of(one),
        "state": STATES[state],
        "tone": TONES.get(state, "calm"),
    }


def when_of(one: Booking) -> str:
    return capfirst(moment_words(one.starts_at))


def moment_words(at: datetime) -> str:
    """ "in 3 days, on 5 November, at 15:00"."""
    local = timezone.localtime(at)
    said = {"day": near(local.date(), clock.today()), "time": local.strftime("%H:%M")}
    return _("%(day)s, at %(time)s") % said
