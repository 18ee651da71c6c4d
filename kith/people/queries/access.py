"""Who has a record and no sign-in."""

from uuid import UUID

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.permissions import EDIT_PERSON


def person_to_let_in(actor: Actor, key: str) -> Person | None:
    """The person of this key, when the actor may invite them and they have no sign-in yet."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    rows = visible(actor, EDIT_PERSON, Person.objects.all())
    found: Person | None = rows.filter(pk=wanted, user__isnull=True).first()
    return found
