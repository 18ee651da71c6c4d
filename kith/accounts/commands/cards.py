"""Accounts without e-mail: a printed card with a number, and a PIN."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.sessions import end_sessions_of
from kith.accounts.events import AccessEnded
from kith.accounts.models import Card
from kith.accounts.permissions import ISSUE_CARD, OPEN_ACCOUNT
from kith.accounts.queries import belongs_elsewhere, card_of, house_of
from kith.accounts.rules import card_login, givable, new_card_number, new_pin
from kith.base import clock, scope
from kith.base.errors import Denied, Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership, User, login_token
from kith.gate.roles import STAFF, Role

ANY = "any"  # where nobody looked at a page before


class NotYoursToGive(Refused):
    """A role above one's own reach."""

    sentence = _("You can give the roles you hold yourself, and those that are no staff roles.")


class NoCardForStaff(Refused):
    """Staff need more than a card."""

    sentence = _("Staff sign in with an address, a password and a second factor, not with a card.")


class BelongsElsewhere(Refused):
    """What lets someone in is theirs alone when two organisations depend on it."""

    sentence = _(
        "This person also belongs to another organisation, so only they themselves can change "
        "how they sign in."
    )


class CardChanged(Refused):
    """Between looking and pressing the button another card was made."""

    sentence = _("A card was just made for this person. Look again before you make another one.")


class NoMember(Refused):
    """There is no such account in this organisation."""

    sentence = _("This person has no account here yet.")


@dataclass(frozen=True)
class IssuedCard:
    """A fresh card. Number and PIN exist here and on the paper, nowhere else."""

    user: User
    name: str
    language: str
    number: str
    pin: str


@command(OPEN_ACCOUNT)
def open_account_for(actor: Actor, *, name: str, roles: list[Role], language: str) -> User:
    """Open an account that nobody can sign in to yet: a card or a link comes next.

    Raises NotYoursToGive.
    """
    if not set(roles) <= givable(actor.roles):
        raise NotYoursToGive
    user = User(login=_nobodys_login(), language=language)
    user.set_unusable_password()
    user.save(force_insert=True)
    Membership.objects.create(user=user, roles=sorted(roles), name=name, email="")
    return user


def issue_card(
    actor: Actor,
    *,
    user: User | None = None,
    name: str = "",
    role: Role = Role.PARTICIPANT,
    language: str = "en",
) -> IssuedCard:
    """A card for a user, or for someone who has no account yet.

    Raises NoCardForStaff, BelongsElsewhere, NotYoursToGive, NoMember.
    """
    if role in STAFF:
        raise NoCardForStaff
    user = user or open_account_for(actor, name=name, roles=[role], language=language)
    with scope.entered(actor.organisation_id, user_id=actor.user_id):
        rows = Membership.objects.filter(user=user, organisation_id=house_of(actor))
        member = rows.select_related("user").first()
    if member is None:
        raise NoMember
    return make_card(actor, member=member, now=clock.now())


@command(ISSUE_CARD, on="member")
def make_card(
    actor: Actor, *, member: Membership, now: datetime, seen: UUID | str | None = ANY
) -> IssuedCard:
    """Make a card; an older one and every session with it end.

    seen  the valid card that the page showed when the button was pressed
    Raises NoCardForStaff, BelongsElsewhere, CardChanged.
    """
    if set(member.roles) & STAFF:
        raise NoCardForStaff
    if belongs_elsewhere(actor, member.user):
        raise BelongsElsewhere
    old = card_of(member)
    if seen not in {ANY, old.pk if old else None}:
        raise CardChanged
    _take_back(old, now)
    number, pin = new_card_number(), new_pin()
    _let_in_with(member.user, number, pin)
    end_sessions_of(member.user_id)
    Card.objects.create(user=member.user, made_by_id=_maker(actor))
    return IssuedCard(member.user, str(member.name), member.user.language, number, pin)


@command(ISSUE_CARD, on="member")
def revoke_card(actor: Actor, *, member: Membership, now: datetime) -> None:
    """Take a card back: nobody comes in with it any more. Raises BelongsElsewhere."""
    if belongs_elsewhere(actor, member.user):
        raise BelongsElsewhere
    card = card_of(member)
    if card is None:
        return
    _take_back(card, now)
    member.user.login = _nobodys_login()
    member.user.set_unusable_password()
    member.user.save(update_fields=["login", "password"])
    end_sessions_of(member.user_id)
    announce(AccessEnded(member.user))


def _maker(actor: Actor) -> UUID:
    if actor.membership is None:
        raise Denied
    return actor.membership.pk


def _let_in_with(user: User, number: str, pin: str) -> None:
    user.login = login_token(card_login(number))
    user.set_password(pin)
    user.failed_tries, user.locked_until = 0, None
    user.save(update_fields=["login", "password", "failed_tries", "locked_until"])


def _take_back(card: Card | None, now: datetime) -> None:
    if card is not None:
        card.revoked_at = now
        card.save(update_fields=["revoked_at"])


def _nobodys_login() -> str:
    return login_token(f"nobody:{uuid4()}")
