"""Letting go of claims: when their time is over, and when a mentor is erased."""

from uuid import UUID

from kith.expenses.commands.claiming import remove_claim
from kith.expenses.models import Claim, Expense
from kith.expenses.rules.states import BOOKED


def forget_claims(keys: list[UUID]) -> int:
    """Erase claims with their receipts and keys. Only inside a command."""
    rows = list(Claim.objects.filter(pk__in=keys).order_by("id"))
    for row in rows:
        remove_claim(row)
    return len(rows)


def let_go_of_person(person_id: UUID) -> None:
    """Someone is erased: their claims go. What was agreed stays in the books until its time.

    The law asks for books; they hold the name as it was, and lead to no record any more.
    """
    own = Claim.objects.filter(person=person_id)
    booked = [state.value for state in BOOKED]
    forget_claims(list(own.exclude(state__in=booked).values_list("pk", flat=True)))
    Expense.objects.filter(claim__in=own.values("pk")).update(meeting=None, activity=None)
    own.update(person=None)
