"""Every write of matching: one function for each act."""

from kith.matching.commands.answers import (
    NotAskedAboutThis,
    OfferIsOver,
    answer_offer,
    record_answer,
    withdraw_offer,
)
from kith.matching.commands.decisions import (
    AlreadyDecided,
    NoLongerFree,
    NoteNeeded,
    WhyNeeded,
    accept_proposal,
    lock_proposal,
    reject_proposal,
    take_alternative,
    unlock_proposal,
)
from kith.matching.commands.forget import let_go_of_person
from kith.matching.commands.places import end_pairing
from kith.matching.commands.rounds import (
    KeptPairNoLongerFits,
    NobodyToMatch,
    RoundIsClosed,
    RoundIsOpen,
    TooManyKept,
    close_round,
    open_round,
    solve_round,
)

__all__ = [
    "AlreadyDecided",
    "KeptPairNoLongerFits",
    "NoLongerFree",
    "NobodyToMatch",
    "NotAskedAboutThis",
    "NoteNeeded",
    "OfferIsOver",
    "RoundIsClosed",
    "RoundIsOpen",
    "TooManyKept",
    "WhyNeeded",
    "accept_proposal",
    "answer_offer",
    "close_round",
    "end_pairing",
    "let_go_of_person",
    "lock_proposal",
    "open_round",
    "record_answer",
    "reject_proposal",
    "solve_round",
    "take_alternative",
    "unlock_proposal",
    "withdraw_offer",
]
