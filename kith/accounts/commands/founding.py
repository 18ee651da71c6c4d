"""The first organisation of an empty Kith, and further ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.invitations import Invited, founding_invitation
from kith.accounts.permissions import ADD_ORGANISATION
from kith.accounts.queries import is_empty
from kith.accounts.rules import FIRST_COORDINATOR_ROLES, FOUNDED, FOUNDER_ROLES
from kith.base.errors import Refused
from kith.base.models import Organisation
from kith.gate.actor import Actor, job_actor, member_actor
from kith.gate.commands import command, founding, note
from kith.gate.models import Membership, User, login_token


class AlreadyBegun(Refused):
    """Only an empty Kith is begun; afterwards people come by invitation."""

    sentence = _("This Kith has already begun. Sign in, or ask for an invitation.")


@dataclass(frozen=True)
class Beginning:
    """What an organisation says about itself."""

    name: str
    country: str
    languages: Sequence[str]

    def organisation(self) -> Organisation:
        """A row that is not saved yet."""
        return Organisation(name=self.name, country=self.country, languages=list(self.languages))


def begin(
    beginning: Beginning, *, name: str, address: str, password: str, language: str
) -> Membership:
    """Make the first organisation and its first coordinator. Raises AlreadyBegun."""
    organisation = beginning.organisation()
    with founding(organisation):
        _hold_the_door()
        if not is_empty():
            raise AlreadyBegun
        organisation.save(force_insert=True)
        user = User(login=login_token(address), language=language)
        user.set_password(password)
        user.save(force_insert=True)
        roles = sorted(FOUNDER_ROLES)
        member = Membership(
            user=user, organisation=organisation, roles=roles, name=name, email=address
        )
        member.save(force_insert=True)
        note(member_actor(member), FOUNDED, organisation)
    return member


def _hold_the_door() -> None:
    # Two people who begin at the same moment: the second one waits and is then refused.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kith.founding'))")


@command(ADD_ORGANISATION)
def add_organisation(
    actor: Actor, *, beginning: Beginning, name: str, email: str, now: datetime
) -> Invited:
    """Add an organisation and invite its first coordinator."""
    organisation = beginning.organisation()
    with founding(organisation):
        organisation.save(force_insert=True)
        invited = founding_invitation(
            organisation, name=name, email=email, roles=list(FIRST_COORDINATOR_ROLES), now=now
        )
    note(job_actor("founding", organisation), FOUNDED, organisation)
    return invited
