"""Every write of this room: one function for each act."""

from kith.mentors.commands.conduct import (
    AlreadyAccepted,
    TooManySentences,
    accept_conduct,
    ask_again,
    forget_person,
    put_conduct_in_force,
)

__all__ = [
    "AlreadyAccepted",
    "TooManySentences",
    "accept_conduct",
    "ask_again",
    "forget_person",
    "put_conduct_in_force",
]
