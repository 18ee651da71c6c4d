"""What a programme pays back, and the list for the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.expenses.models import Expense, ExpensePlan
from kith.expenses.permissions import KEEP_BOOK, SET_PLAN
from kith.expenses.queries.claims import booked
from kith.expenses.rules.book import BookLine, in_units
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.programmes.models import Programme

MONEY = frozenset(Locale("en").currencies)


class NoSuchMoney(Refused):
    """Three letters that no country pays with."""

    sentence = _("There is no money with these letters. Write three, such as EUR or PLN.")


@dataclass(frozen=True)
class Terms:
    """What a programme pays back; whole cents for one mentor in one month."""

    is_open: bool
    kinds: Sequence[str]
    currency: str
    limit_cents: int | None
    within_days: int
    keep_years: int


@command(SET_PLAN, on="programme")
def set_plan(actor: Actor, *, programme: Programme, terms: Terms) -> ExpensePlan:
    """Say what a programme pays back. Claims keep their kinds and money. Raises NoSuchMoney."""
    if terms.currency not in MONEY:
        raise NoSuchMoney()
    row = ExpensePlan.objects.filter(programme=programme).first()
    row = row or ExpensePlan(programme=programme)
    row.is_open, row.kinds, row.currency = terms.is_open, list(terms.kinds), terms.currency
    row.limit_cents, row.within_days = terms.limit_cents, terms.within_days
    row.keep_years = terms.keep_years
    row.save()
    return row


@command(KEEP_BOOK)
def save_book(actor: Actor, *, first: date, last: date) -> list[BookLine]:
    """Agreed expenses of a span of days, one line each, without anybody who is accompanied."""
    return [_line(row) for row in booked(actor, first, last)]


def _line(row: Expense) -> BookLine:
    claim = row.claim
    return BookLine(
        who=claim.name,
        day=row.on,
        kind=row.kind,
        amount=in_units(row.cents),
        currency=claim.currency,
        receipt="yes" if row.receipt_id else "no",
        programme=claim.programme.name,
        agreed_on=claim.decided_on,
        agreed_by=str(claim.decided_by.name) if claim.decided_by else "",
        paid_on=claim.paid_on,
    )
