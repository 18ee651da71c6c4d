"""What people agreed to: one look-up for everybody who needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kith.base.errors import ReasonNeeded
from kith.consent.models import Consent
from kith.consent.permissions import RECORD_CONSENT, SEE_CONSENTS
from kith.consent.rules import Asked, Purpose, State, all_purposes
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.permissions import own_caseload


def persons_agreed(purpose: str) -> "QuerySet[Consent, UUID]":
    """Keys of the persons of the present organisation whose yes to a purpose is in force."""
    rows = Consent.objects.filter(purpose=purpose, state=State.GIVEN.value, latest=True)
    return rows.values_list("person_id", flat=True)


def in_force(person: Person, purpose: str) -> bool:
    """Whether this person's yes to the purpose is in force now."""
    return persons_agreed(purpose).filter(person=person).exists()


def newest(person: Person, purpose: str) -> Consent | None:
    """The decision in force for a purpose, or None when nobody asked yet."""
    rows = Consent.objects.filter(person=person, purpose=purpose, latest=True)
    found: Consent | None = rows.first()
    return found


@dataclass(frozen=True)
class Answer:
    """A purpose and the present decision about it; None while nobody asked."""

    purpose: Purpose
    decision: Consent | None


def answers_of(actor: Actor, person: Person) -> list[Answer]:
    """All purposes that are asked at enrolment or were decided, in their order."""
    rows = visible(actor, SEE_CONSENTS, Consent.objects.filter(person=person, latest=True))
    decided = {row.purpose: row for row in rows.select_related("explained_by")}
    return [
        Answer(purpose, decided.get(purpose.key))
        for purpose in all_purposes()
        if purpose.asked is Asked.AT_ENROLMENT or purpose.key in decided
    ]


def history_of(actor: Actor, person: Person) -> Sequence[Consent]:
    """Every decision of a person, newest first."""
    rows = visible(actor, SEE_CONSENTS, Consent.objects.filter(person=person))
    return rows.select_related("explained_by").order_by("-id")[:100]


def decision(actor: Actor, pk: UUID) -> "QuerySet[Consent]":
    """One decision, if this actor may see it."""
    return visible(actor, SEE_CONSENTS, Consent.objects.filter(pk=pk)).select_related("person")


def opened(actor: Actor, person: Person) -> Person:
    """The person, when this actor works with them or said why they look. Raises ReasonNeeded.

    For sections on a record, whose opening is noted by the record itself.
    """
    near = Person.objects.filter(own_caseload(actor), pk=person.pk).exists()
    if not near and not actor.reasons.get(str(person.pk)):
        raise ReasonNeeded(person.pk)
    return person


def persons_to_ask(actor: Actor) -> "QuerySet[Person]":
    """Whom this actor may ask or note answers for."""
    return visible(actor, RECORD_CONSENT, Person.objects.filter(erased_at__isnull=True))


def not_asked_yet(actor: Actor, purpose: str, *, most: int) -> int:
    """How many participants nobody has asked about a purpose; counted up to `most`."""
    asked = Consent.objects.filter(purpose=purpose, latest=True).values("person_id")
    people = persons_to_ask(actor).filter(is_participant=True, archived_at__isnull=True)
    return len(people.exclude(pk__in=asked).values_list("pk")[:most])
