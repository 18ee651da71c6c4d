"""Every write of a rota: one function for each act."""

from kith.rota.commands.forgetting import forget_duties, let_go_of_person
from kith.rota.commands.holding import NotYetOver, hold_duty
from kith.rota.commands.laying_out import (
    DutyBeforeNow,
    DutyTooFar,
    LaidOutAlready,
    MinutesOutOfRange,
    NobodyInGroup,
    UnknownRole,
    add_duty,
    call_off_duty,
    change_duty,
    give_duty,
    lay_out,
)
from kith.rota.commands.shared import DutyMoved
from kith.rota.commands.taking import DutyTaken, ask_for_swap, keep_duty, take_duty

__all__ = [
    "DutyBeforeNow",
    "DutyMoved",
    "DutyTaken",
    "DutyTooFar",
    "LaidOutAlready",
    "MinutesOutOfRange",
    "NobodyInGroup",
    "NotYetOver",
    "UnknownRole",
    "add_duty",
    "ask_for_swap",
    "call_off_duty",
    "change_duty",
    "forget_duties",
    "give_duty",
    "hold_duty",
    "keep_duty",
    "lay_out",
    "let_go_of_person",
    "take_duty",
]
