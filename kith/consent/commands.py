"""Saying yes, saying no, taking a yes back: each as easy as the other."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.consent.events import ConsentDecided
from kith.consent.models import Consent
from kith.consent.permissions import RECORD_CONSENT, WITHDRAW_CONSENT
from kith.consent.queries import newest
from kith.consent.rules import State, load_purpose, may_become
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

    kind: str  # drawn | typed | none
    content: str = ""


UNSIGNED = Signed("none")


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
    if state is State.GIVEN and signed.kind == "none":
        raise NotExplained()
    row = _follow(person, purpose, state)
    row.language, row.decided_on = language, timezone.localdate(now)
    row.explained_by = actor.membership
    row.interpreter, row.recipient = interpreter, recipient
    row.signature_kind, row.signature = signed.kind, signed.content
    row.save()
    touch(person, at=now)
    events.announce(ConsentDecided(person.pk, purpose, state.value))
    return row


@command(WITHDRAW_CONSENT, on="person")
def withdraw(actor: Actor, *, person: Person, purpose: str, now: datetime) -> Consent:
    """Take a yes back: it counts from this moment. Raises AlreadyDecided."""
    before = newest(person, purpose)
    row = _follow(person, purpose, State.WITHDRAWN)
    row.decided_on = timezone.localdate(now)
    row.language = before.language if before else person.language
    row.explained_by = actor.membership
    row.signature_kind = "none"
    row.save()
    touch(person, at=now)
    events.announce(ConsentDecided(person.pk, purpose, State.WITHDRAWN.value))
    return row


def _follow(person: Person, purpose: str, state: State) -> Consent:
    """The next decision after the one in force, which stays as it was but is no longer newest."""
    before = newest(person, purpose)
    if not may_become(State(before.state) if before else None, state):
        raise AlreadyDecided()
    Consent.objects.filter(person=person, purpose=purpose, latest=True).update(latest=False)
    return Consent(
        person=person,
        purpose=purpose,
        version=load_purpose(purpose).version,
        state=state.value,
    )
