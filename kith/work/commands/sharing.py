"""What a person shows their mentor."""

from collections.abc import Collection
from datetime import date

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.models import Person
from kith.work.models import Sharing
from kith.work.permissions import SHARE_WORK
from kith.work.rules import Part


@command(SHARE_WORK, on="person")
def show_to_mentor(
    actor: Actor, *, person: Person, parts: Collection[Part], today: date
) -> Sharing:
    """The mentor sees these parts from now on, and no other."""
    row = Sharing.objects.filter(person=person).first() or Sharing(person=person)
    is_own = person.user_id is not None and person.user_id == actor.user_id
    row.parts = [part.value for part in Part if part in parts]
    row.changed_on, row.noted_by = today, None if is_own else actor.membership
    row.save()
    return row
