"""The register of interpreters, and what they promise."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters import queries
from kith.interpreters.models import (
    Acceptance,
    Interpreter,
    Spoken,
)
from kith.interpreters.permissions import (
    KEEP_INTERPRETERS,
)
from kith.interpreters.rules import (
    Level,
    Way,
    confidentiality,
)


class AlreadyAccepted(Refused):
    """A version is accepted once."""

    sentence = _("This text was accepted already. Nothing was changed.")


@dataclass(frozen=True)
class Details:
    """What the register says about an interpreter."""

    name: str
    phone: str
    email: str
    region: str
    ways: Collection[Way]
    spoken: Mapping[str, Level]
    is_volunteer: bool
    rate_cents: int | None = None
    currency: str = ""


@command(KEEP_INTERPRETERS)
def add_interpreter(actor: Actor, *, details: Details) -> Interpreter:
    """Take someone into the register."""
    return _write(Interpreter(), details)


@command(KEEP_INTERPRETERS, on="interpreter")
def change_interpreter(actor: Actor, *, interpreter: Interpreter, details: Details) -> Interpreter:
    """Change what the register says; bookings stay as they are."""
    return _write(interpreter, details)


def _write(row: Interpreter, details: Details) -> Interpreter:
    row.name, row.phone, row.email = details.name, details.phone, details.email
    row.region, row.ways = details.region, [way.value for way in details.ways]
    row.is_volunteer = details.is_volunteer
    row.rate_cents = None if details.is_volunteer else details.rate_cents
    row.currency = details.currency if row.rate_cents is not None else ""
    row.save()
    known = {one.language: one for one in Spoken.objects.filter(interpreter=row)}
    Spoken.objects.filter(interpreter=row).exclude(language__in=details.spoken).delete()
    for language, level in details.spoken.items():
        one = known.get(language) or Spoken(interpreter=row, language=language)
        one.level = level.value
        one.save()
    return row


@command(KEEP_INTERPRETERS, on="interpreter")
def note_left(actor: Actor, *, interpreter: Interpreter, today: date) -> Interpreter:
    """This interpreter is not booked any more."""
    interpreter.left_on = today
    interpreter.save(update_fields=["left_on"])
    return interpreter


@command(KEEP_INTERPRETERS, on="interpreter")
def note_back(actor: Actor, *, interpreter: Interpreter) -> Interpreter:
    """This interpreter works with us again."""
    interpreter.left_on = None
    interpreter.save(update_fields=["left_on"])
    return interpreter


@command(KEEP_INTERPRETERS, on="interpreter")
def accept_confidentiality(
    actor: Actor, *, interpreter: Interpreter, language: str, signed_name: str, today: date
) -> Acceptance:
    """Keep that an interpreter accepted the text in force. Raises AlreadyAccepted."""
    if queries.has_accepted(interpreter):
        raise AlreadyAccepted()
    row = Acceptance(
        interpreter=interpreter,
        version=confidentiality().version,
        language=language,
        accepted_on=today,
        signed_name=signed_name,
        taken_by=actor.membership,
    )
    row.save()
    return row
