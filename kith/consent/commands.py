"""Saying yes, saying no, taking a yes back: each as easy as the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.consent.events import ConsentDecided
from kith.consent.models import Consent, note_asked
from kith.consent.permissions import RECORD_CONSENT, WITHDRAW_CONSENT
from kith.consent.queries import newest, worded
from kith.consent.rules import (
    SignatureKind,
    State,
    load_purpose,
    may_become,
)
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands import touch
from kith.people.models import Person


class AlreadyDecided(Refused):
    """The answer is already noted."""

    sentence = _("This answer is already noted. Nothing was changed.")


class NotExplained(Refused):
    """A yes needs to be signed."""

    sentence = _("A yes needs a signature, drawn or typed by the person.")


@dataclass(frozen=True)
class Signed:
    """A signature: drawn as a picture, or the name typed."""

    kind: str
    content: str = ""


UNSIGNED = Signed(SignatureKind.NONE.value)


@command(RECORD_CONSENT, on="person")
def record_answer(  # noqa: PLR0913 - what belongs to one answer
    actor: Actor,
    *,
    person: Person,
    purpose: str,
    state: State,
    language: str,
    now: datetime,
    interpreter: str = "",
    recipient: str = "",
    signed: Signed = UNSIGNED,
) -> Consent:
    """Note a yes or a no in the words of today's version. Raises AlreadyDecided, NotExplained."""
    if state is State.GIVEN and signed.kind == SignatureKind.NONE.value:
        raise NotExplained()
    row = _follow(person, purpose, state, recipient)
    row.language, row.decided_on = language, timezone.localdate(now)
    row.explained_by = actor.membership
    row.interpreter, row.recipient = interpreter, recipient
    row.signature_kind, row.signature = signed.kind, signed.content
    row.save()
    touch(person, at=now)
    events.announce(ConsentDecided(person.pk, purpose, state.value))
    return row


@command(WITHDRAW_CONSENT, on="person")
def withdraw(
    actor: Actor, *, person: Person, purpose: str, now: datetime, recipient: str = ""
) -> Consent:
    """Take a yes back: it counts from this moment. Raises AlreadyDecided."""
    before = newest(person, purpose, recipient)
    row = _follow(person, purpose, State.WITHDRAWN, recipient)
    row.recipient = before.recipient if before else recipient
    row.decided_on = timezone.localdate(now)
    row.language = before.language if before else person.language
    row.explained_by = actor.membership
    row.signature_kind = SignatureKind.NONE.value
    row.save()
    touch(person, at=now)
    events.announce(ConsentDecided(person.pk, purpose, State.WITHDRAWN.value))
    return row


def _follow(person: Person, purpose: str, state: State, recipient: str = "") -> Consent:
    """The next decision after the one in force, which stays as it was but is no longer newest."""
    # Two people may note an answer at the same moment: the second waits and then sees the first.
    Person.objects.select_for_update().filter(pk=person.pk).values("pk").first()
    before = newest(person, purpose, recipient)
    if not may_become(State(before.state) if before else None, state):
        raise AlreadyDecided()
    if before is not None:
        Consent.objects.filter(pk=before.pk).update(latest=False)
    return Consent(
        person=person,
        purpose=purpose,
        version=worded(load_purpose(purpose), person).version,
        state=state.value,
    )


def let_run_out(keys: Iterable[UUID]) -> int:
    """A yes whose time is over is in force no more; it is asked about anew. Only in a command."""
    rows = Consent.objects.filter(pk__in=list(keys))
    people = list(rows.values_list("person_id", flat=True))
    number = rows.update(latest=False)
    note_asked(people)
    return number


def remove_decisions(keys: Iterable[UUID]) -> int:
    """Remove decisions of people erased long ago. Only inside a command."""
    rows = Consent.objects.filter(pk__in=list(keys))
    number = rows.count()
    rows.delete()
    return number


def forget_decisions(person_id: UUID) -> None:
    """No decision of an erased person is in force. Names and signatures went with the key; that
    there was an answer is kept for a year as a proof. Only inside a command."""
    Consent.objects.filter(person_id=person_id, latest=True).update(latest=False)
    note_asked([person_id])
