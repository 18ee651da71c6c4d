"""Who is here already with a phone number or e-mail address that is about to be written down."""

from dataclasses import dataclass
from uuid import UUID

from kith.gate.actor import Actor
from kith.people.models import Person, SearchToken
from kith.people.queries.search import people
from kith.people.rules.tokens import Hasher, contact_tokens, same_phone

MOST_LOOKED_AT = 50
MOST_SAID = 5


@dataclass(frozen=True)
class AlreadyHere:
    """Someone with the same phone or e-mail; nobody by name where this actor may not see them."""

    person: Person | None
    by_phone: bool


def already_here(actor: Actor, *, phone: str, email: str) -> list[AlreadyHere]:
    """Who has this phone number or e-mail address already: three queries for any size."""
    keys = _holders(actor, phone, email)
    if not keys:
        return []
    rows = Person.objects.filter(pk__in=keys, organisation=actor.organisation_id)
    seen = set(people(actor).filter(pk__in=keys).values_list("pk", flat=True))
    found = []
    for person in rows.filter(erased_at__isnull=True).order_by("-last_event_at", "-id"):
        by_phone = same_phone(str(person.phone), phone)
        if by_phone or _same_email(str(person.email), email):
            found.append(AlreadyHere(person if person.pk in seen else None, by_phone))
    return found[:MOST_SAID]


def _holders(actor: Actor, phone: str, email: str) -> list[UUID]:
    if actor.organisation_id is None:
        return []
    tokens = contact_tokens(phone, email, Hasher(actor.organisation_id))
    if not tokens:
        return []
    held = SearchToken.objects.filter(
        organisation_id=actor.organisation_id, token__in=sorted(tokens)
    )
    keys = held.order_by("person_id").values_list("person_id", flat=True).distinct()
    return list(keys[:MOST_LOOKED_AT])


def _same_email(first: str, second: str) -> bool:
    one, other = first.strip().casefold(), second.strip().casefold()
    return bool(one) and one == other
