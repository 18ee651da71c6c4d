"""Work of this room behind the page."""

from kith.activities import commands
from kith.base import clock
from kith.gate.actor import Actor


def make_days(actor: Actor) -> str:
    """Make the coming days of repeating activities."""
    return f"{commands.make_days(actor, today=clock.today())} days"
