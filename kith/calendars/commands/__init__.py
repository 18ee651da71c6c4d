"""Every write of calendars: one function for each act."""

from kith.calendars.commands.choosing import (
    choose_mail,
    close_address,
    forget_person,
    forget_user,
    renew_address,
)
from kith.calendars.commands.inviting import (
    give_up_unsure,
    invite,
    note_outcome,
    take_invitation,
)

__all__ = [
    "choose_mail",
    "close_address",
    "forget_person",
    "forget_user",
    "give_up_unsure",
    "invite",
    "note_outcome",
    "renew_address",
    "take_invitation",
]
