"""What several acts on a duty do: hold the row, and tell those concerned."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.mentoring.commands.planning import require_running
from kith.mentoring.models import Match
from kith.reminders.commands import remind, settle
from kith.rota.models import Duty
from kith.rota.queries.reminding import concerned, dues, mates
from kith.rota.rules.states import DutyState

CHANGED, SWAP_WANTED = "rota.changed", "rota.swap_wanted"


class DutyMoved(Refused):
    """The duty is no longer where the page showed it."""

    sentence = _("This duty has changed meanwhile, or is over. Look at the rota again.")


def held_row(duty: Duty, *, now: datetime) -> Duty:
    """A planned duty to come, locked until the act is done. Raises DutyMoved, MatchNotRunning."""
    row: Duty = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("match__programme", "member__person")
        .get(pk=duty.pk)
    )
    require_running(row.match)
    if row.state != DutyState.PLANNED or row.at <= now:
        raise DutyMoved()
    return row


def require_of(match: Match, duty: Duty) -> None:
    """Raises DutyMoved when the duty is of another match."""
    if duty.match_id != match.pk:
        raise DutyMoved()


def tell(actor: Actor, duty: Duty, *, now: datetime, also: Iterable[UUID] = ()) -> None:
    """Whoever takes it and the family hear that a duty is new or has changed, but not who did it.

    also  members who had it before
    """
    rows = concerned(duty)
    if before := list(also):
        rows = rows | mates(duty).filter(pk__in=before)
    remind(CHANGED, dues(duty, rows.exclude(person__user=actor.user_id)), now=now)


def look_for_somebody(actor: Actor, duty: Duty, *, now: datetime) -> None:
    """The others of the group hear that somebody is wanted."""
    others = mates(duty).exclude(person__user=actor.user_id)
    remind(SWAP_WANTED, dues(duty, others), now=now)


def found(duty: Duty, *, now: datetime) -> None:
    """Nobody has to be looked for any more."""
    settle(SWAP_WANTED, duty.pk, now=now)
