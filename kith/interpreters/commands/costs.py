"""What interpreters cost, and the list of a month."""

import csv
import io
from datetime import date

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters import queries
from kith.interpreters.models import (
    Cost,
)
from kith.interpreters.permissions import (
    KEEP_COSTS,
)
from kith.interpreters.rules import (
    in_money,
)


@command(KEEP_COSTS, on="cost")
def note_cost(actor: Actor, *, cost: Cost, cents: int, currency: str, paid_on: date | None) -> Cost:
    """Note what a booking really cost, travel included, and when it was paid."""
    cost.cents, cost.currency, cost.paid_on = cents, currency if cents else "", paid_on
    cost.save()
    return cost


COLUMNS = (
    "day",
    "from",
    "into",
    "way",
    "for",
    "minutes",
    "interpreter",
    "volunteer",
    "amount",
    "currency",
    "paid_on",
)


@command(KEEP_COSTS)
def save_month(actor: Actor, *, month: date) -> str:
    """The costs of one month as CSV, without anything about the people they were for."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for cost in queries.costs_of_month(actor, month):
        table.writerow([_plain(cell) for cell in _cells(cost)])
    return written.getvalue()


def _cells(cost: Cost) -> list[str]:
    return [
        cost.on.isoformat(),
        cost.language,
        cost.into,
        cost.way,
        cost.subject,
        str(cost.minutes),
        cost.interpreter.name if cost.interpreter else "",
        "yes" if cost.is_volunteer else "no",
        in_money(cost.cents, ""),
        cost.currency,
        cost.paid_on.isoformat() if cost.paid_on else "",
    ]


def _plain(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
