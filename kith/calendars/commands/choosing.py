"""What somebody wishes for their own calendar, and the end of it."""

from uuid import UUID

from kith.calendars.models import CalendarWish, Invitation
from kith.calendars.permissions import SEE_OWN_CALENDAR
from kith.calendars.queries.own import wish_of
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.people.models import Person


@command(SEE_OWN_CALENDAR, on="member")
def renew_address(actor: Actor, *, member: Membership) -> CalendarWish:
    """A secret address of one's own calendar; the one before shows nothing from now on."""
    wish = wish_of(member)
    wish.number, wish.is_open = wish.number + 1, True
    wish.save()
    return wish


@command(SEE_OWN_CALENDAR, on="member")
def close_address(actor: Actor, *, member: Membership) -> CalendarWish:
    """There is no secret address any more."""
    wish = wish_of(member)
    wish.is_open = False
    wish.save()
    return wish


@command(SEE_OWN_CALENDAR, on="member")
def choose_mail(actor: Actor, *, member: Membership, wants: bool) -> CalendarWish:
    """Whether invitations come by mail."""
    wish = wish_of(member)
    wish.by_mail = wants
    wish.save()
    return wish


def forget_user(user_id: UUID) -> None:
    """Remove everything kept about somebody here. Runs inside the act that ends their access."""
    members = Membership.objects.filter(user=user_id)
    for rows in (Invitation, CalendarWish):
        rows.objects.filter(member__in=members).delete()


def forget_person(person_id: UUID) -> None:
    """The same, for somebody who is being erased."""
    user_id = Person.objects.filter(pk=person_id).values_list("user_id", flat=True).first()
    if user_id is not None:
        forget_user(user_id)
