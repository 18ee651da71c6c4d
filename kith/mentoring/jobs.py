"""What happens in mentoring when days pass."""

from kith.base import clock
from kith.gate.actor import Actor
from kith.mentoring import commands


def remind(actor: Actor) -> str:
    """Daily: remind those concerned, before staff are asked."""
    while commands.take_into_care(actor, today=clock.today()):
        pass
    matches = 0
    while part := commands.remind(actor, today=clock.today(), now=clock.now()):
        matches += part
    return f"{matches} matches"


def keep_hand_overs(actor: Actor) -> str:
    """Hourly: hand-overs begin on their day, and stand-ins end after their last day."""
    number = commands.keep_hand_overs(actor, today=clock.today(), now=clock.now())
    return f"{number} hand-overs"


def open_follow_ups(actor: Actor) -> str:
    """Daily: talks after the end are opened on their day, where the person agreed."""
    number = commands.open_follow_ups(actor, today=clock.today())
    return f"{number} talks"
