"""Finding people by name, phone or e-mail: equality on keyed hashes, one query for any size."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import reach, visible
from kith.people.models import Person, SearchToken
from kith.people.permissions import SEE_LIST, SEE_PERSON, own_person
from kith.people.rules.tokens import Hasher, asked

People = QuerySet[Person]


def people(actor: Actor) -> People:
    """Everyone whose record this actor may open, unless erased."""
    return visible(actor, SEE_PERSON, Person.objects.filter(erased_at__isnull=True))


def own_record(actor: Actor) -> People:
    """The one who is signed in, where there is a record of them."""
    return people(actor).filter(own_person(actor))


def listed(actor: Actor) -> People:
    """Everyone this actor may see in lists, unless erased."""
    return visible(actor, SEE_LIST, Person.objects.filter(erased_at__isnull=True))


def narrowed(rows: People, actor: Actor, text: str) -> People:
    """Those of the rows who hold, for every word of the text, one of its tokens."""
    if actor.organisation_id is None:
        return rows.none()
    wanted = asked(text, Hasher(actor.organisation_id))
    if not wanted:
        return rows.none()
    first, *others = [holders(actor.organisation_id, tokens) for tokens in wanted]
    # What all words share is found among the tokens alone; records are opened for those only.
    return rows.filter(pk__in=first.intersection(*others) if others else first)


def holders(organisation_id: UUID, tokens: set[int]) -> Any:
    """The keys of people who hold one of these tokens."""
    # Both columns lead the primary key and `=` is leakproof, so row security leaves it the index.
    held = SearchToken.objects.filter(organisation_id=organisation_id, token__in=sorted(tokens))
    return held.values("person_id")


def find_people(actor: Actor, text: str, limit: int = 20) -> list[Person]:
    """People found by name in any script, phone number or e-mail; the last event first."""
    rows = narrowed(listed(actor), actor, text).select_related("place")
    return list(rows.order_by("-last_event_at", "-id")[:limit])


def sees_participants(actor: Actor) -> bool:
    """Whether the lists hold participants for this actor; a supervisor sees mentors alone."""
    return reach(actor, SEE_LIST) == Q()
