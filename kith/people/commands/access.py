"""A sign-in of one's own for someone with a record: by card, or by invitation."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.accounts.commands import open_account_for
from kith.accounts.events import InvitationAccepted
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import User
from kith.people.models import Person
from kith.people.permissions import EDIT_PERSON
from kith.people.rules.access import INVITED_AS, page_language, roles_of


class AlreadyIn(Refused):
    """One person, one sign-in."""

    sentence = _("This person can sign in already.")


@command(EDIT_PERSON, on="person")
def open_sign_in(actor: Actor, *, person: Person) -> User:
    """Open a sign-in that waits for its card. Raises AlreadyIn, NotYoursToGive."""
    if person.user_id is not None:
        raise AlreadyIn
    user = open_account_for(
        actor,
        name=str(person.name),
        roles=list(roles_of(is_participant=person.is_participant, is_mentor=person.is_mentor)),
        language=page_language(person.language),
    )
    person.user = user
    person.save(update_fields=["user"])
    return user


def keep_sign_in(fact: InvitationAccepted) -> None:
    """Someone came in by an invitation made from their record: the sign-in is theirs."""
    kind, _colon, key = fact.context.partition(":")
    if kind != INVITED_AS:
        return
    rows = Person.objects.filter(pk=UUID(key), user__isnull=True)
    rows.update(user=fact.membership.user_id)
