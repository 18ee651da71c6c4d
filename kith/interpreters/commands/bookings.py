"""Who needs an interpreter, who is booked, who was there. Kith calls nobody; people do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters import queries
from kith.interpreters.events import BookingMoved
from kith.interpreters.models import (
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
    InterpreterRequest,
)
from kith.interpreters.permissions import (
    BOOK_INTERPRETER,
    NOTE_PRESENCE,
    SAY_NEED,
)
from kith.interpreters.rules import (
    FURTHEST,
    BookingState,
    RequestState,
    Subject,
    Way,
    answer_due_on,
    cost_cents,
    may_become,
)
from kith.people.commands import touch
from kith.people.models import Person


class NotPromised(Refused):
    """Nobody interprets before they promised to keep what they hear."""

    sentence = _(
        "This interpreter has not accepted the text on confidentiality yet. Go through it together "
        "first."
    )


class SpeaksOtherLanguages(Refused):
    """An interpreter is booked between two languages they speak."""

    sentence = _("This interpreter does not speak both languages. Choose another one.")


class ComesAnotherWay(Refused):
    """An interpreter is booked in a way they offer."""

    sentence = _("This interpreter does not come in this way. Choose another way or person.")


class Busy(Refused):
    """Nobody is in two places at once."""

    sentence = _("This interpreter is booked at that time already.")


class HasLeft(Refused):
    """Who no longer interprets is not booked."""

    sentence = _("This interpreter no longer works with us.")


class NotThen(Refused):
    """A booking is for a time that comes, and not far away."""

    sentence = _("Choose a time from now on, at most a year ahead.")


class BookingMovedOn(Refused):
    """The booking stands somewhere else by now."""

    sentence = _("This booking has moved on. Look at it again.")


class NotYetBegun(Refused):
    """Who was present is said on the day or later."""

    sentence = _("This day has not come yet.")


class SameLanguage(Refused):
    """Interpreting is between two languages."""

    sentence = _("Choose two different languages.")


@dataclass(frozen=True)
class Wanted:
    """What somebody is booked for."""

    subject: Subject
    language: str
    into: str
    way: Way
    starts_at: datetime
    minutes: int
    place: str = ""


@command(SAY_NEED, on="person")
def say_need(
    actor: Actor,
    *,
    person: Person,
    language: str,
    into: str,
    ways: Collection[Way],
    today: date,
    now: datetime,
) -> InterpreterNeed:
    """Say that a person needs an interpreter; said again, the ways are those of now.

    Raises SameLanguage.
    """
    if language == into:
        raise SameLanguage()
    Person.objects.select_for_update().filter(pk=person.pk).values("pk").first()
    rows = InterpreterNeed.objects.filter(person=person, ended_on__isnull=True)
    need = rows.filter(language=language, into=into).first() or InterpreterNeed(
        person=person, language=language, into=into, since_on=today
    )
    need.ways = [way.value for way in ways]
    need.save()
    touch(person, at=now)
    return need


@command(SAY_NEED, on="person")
def end_need(actor: Actor, *, person: Person, need: InterpreterNeed, today: date) -> None:
    """The two understand each other now. Bookings stay as they are."""
    InterpreterNeed.objects.filter(pk=need.pk, person=person).update(ended_on=today)


@command(BOOK_INTERPRETER, on="person")
def ask_for_booking(
    actor: Actor,
    *,
    person: Person,
    interpreter: Interpreter,
    wanted: Wanted,
    today: date,
    now: datetime,
) -> Booking:
    """Note that an interpreter was asked for a time.

    Raises HasLeft, NotPromised, SpeaksOtherLanguages, ComesAnotherWay, NotThen, Busy.
    """
    # Two people may book the same interpreter at the same moment: the second sees the first.
    interpreter = Interpreter.objects.select_for_update().get(pk=interpreter.pk)
    _check_person(interpreter, wanted)
    if not now < wanted.starts_at <= now + FURTHEST:
        raise NotThen()
    if queries.is_busy(interpreter, wanted.starts_at, wanted.minutes):
        raise Busy()
    booking = Booking(
        person=person,
        interpreter=interpreter,
        **_fields(wanted),
        asked_on=today,
        answer_due_on=answer_due_on(today, timezone.localdate(wanted.starts_at)),
        booked_by=actor.membership,
    )
    booking.save()
    touch(person, at=now)
    return booking


def _check_person(interpreter: Interpreter, wanted: Wanted) -> None:
    if interpreter.left_on is not None:
        raise HasLeft()
    if not queries.has_accepted(interpreter):
        raise NotPromised()
    spoken = {one.language for one in queries.spoken_by(interpreter)}
    if wanted.language == wanted.into or not {wanted.language, wanted.into} <= spoken:
        raise SpeaksOtherLanguages()
    if wanted.way.value not in interpreter.ways:
        raise ComesAnotherWay()


def _fields(wanted: Wanted) -> dict[str, object]:
    return {
        "subject": wanted.subject.value,
        "language": wanted.language,
        "into": wanted.into,
        "way": wanted.way.value,
        "starts_at": wanted.starts_at,
        "minutes": wanted.minutes,
        "place": wanted.place.strip(),
    }


@command(BOOK_INTERPRETER, on="booking")
def note_answer(actor: Actor, *, booking: Booking, comes: bool, today: date) -> Booking:
    """Note whether the interpreter comes. Raises BookingMovedOn."""
    return _move(booking, BookingState.ACCEPTED if comes else BookingState.DECLINED, today)


@command(BOOK_INTERPRETER, on="booking")
def call_off(actor: Actor, *, booking: Booking, today: date) -> Booking:
    """Note that the booking was called off. Raises BookingMovedOn."""
    return _move(booking, BookingState.CALLED_OFF, today)


@command(NOTE_PRESENCE, on="booking")
def note_present(actor: Actor, *, booking: Booking, minutes: int, today: date) -> Booking:
    """Note that the interpreter was present, and for how long; that is what they are paid for.

    Noted already, it stays as it is. Raises BookingMovedOn, NotYetBegun.
    """
    booking = _locked(booking)
    if booking.state == BookingState.DONE.value:
        return booking
    on = timezone.localdate(booking.starts_at)
    if on > today:
        raise NotYetBegun()
    booking = _move(booking, BookingState.DONE, today)
    interpreter = booking.interpreter
    Cost(
        booking=booking,
        interpreter=interpreter,
        on=on,
        language=booking.language,
        into=booking.into,
        way=booking.way,
        subject=booking.subject,
        minutes=minutes,
        is_volunteer=interpreter.is_volunteer,
        cents=cost_cents(minutes, interpreter.rate_cents),
        currency=interpreter.currency,
    ).save()
    return booking


def _move(booking: Booking, state: BookingState, today: date) -> Booking:
    booking = _locked(booking)
    if not may_become(BookingState(booking.state), state):
        raise BookingMovedOn()
    booking.state = state.value
    booking.closed_on = None if state is BookingState.ACCEPTED else today
    booking.save(update_fields=["state", "closed_on"])
    if state in {BookingState.DECLINED, BookingState.CALLED_OFF}:
        _look_again(booking)
    events.announce(BookingMoved(booking.pk, booking.person_id, state.value))
    return booking


def _look_again(booking: Booking) -> None:
    """Nobody comes: what the booking was for is open again, where it is still wanted."""
    rows = InterpreterRequest.objects.filter(booking=booking)
    wanted = rows.exclude(state=RequestState.WITHDRAWN.value)
    wanted.update(state=RequestState.OPEN.value, booking=None)
    rows.update(booking=None)


def _locked(booking: Booking) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",))
    found: Booking = rows.select_related("interpreter", "person").get(pk=booking.pk)
    return found
