"""Whom mentors named, whose answers wait to be read, and whom a link is for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from kith.base import scope, vault
from kith.base.models import Organisation
from kith.gate.actor import Actor, visitor_of
from kith.gate.permissions import visible
from kith.mentors.models import Reference
from kith.mentors.permissions import READ_REFERENCE, SEE_REFERENCES
from kith.mentors.rules.references import DECIDED, State
from kith.people.models import Person

SALT = "kith.mentors.reference"
MOST_LINES = 20


def kept_code(organisation_id: UUID, secret: str) -> str:
    """What is stored of a link."""
    return vault.blind_hex("reference", f"{organisation_id}|{secret}")


def link_of(organisation_id: UUID, secret: str) -> str:
    """What stands in the address of a link."""
    return signing.dumps([organisation_id.hex, secret], salt=SALT)


@dataclass(frozen=True)
class ByLink:
    """Whom a link is about, and as whom its act is written down."""

    visitor: Actor
    organisation: Organisation
    reference: Reference


def by_link(text: str, *, today: date) -> ByLink | None:
    """Whom a link is about; None when it was used, taken back or is too old."""
    try:
        organisation_hex, secret = signing.loads(text, salt=SALT)
        organisation_id = UUID(organisation_hex)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    with scope.entered(organisation_id):
        organisation = Organisation.objects.filter(pk=organisation_id).first()
        rows = Reference.objects.filter(code=kept_code(organisation_id, secret))
        found: Reference | None = rows.select_related("person").first()
    if organisation is None or found is None or found.link_until < today:
        return None
    return ByLink(visitor_of(organisation), organisation, found)


def named_by(actor: Actor, person: Person) -> list[Reference]:
    """Whom a mentor named, as far as this actor may see it."""
    rows = visible(actor, SEE_REFERENCES, Reference.objects.filter(person=person))
    return list(rows.order_by("id")[:MOST_LINES])


def own_references(actor: Actor) -> "QuerySet[Reference]":
    """Those the actor named."""
    return visible(actor, SEE_REFERENCES, Reference.objects.all()).select_related("person")


def to_read(actor: Actor) -> "QuerySet[Reference]":
    """References this actor may read."""
    return visible(actor, READ_REFERENCE, Reference.objects.all()).select_related("person")


def waiting(actor: Actor, limit: int) -> list[Reference]:
    """Answers that nobody has decided about, the oldest first."""
    rows = to_read(actor).filter(state=State.ANSWERED.value)
    return list(rows.order_by("answered_on", "id")[:limit])


def of_person(person_id: UUID) -> list[UUID]:
    """Keys of all references about somebody."""
    return list(Reference.objects.filter(person=person_id).values_list("pk", flat=True))


# ── Retention ────────────────────────────────────────────────────────────────────────────────────


def decided_before(day: date) -> list[UUID]:
    """Those decided on or before a day."""
    rows = Reference.objects.filter(state__in=[one.value for one in DECIDED], decided_on__lte=day)
    return list(rows.order_by("id").values_list("pk", flat=True)[:1000])


def unanswered_before(day: date) -> list[UUID]:
    """Those asked on or before a day without an answer, or answered then and never decided."""
    silent = Q(state__in=[State.ASKED.value, State.REFUSED.value], asked_on__lte=day)
    unread = Q(state=State.ANSWERED.value, answered_on__lte=day)
    rows = Reference.objects.filter(silent | unread)
    return list(rows.order_by("id").values_list("pk", flat=True)[:1000])
