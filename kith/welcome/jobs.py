"""The work of this room behind the pages."""

from kith.base import clock
from kith.gate.actor import Actor
from kith.welcome import commands


def tidy(actor: Actor) -> str:
    """Close applications of mentors who were asked something and never answered."""
    return f"closed {commands.let_lapse(actor, today=clock.today())}"
