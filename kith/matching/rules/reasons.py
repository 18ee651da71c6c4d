"""Why a coordinator does not want a proposed pair, as codes with words."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RejectReason(StrEnum):
    """A reason says something about the pair, never about a person's worth or story."""

    KNOW_EACH_OTHER = "know_each_other"
    TIMES = "times"
    TOO_FAR = "too_far"
    OTHER_HELP = "other_help"
    WISH = "wish"
    NOT_NOW = "not_now"
    OTHER = "other"


REASON_WORDS: dict[RejectReason, str | Promise] = {
    RejectReason.KNOW_EACH_OTHER: _("They know each other already"),
    RejectReason.TIMES: _("Their times do not really fit"),
    RejectReason.TOO_FAR: _("The way is too long"),
    RejectReason.OTHER_HELP: _("Other help is needed first"),
    RejectReason.WISH: _("One of them wishes otherwise"),
    RejectReason.NOT_NOW: _("Not now, maybe in a later round"),
    RejectReason.OTHER: _("Another reason, in the note"),
}

ONLY_THIS_ROUND = frozenset({RejectReason.NOT_NOW})
"""Rejections that end with their round; the others hold for good."""
