"""The nightly job of this room."""

from kith.accounts.commands.tidying import tidy
from kith.base import clock
from kith.gate.actor import Actor


def nightly(actor: Actor) -> str:
    """Clear away what nobody can use any more."""
    return f"cleared {tidy(actor, now=clock.now())}"
