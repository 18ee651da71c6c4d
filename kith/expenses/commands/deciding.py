"""Somebody else looks at a claim: agrees, asks back, says no, pays."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.expenses.commands.moving import locked, move
from kith.expenses.models import Claim
from kith.expenses.permissions import LOOK_AT_CLAIMS, PAY_CLAIMS
from kith.expenses.queries.claims import agreed_above_limit
from kith.expenses.queries.plans import plan_of
from kith.expenses.rules.limits import LONGEST_WORD
from kith.expenses.rules.states import ClaimState
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.reminders.commands import remind, settle
from kith.reminders.rules.kinds import Due

NEWS = "expenses.news"


class SentAnew(Refused):
    """The mentor corrected the claim while somebody looked at it."""

    sentence = _("The claim was corrected and sent again meanwhile. Look at it again.")


class WordNeeded(Refused):
    """A question needs words, and so does a no."""

    sentence = _("Write one sentence that the mentor reads.")


class ReasonAboveLimit(Refused):
    """More than the limit of a month is agreed to with a reason."""

    sentence = _("This passes the limit of a month. Write why you agree all the same.")


class PaidInFuture(Refused):
    """What was paid was paid by now, and not before it was agreed."""

    sentence = _("Choose the day on which it was paid: from the day of the yes until today.")


@command(LOOK_AT_CLAIMS, on="claim")
def agree(actor: Actor, *, claim: Claim, sending: int, word: str, now: datetime) -> Claim:
    """Agree to somebody else's claim. Raises ClaimMovedOn, SentAnew, ReasonAboveLimit."""
    row = _looked_at(claim, sending)
    if not word.strip() and agreed_above_limit(row, plan_of(row.programme_id)):
        raise ReasonAboveLimit()
    return _decide(actor, row, ClaimState.AGREED, word, now)


@command(LOOK_AT_CLAIMS, on="claim")
def ask_back(actor: Actor, *, claim: Claim, sending: int, word: str, now: datetime) -> Claim:
    """Send somebody else's claim back with a question. Raises as refuse."""
    row = _looked_at(claim, sending)
    return _decide(actor, row, ClaimState.BACK, _needed(word), now)


@command(LOOK_AT_CLAIMS, on="claim")
def refuse(actor: Actor, *, claim: Claim, sending: int, word: str, now: datetime) -> Claim:
    """Say no to somebody else's claim. Raises ClaimMovedOn, SentAnew, WordNeeded."""
    row = _looked_at(claim, sending)
    return _decide(actor, row, ClaimState.REFUSED, _needed(word), now)


@command(PAY_CLAIMS, on="claim")
def note_paid(actor: Actor, *, claim: Claim, paid_on: date, now: datetime) -> Claim:
    """Note the day on which an agreed claim was paid. Raises ClaimMovedOn, PaidInFuture."""
    row, today = locked(claim), timezone.localdate(now)
    if not (row.decided_on or today) <= paid_on <= today:
        raise PaidInFuture()
    row.paid_on, row.paid_by = paid_on, actor.membership
    row = move(row, ClaimState.PAID, today=today)
    _tell(row, now=now)
    return row


def _looked_at(claim: Claim, sending: int) -> Claim:
    row = locked(claim)
    if row.sending != sending:
        raise SentAnew()
    return row


def _needed(word: str) -> str:
    if not word.strip():
        raise WordNeeded()
    return word


def _decide(actor: Actor, row: Claim, state: ClaimState, word: str, now: datetime) -> Claim:
    today = timezone.localdate(now)
    row.word = word.strip()[:LONGEST_WORD]
    row.decided_on, row.decided_by = today, actor.membership
    row = move(row, state, today=today)
    _tell(row, now=now)
    return row


def _tell(row: Claim, *, now: datetime) -> None:
    """The mentor hears of it, as far as they can sign in. An earlier word about it is over."""
    settle(NEWS, row.pk, now=now)
    if row.person is None or row.person.user_id is None:
        return
    link = reverse("expenses:claim", args=[row.pk])
    due = Due(row.person.user_id, row.pk, timezone.localdate(now), link, row.programme_id)
    remind(NEWS, [due], now=now)
