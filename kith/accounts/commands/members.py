"""Who has which role, and who may still come in."""

from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.cards import BelongsElsewhere, NotYoursToGive
from kith.accounts.commands.factors import drop_factors
from kith.accounts.commands.invitations import NoRole
from kith.accounts.commands.sessions import end_sessions_of
from kith.accounts.events import AccessEnded
from kith.accounts.permissions import CHANGE_ROLES, DEACTIVATE, RESET_ACCESS
from kith.accounts.queries import belongs_elsewhere
from kith.accounts.rules import INVITERS, givable
from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.gate.roles import Role


class LastAdministrator(Refused):
    """Somebody has to keep the system running."""

    sentence = _("This is the last platform administrator. Give the role to someone else first.")


class LastInviter(Refused):
    """Somebody has to be able to let others in."""

    sentence = _("Nobody else could invite people then. Give that role to someone else first.")


@command(CHANGE_ROLES, on="member")
def change_roles(actor: Actor, *, member: Membership, roles: list[Role]) -> None:
    """Give a member these roles instead. Raises NoRole, NotYoursToGive, LastAdministrator."""
    if not roles:
        raise NoRole
    before, after = {Role(role) for role in member.roles}, set(roles)
    if not before ^ after <= givable(actor.roles):
        raise NotYoursToGive
    _keep_someone_in_charge(member, before - after)
    member.roles = sorted(after)
    member.save(update_fields=["roles"])


@command(DEACTIVATE, on="member")
def deactivate(actor: Actor, *, member: Membership) -> None:
    """End someone's access to this organisation at once. Raises LastAdministrator."""
    _keep_someone_in_charge(member, {Role(role) for role in member.roles})
    member.active = False
    member.save(update_fields=["active"])
    end_sessions_of(member.user_id)
    announce(AccessEnded(member.user))


@command(DEACTIVATE, on="member")
def reactivate(actor: Actor, *, member: Membership) -> None:
    """Let someone in again, in the roles held before."""
    member.active = True
    member.save(update_fields=["active"])


@command(RESET_ACCESS, on="member")
def unlock(actor: Actor, *, member: Membership) -> None:
    """Let someone try again at once after too many tries."""
    member.user.failed_tries, member.user.locked_until = 0, None
    member.user.save(update_fields=["failed_tries", "locked_until"])


@command(RESET_ACCESS, on="member")
def reset_second_factor(actor: Actor, *, member: Membership) -> None:
    """Remove all second factors and sign the person out everywhere. Raises BelongsElsewhere."""
    if belongs_elsewhere(actor, member.user):
        raise BelongsElsewhere
    drop_factors(member.user)
    end_sessions_of(member.user_id)


def _keep_someone_in_charge(member: Membership, lost: set[Role]) -> None:
    # All rows are locked, so that two administrators cannot remove each other at once.
    others = list(
        Membership.objects.select_for_update()
        .filter(organisation_id=member.organisation_id, active=True)
        .exclude(pk=member.pk)
        .exclude(roles=[Role.PARTICIPANT.value])
    )
    held = {Role(role) for other in others for role in other.roles}
    if Role.PLATFORM_ADMINISTRATOR in lost and Role.PLATFORM_ADMINISTRATOR not in held:
        raise LastAdministrator
    kept = {Role(role) for role in member.roles} - lost
    if lost & INVITERS and not (held | kept) & INVITERS:
        raise LastInviter
