"""Taking a duty, and looking for somebody who takes one's own."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.models import MatchMember
from kith.mentoring.queries.members import own_rows
from kith.people.rules import Side
from kith.rota.commands.shared import found, held_row, look_for_somebody, tell
from kith.rota.models import Duty
from kith.rota.permissions import TAKE_DUTY


class DutyTaken(Refused):
    """Two wanted to take it; the first one did."""

    sentence = _("Somebody has taken this duty meanwhile. Thank you all the same.")


@command(TAKE_DUTY, on="duty")
def take_duty(actor: Actor, *, duty: Duty, now: datetime) -> Duty:
    """Take a duty oneself that nobody has, or that its holder wants to swap.

    Raises DutyTaken, DutyMoved, MatchNotRunning.
    """
    row = held_row(duty, now=now)
    own, before = _own(actor, row), row.holder
    if before is not None and row.swap_since is None:
        raise DutyTaken()
    row.member, row.swap_since = own, None
    row.sequence += 1
    row.save()
    found(row, now=now)
    tell(actor, row, now=now, also=[before.pk] if before is not None else [])
    return row


@command(TAKE_DUTY, on="duty")
def ask_for_swap(actor: Actor, *, duty: Duty, now: datetime) -> Duty:
    """Say that one cannot on that day; one keeps the duty until somebody takes it.

    Nobody is asked why. Raises DutyMoved, Denied for somebody else's duty.
    """
    row = _own_duty(actor, duty, now=now)
    if row.swap_since is None:
        row.swap_since = now
        row.save()
        look_for_somebody(actor, row, now=now)
    return row


@command(TAKE_DUTY, on="duty")
def keep_duty(actor: Actor, *, duty: Duty, now: datetime) -> Duty:
    """One can after all. Raises DutyMoved, Denied for somebody else's duty."""
    row = _own_duty(actor, duty, now=now)
    row.swap_since = None
    row.save()
    found(row, now=now)
    return row


def _own_duty(actor: Actor, duty: Duty, *, now: datetime) -> Duty:
    row = held_row(duty, now=now)
    if row.member_id != _own(actor, row).pk:
        raise Denied(seen=True, refused=TAKE_DUTY.name, row=row)
    return row


def _own(actor: Actor, duty: Duty) -> MatchMember:
    """How whoever asks belongs to the group."""
    row = own_rows(actor, [duty.match]).get(duty.match_id)
    if row is None or row.side != Side.MENTOR:
        raise Denied(seen=True, refused=TAKE_DUTY.name, row=duty)
    return row
