"""The search index: written whenever a name, phone or e-mail changes."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.models import Person, SearchToken
from kith.people.permissions import REINDEX_PEOPLE
from kith.people.rules.tokens import Hasher, Spoken, tokens_of

PEOPLE_AT_ONCE = 500


def spoken(person: Person) -> Spoken:
    """What of a person can be searched."""
    names = tuple(name for name in (str(person.name), str(person.called)) if name)
    return Spoken(names=names, phone=str(person.phone), email=str(person.email))


def add_to_index(people: Sequence[Person], *, hashed: Hasher | None = None) -> None:
    """Store the tokens of new people of one organisation, in one statement."""
    if not people:
        return
    organisation_id = people[0].organisation_id
    hashed = hashed or Hasher(organisation_id)
    SearchToken.objects.put(organisation_id, _pairs(people, hashed))


def _pairs(people: Iterable[Person], hashed: Hasher) -> Iterable[tuple[UUID, int]]:
    for person in people:
        for token in tokens_of(spoken(person), hashed):
            yield person.pk, token


def renew_index(person: Person) -> None:
    """Replace the tokens of a person whose name, phone or e-mail changed."""
    remove_from_index([person.pk])
    add_to_index([person])


def remove_from_index(person_ids: Iterable[UUID]) -> None:
    """Take people out of the index."""
    SearchToken.objects.filter(person_id__in=list(person_ids)).delete()


@command(REINDEX_PEOPLE)
def reindex_people(actor: Actor, *, after: UUID | None = None) -> UUID | None:
    """Build the tokens of the next people anew; gives the last of them, None at the end."""
    rows = Person.objects.filter(organisation=actor.organisation, erased_at__isnull=True)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    people = list(rows.order_by("pk")[:PEOPLE_AT_ONCE])
    remove_from_index(person.pk for person in people)
    add_to_index(people)
    return people[-1].pk if people else None
