"""Requests: somebody wants an interpreter at a time. They follow what they are for.

`want` and `withdraw` run inside an act of a room above.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters import queries
from kith.interpreters.commands.bookings import (
    BookingMovedOn,
    Busy,
    ComesAnotherWay,
    NotThen,
    Wanted,
    ask_for_booking,
)
from kith.interpreters.models import Booking, Interpreter, InterpreterRequest
from kith.interpreters.permissions import BOOK_INTERPRETER
from kith.interpreters.rules import (
    FURTHEST,
    GOING,
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    BookingState,
    RequestState,
    Way,
    answer_due_on,
)


@dataclass(frozen=True)
class Time:
    """When, for how long, how and where somebody wants an interpreter."""

    starts_at: datetime
    minutes: int
    way: Way
    place: str = ""


def want(person_id: UUID, *, matter: UUID, time: Time, today: date) -> InterpreterRequest:
    """An interpreter is wanted for a matter; wanted again, the request moves to the new time.

    Whoever is booked for the old time is to be asked about the new one by a person.
    """
    found = InterpreterRequest.objects.filter(matter=matter, person=person_id)
    before: InterpreterRequest | None = found.select_related("booking").first()
    row = before or InterpreterRequest(matter=matter, person_id=person_id, asked_on=today)
    has_moved = before is not None and _when(before) != (time.starts_at, time.way.value)
    was_off = row.state == RequestState.WITHDRAWN
    row.starts_at, row.way, row.place = time.starts_at, time.way.value, time.place.strip()
    row.minutes = min(max(time.minutes, SHORTEST_MINUTES), LONGEST_MINUTES)
    if _is_going(row.booking):
        row.state = (RequestState.MOVED if has_moved else RequestState.BOOKED).value
    elif row.booking is None or was_off or has_moved:
        row.state, row.booking = RequestState.OPEN.value, None
    row.save()
    return row


def withdraw(matter: UUID) -> None:
    """Nobody is wanted for a matter any more; whoever is booked for it is to be told."""
    rows = InterpreterRequest.objects.filter(matter=matter)
    rows.update(state=RequestState.WITHDRAWN.value)


@command(BOOK_INTERPRETER, on="request")
def book_request(
    actor: Actor,
    *,
    request: InterpreterRequest,
    interpreter: Interpreter,
    wanted: Wanted,
    today: date,
    now: datetime,
) -> Booking:
    """Note that an interpreter was asked for what a request wants. Raises as `ask_for_booking`."""
    row = _locked(request)
    booking = ask_for_booking(
        actor, person=row.person, interpreter=interpreter, wanted=wanted, today=today, now=now
    )
    row.booking, row.state = booking, RequestState.BOOKED.value
    row.save()
    return booking


@command(BOOK_INTERPRETER, on="request")
def ask_about_new_time(
    actor: Actor, *, request: InterpreterRequest, today: date, now: datetime
) -> Booking:
    """Note that whoever is booked was asked about the new time; the booking moves there.

    Raises BookingMovedOn, NotThen, Busy, ComesAnotherWay.
    """
    row = _locked(request)
    booking = row.booking
    if booking is None or not _is_going(booking) or row.state != RequestState.MOVED:
        raise BookingMovedOn()
    interpreter = Interpreter.objects.select_for_update().get(pk=booking.interpreter_id)
    if not now < row.starts_at <= now + FURTHEST:
        raise NotThen()
    if row.way not in interpreter.ways:
        raise ComesAnotherWay()
    if queries.is_busy(interpreter, row.starts_at, row.minutes, but=booking):
        raise Busy()
    booking.starts_at, booking.minutes = row.starts_at, row.minutes
    booking.way, booking.place = row.way, str(row.place)
    booking.state, booking.asked_on = BookingState.ASKED.value, today
    booking.answer_due_on = answer_due_on(today, timezone.localdate(row.starts_at))
    booking.save()
    row.state = RequestState.BOOKED.value
    row.save()
    return booking


def _when(row: InterpreterRequest) -> tuple[datetime, str]:
    return row.starts_at, row.way


def _is_going(booking: Booking | None) -> bool:
    return booking is not None and booking.state in GOING


def _locked(request: InterpreterRequest) -> InterpreterRequest:
    rows = InterpreterRequest.objects.select_for_update(of=("self",))
    found: InterpreterRequest = rows.select_related("person", "booking").get(pk=request.pk)
    return found
