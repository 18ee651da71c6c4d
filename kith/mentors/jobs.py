"""The work of this room behind the pages."""

from kith.base import clock
from kith.gate.actor import Actor
from kith.mentors import commands


def ask_again(actor: Actor) -> str:
    """Let acceptances of an earlier code of conduct end."""
    return f"{commands.ask_again(actor, today=clock.today())} acceptances"
