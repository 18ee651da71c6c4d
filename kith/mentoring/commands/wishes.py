"""Either side may wish for somebody else, or to stop. Nobody asks why."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.roles import Role
from kith.mentoring.commands.dates import refresh
from kith.mentoring.commands.talks import MatchIsOver
from kith.mentoring.models import Match
from kith.mentoring.permissions import WISH
from kith.mentoring.queries.members import own_sides
from kith.mentoring.rules.states import RUNNING
from kith.people.rules import Side


class NothingWished(Refused):
    """The wish was taken back, or answered."""

    sentence = _("There is no such wish any more.")


@command(WISH, on="match")
def wish_for_change(actor: Actor, *, match: Match, side: Side, today: date, now: datetime) -> Match:
    """One side would like somebody else, or to stop; the coordinator is told, the other side not.

    Raises MatchIsOver, and Denied for the other side.
    """
    _require_own(actor, match, side)
    name = f"{side.value}_wish_on"
    if getattr(match, name) is None:
        setattr(match, name, today)
        refresh(match, now=now)
    return match


@command(WISH, on="match")
def go_on_together(actor: Actor, *, match: Match, side: Side, now: datetime) -> Match:
    """They go on after all. Raises MatchIsOver, NothingWished, and Denied for the other side."""
    _require_own(actor, match, side)
    name = f"{side.value}_wish_on"
    if getattr(match, name) is None:
        raise NothingWished()
    setattr(match, name, None)
    refresh(match, now=now)
    return match


def _require_own(actor: Actor, match: Match, side: Side) -> None:
    if match.state not in RUNNING:
        raise MatchIsOver()
    is_own = own_sides(actor, [match]).get(match.pk) is side
    if not is_own and not actor.has(Role.COORDINATOR):
        raise Denied(seen=True, refused=WISH.name, row=match)
