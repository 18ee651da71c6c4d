"""Letting go: of someone who is erased, and of what is long over."""

from collections.abc import Iterable
from uuid import UUID

from kith.base import vault
from kith.interpreters.models import (
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
    InterpreterRequest,
)


def let_go_of_person(person_id: UUID) -> None:
    """Remove needs and bookings of someone who is being erased. Only inside a command."""
    InterpreterNeed.objects.filter(person_id=person_id).delete()
    InterpreterRequest.objects.filter(person_id=person_id).delete()
    Booking.objects.filter(person_id=person_id).delete()


def remove_bookings(keys: Iterable[UUID]) -> int:
    """Remove bookings whose time is over; what they cost stays. Only inside a command."""
    rows = Booking.objects.filter(pk__in=list(keys))
    number = rows.count()
    rows.delete()
    return number


def remove_requests(keys: Iterable[UUID]) -> int:
    """Remove requests whose time is over. Only inside a command."""
    return InterpreterRequest.objects.filter(pk__in=list(keys)).delete()[0]


def remove_costs(keys: Iterable[UUID]) -> int:
    """Remove costs no funder asks for any more. Only inside a command."""
    rows = Cost.objects.filter(pk__in=list(keys))
    number = rows.count()
    rows.delete()
    return number


def remove_interpreters(keys: Iterable[UUID]) -> int:
    """Forget interpreters who left long ago. Only inside a command."""
    found = list(keys)
    Interpreter.objects.filter(pk__in=found).delete()
    for key in found:
        vault.forget(key, store="identity")
    return len(found)
