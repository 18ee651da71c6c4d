"""What the days that a programme plans bring up before a match."""

from dataclasses import dataclass
from datetime import date, timedelta

from kith.gate.actor import Actor
from kith.programmes.models import Programme
from kith.programmes.queries.lists import counted, running, waiting
from kith.programmes.rules import Side, rules_of

MOST_PROGRAMMES = 10


@dataclass(frozen=True)
class LongWait:
    """How many wait for a mentor longer than their programme plans."""

    programme: Programme
    number: int
    days: int


def long_waits(actor: Actor, *, today: date) -> list[LongWait]:
    """Running programmes in which participants wait too long."""
    found = []
    for programme in running(actor)[:MOST_PROGRAMMES]:
        days = rules_of(programme).attention.days_without_match
        rows = waiting(actor, programme, Side.PARTICIPANT)
        number = counted(rows.filter(waiting_since__lt=today - timedelta(days=days)))
        if number:
            found.append(LongWait(programme, number, days))
    return found


def days_of_warning(actor: Actor) -> int | None:
    """How many days before a check of a mentor ends it is to be renewed: the most of them all."""
    rules = [rules_of(one).attention for one in running(actor)[:MOST_PROGRAMMES]]
    return max((one.check_expires_in_days for one in rules), default=None)
