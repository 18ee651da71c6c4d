"""Links that let someone in: invitations with roles, and links to a new password."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.cards import BelongsElsewhere, NotYoursToGive
from kith.accounts.commands.sessions import end_sessions_of
from kith.accounts.events import InvitationAccepted
from kith.accounts.models import Card, Invitation
from kith.accounts.permissions import (
    ACCEPT_INVITATION,
    ASK_TO_COME_IN,
    BY_INVITATION,
    INVITE,
    RESET_ACCESS,
)
from kith.accounts.queries import (
    SECRET_BYTES,
    OpenInvitation,
    belongs_elsewhere,
    code_of,
    token_of,
)
from kith.accounts.rules import INVITATION_LASTS, OPEN_ROLE, Purpose, givable
from kith.base.errors import Refused
from kith.base.events import announce
from kith.base.models import Organisation
from kith.gate.actor import Actor, job_actor
from kith.gate.commands import command
from kith.gate.models import Membership, User, login_token
from kith.gate.roles import Role


class InvitationOver(Refused):
    """Used, withdrawn or too old."""

    sentence = _("This link does not work any more. Ask for a new one.")


class AddressTaken(Refused):
    """Someone already signs in with this address."""

    sentence = _("There is already an account with this address. Use it, or another address.")


class HasEnded(Refused):
    """Whose access was ended is let in again by a person."""

    sentence = _("Your access here has ended. Please get in touch with us.")


class NoRole(Refused):
    """An invitation to nothing."""

    sentence = _("Choose at least one role.")


@dataclass(frozen=True)
class Invited:
    """A fresh invitation; the code stands in the link and is not stored."""

    invitation: Invitation
    code: str


def invite(
    actor: Actor,
    *,
    name: str,
    roles: list[Role],
    language: str,
    now: datetime,
    email: str = "",
    context: str = "",
) -> Invited:
    """Invite someone into these roles for seven days. Raises NoRole, NotYoursToGive.

    context  comes back with InvitationAccepted, such as "person:<key>"
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    wanted = Invitation(
        token=token_of(secret),
        roles=sorted(roles),
        name=name,
        email=email,
        language=language,
        context=context,
        expires_at=now + INVITATION_LASTS,
    )
    kept = _keep_invitation(actor, wanted=wanted)
    return Invited(kept, code_of(kept.organisation_id, secret))


@command(INVITE)
def _keep_invitation(actor: Actor, *, wanted: Invitation) -> Invitation:
    if not wanted.roles:
        raise NoRole
    if not {Role(role) for role in wanted.roles} <= givable(actor.roles):
        raise NotYoursToGive
    wanted.invited_by = actor.membership
    wanted.save(force_insert=True)
    return wanted


def invite_oneself(
    actor: Actor, *, name: str, email: str, language: str, context: str, expires_at: datetime
) -> Invited:
    """The way in, as a learner, for a visitor who confirmed an address by a letter sent to it."""
    secret = secrets.token_bytes(SECRET_BYTES)
    wanted = Invitation(
        token=token_of(secret),
        purpose=Purpose.OWN,
        roles=[OPEN_ROLE.value],
        name=name,
        email=email,
        language=language,
        context=context,
        expires_at=expires_at,
    )
    kept = _keep_own_invitation(actor, wanted=wanted)
    return Invited(kept, code_of(kept.organisation_id, secret))


@command(ASK_TO_COME_IN)
def _keep_own_invitation(actor: Actor, *, wanted: Invitation) -> Invitation:
    wanted.save(force_insert=True)
    return wanted


def founding_invitation(
    organisation: Organisation, *, name: str, email: str, roles: list[Role], now: datetime
) -> Invited:
    """The invitation of the first person of an organisation; called inside its founding."""
    secret = secrets.token_bytes(SECRET_BYTES)
    invitation = Invitation.objects.create(
        organisation=organisation,
        token=token_of(secret),
        roles=sorted(roles),
        name=name,
        email=email,
        language=next(iter(organisation.languages), "en"),
        expires_at=now + INVITATION_LASTS,
    )
    return Invited(invitation, code_of(organisation.pk, secret))


@command(INVITE, on="invitation")
def withdraw_invitation(actor: Actor, *, invitation: Invitation, now: datetime) -> None:
    """Make a link useless."""
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])


