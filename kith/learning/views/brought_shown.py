"""A certificate from elsewhere as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kith.learning.models import BroughtCertificate
from kith.learning.queries.certificates import kept_by, why_not
from kith.learning.rules.certificate_words import NOT_HELD_WORDS, OPENS_WORDS
from kith.learning.rules.elsewhere import BROUGHT_WORDS, Told, told_by
from kith.learning.rules.holding import NotHeld
from kith.learning.rules.states import BroughtState
from kith.learning.rules.words import here
from kith.methods.learning.courses.schema import Opens
from kith.methods.learning.credentials.tokens import Malformed, read_token
from kith.web.components import Tone


@dataclass(frozen=True)
class Line:
    """One of a list: state in a word, and what it counts for in a sentence."""

    row: BroughtCertificate
    words: str
    tone: Tone
    counts: str

    @property
    def is_waiting(self) -> bool:
        return self.row.state == BroughtState.WAITING.value

    @property
    def is_turned_down(self) -> bool:
        return self.row.state == BroughtState.TURNED_DOWN.value


def brought_lines(rows: Sequence[BroughtCertificate], *, on: date) -> list[Line]:
    """State and use of certificates from elsewhere on a day, in one query more."""
    kept = kept_by({row.member_id for row in rows})
    return [_line(row, why_not(row, kept[row.member_id], on=on)) for row in rows]


def _line(row: BroughtCertificate, reason: NotHeld | None) -> Line:
    state = BroughtState(row.state)
    if not row.recognised.issuer.is_accepted:
        return Line(row, _("issuer not accepted any more"), "warn", _counts(row))
    if state is BroughtState.CONFIRMED and reason is None:
        return Line(row, str(BROUGHT_WORDS[state]), "good", _counts(row))
    if reason is NotHeld.EXPIRED or state is BroughtState.CONFIRMED:
        words = NOT_HELD_WORDS[reason] if reason else BROUGHT_WORDS[state]
        return Line(row, str(words), "warn", _counts(row))
    tone: Tone = "info" if state is BroughtState.WAITING else "warn"
    return Line(row, str(BROUGHT_WORDS[state]), tone, _counts(row))


def _counts(row: BroughtCertificate) -> str:
    recognised = row.recognised
    if recognised.decided_on is None:
        return _("Nobody has said yet for which course it counts here.")
    if recognised.course is None:
        return _("It is shown here and counts for no course.")
    said = _("It counts as “%(course)s”.") % {"course": here(recognised.course.title)}
    return f"{said} {OPENS_WORDS[Opens(recognised.course.opens)]}"


def said_in(row: BroughtCertificate) -> Told | None:
    """What the badge says; None once its key was destroyed."""
    try:
        return told_by(read_token(str(row.token)).claims, email=str(row.member.email))
    except (Malformed, KeyError, TypeError):
        return None
