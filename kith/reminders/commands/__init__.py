"""Every write of reminders. Rooms above call `remind` and `settle` inside their own acts."""

from kith.reminders.commands.choosing import (
    NoSuchTime,
    Wanted,
    choose,
    see,
    see_all,
    set_plan,
    want_mail,
)
from kith.reminders.commands.forgetting import forget_person, forget_user, remove_old
from kith.reminders.commands.sending import gather, give_up_unsure, note_outcome, take_letter
from kith.reminders.commands.taking import close, note_asked, remind, settle, take_in

__all__ = [
    "NoSuchTime",
    "Wanted",
    "choose",
    "close",
    "forget_person",
    "forget_user",
    "gather",
    "give_up_unsure",
    "note_asked",
    "note_outcome",
    "remind",
    "remove_old",
    "see",
    "see_all",
    "set_plan",
    "settle",
    "take_in",
    "take_letter",
    "want_mail",
]