@command(RESET_ACCESS, on="member")
def password_link(actor: Actor, *, member: Membership, now: datetime) -> Invited:
    """A link by which a member chooses a new password. Raises BelongsElsewhere."""
    if belongs_elsewhere(actor, member.user):
        raise BelongsElsewhere
    secret = secrets.token_bytes(SECRET_BYTES)
    invitation = Invitation.objects.create(
        token=token_of(secret),
        purpose=Purpose.PASSWORD,
        name=str(member.name),
        email=str(member.email),
        language=member.user.language,
        invited_by=actor.membership,
        member=member,
        expires_at=now + INVITATION_LASTS,
    )
    return Invited(invitation, code_of(invitation.organisation_id, secret))


def come_in(
    opened: OpenInvitation,
    *,
    name: str,
    address: str,
    password: str,
    now: datetime,
    user: User | None = None,
) -> Membership:
    """Follow an invitation, with a new account or the one someone already has.

    Raises InvitationOver, AddressTaken.
    """
    actor = job_actor(BY_INVITATION, opened.organisation)
    try:
        return accept_invitation(
            actor,
            invitation=opened.invitation,
            user=user or _new_user(address, password, opened.invitation.language),
            name=name,
            address=address,
            now=now,
        )
    except IntegrityError as taken:
        raise AddressTaken from taken


def _new_user(address: str, password: str, language: str) -> User:
    user = User(login=login_token(address), language=language)
    user.set_password(password)
    return user


@command(ACCEPT_INVITATION, on="invitation")
def accept_invitation(
    actor: Actor,
    *,
    invitation: Invitation,
    user: User,
    name: str,
    address: str,
    now: datetime,
) -> Membership:
    """Make someone a member in the roles of the invitation. Raises InvitationOver, HasEnded."""
    _use_up(invitation, now)
    if invitation.purpose == Purpose.OWN and _has_ended(user):
        raise HasEnded
    if user._state.adding:
        user.save(force_insert=True)
    roles = [] if invitation.purpose == Purpose.OWN and _is_in(user) else invitation.roles
    member = _member(user, name=name, address=address, roles=roles)
    announce(InvitationAccepted(member, invitation.context))
    return member


def _has_ended(user: User) -> bool:
    """Whether somebody ended this person's access: they do not come back by themselves."""
    return Membership.objects.filter(user_id=user.pk, active=False).exists()


def _is_in(user: User) -> bool:
    """Whoever is a member already keeps the own roles: with each of them one can do what is open
    to everybody."""
    return Membership.objects.filter(user_id=user.pk, active=True).exists()


def _member(user: User, *, name: str, address: str, roles: list[str]) -> Membership:
    known: Membership | None = Membership.objects.filter(user_id=user.pk).first()
    if known is None:
        known = Membership(user_id=user.pk, roles=roles, name=name, email=address)
        known.save(force_insert=True)
        return known
    known.roles = sorted({*known.roles, *roles}) if known.active else roles
    known.active = True
    known.save(update_fields=["roles", "active"])
    return known


def choose_password(
    opened: OpenInvitation, *, address: str, password: str, now: datetime
) -> Membership:
    """Follow a link to a new password. Raises InvitationOver, AddressTaken."""
    actor = job_actor(BY_INVITATION, opened.organisation)
    try:
        return renew_password(
            actor, invitation=opened.invitation, address=address, password=password, now=now
        )
    except IntegrityError as taken:
        raise AddressTaken from taken


@command(ACCEPT_INVITATION, on="invitation")
def renew_password(
    actor: Actor, *, invitation: Invitation, address: str, password: str, now: datetime
) -> Membership:
    """Give a member a new address and password; a card and all sessions end."""
    _use_up(invitation, now)
    member: Membership = Membership.objects.select_related("user").get(pk=invitation.member_id)
    user = member.user
    user.login = login_token(address)
    user.set_password(password)
    user.failed_tries, user.locked_until = 0, None
    user.save(update_fields=["login", "password", "failed_tries", "locked_until"])
    member.email = address
    member.save(update_fields=["email"])
    for card in Card.objects.filter(user_id=user.pk, revoked_at__isnull=True):
        card.revoked_at = now
        card.save(update_fields=["revoked_at"])
    end_sessions_of(user.pk)
    return member


def _use_up(invitation: Invitation, now: datetime) -> None:
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.withdrawn_at or row.expires_at <= now:
        raise InvitationOver
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
