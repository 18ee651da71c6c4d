"""Where a reminder and a letter stand, and the limits of both, as data."""

from datetime import timedelta
from enum import StrEnum


class Channel(StrEnum):
    """How someone is reminded."""

    MAIL = "mail"
    KITH = "kith"


class MailState(StrEnum):
    """What becomes of the mail about one reminder."""

    WAITING = "waiting"
    IN_LETTER = "in_letter"  # what became of it stands with the letter
    UNWANTED = "unwanted"  # the person wants no mail about this kind
    HELD = "held"  # it cannot go out; `why_held` says why
    NEEDLESS = "needless"  # done or looked at before a mail went


class WhyHeld(StrEnum):
    """Why no mail goes out."""

    NO_MAIL = "no_mail"  # this Kith sends none
    NO_ADDRESS = "no_address"  # the person signs in with a card
    NOT_SAFE = "not_safe"  # the person said that writing is not safe
    TOO_LATE = "too_late"  # it could have gone days ago


class LetterState(StrEnum):
    """Where a letter stands. One that was being sent when the worker fell over may have gone: it is
    never sent again."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    UNSURE = "unsure"
    NEEDLESS = "needless"


ON_ITS_WAY = (LetterState.READY, LetterState.SENDING, LetterState.LATER)

# The time between one try and the next; after the last one a letter has failed.
NEXT_TRY = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
UNSURE_AFTER = timedelta(minutes=15)
BETWEEN_AT_ONCE = timedelta(hours=1)
TOO_LATE = timedelta(days=3)
KEPT = timedelta(days=60)
CATCH_UP_DAYS = 7
"""After a longer rest of the worker, nobody is reminded of what is further back."""
