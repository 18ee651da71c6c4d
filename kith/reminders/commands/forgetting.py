"""Reminders end with a person's time here, and are not kept for long."""

from uuid import UUID

from kith.gate.models import Membership
from kith.people.models import Person
from kith.reminders.models import Choice, Letter, Reminder, Wishes


def forget_user(user_id: UUID) -> None:
    """Remove everything kept about somebody here. Runs inside the act that ends their access."""
    members = Membership.objects.filter(user=user_id)
    for rows in (Reminder, Letter, Choice, Wishes):
        rows.objects.filter(member__in=members).delete()


def forget_person(person_id: UUID) -> None:
    """The same, for somebody who is being erased."""
    user_id = Person.objects.filter(pk=person_id).values_list("user_id", flat=True).first()
    if user_id is not None:
        forget_user(user_id)


def remove_old(keys: list[UUID]) -> int:
    """Remove reminders whose time is over, and the letters nothing is left of; gives how many.

    Only inside a command: the retention run calls it.
    """
    letters = set(
        Reminder.objects.filter(pk__in=keys, letter__isnull=False).values_list("letter", flat=True)
    )
    Reminder.objects.filter(pk__in=keys).delete()
    kept = Reminder.objects.filter(letter__in=letters).values("letter")
    Letter.objects.filter(pk__in=letters).exclude(pk__in=kept).delete()
    return len(keys)
