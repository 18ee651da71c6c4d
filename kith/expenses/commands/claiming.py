"""A mentor notes expenses, sends them, corrects them and takes them back."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.activities.models import Activity
from kith.base import files, vault
from kith.base.attachments import keep_attachment
from kith.base.errors import Denied, Refused
from kith.expenses.commands.moving import ClaimMovedOn, locked, move
from kith.expenses.models import Claim, Expense, ExpensePlan
from kith.expenses.permissions import CLAIM
from kith.expenses.queries.claims import is_own_meeting, sum_of
from kith.expenses.queries.plans import own_record, plans_to_claim
from kith.expenses.rules.limits import MOST_LINES, too_late
from kith.expenses.rules.states import OPEN, ClaimState
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.models import Meeting

__all__ = ["ClaimMovedOn"]

STORE = "identity"


class NotOpenHere(Refused):
    """The programme pays nothing back, or not any more."""

    sentence = _("This programme does not take expenses now. Ask your coordinator.")


class DayInFuture(Refused):
    """An expense is noted on its day or later."""

    sentence = _("This day has not come yet. Note the expense on the day or later.")


class TooLate(Refused):
    """More days went by than the programme gives."""

    sentence = _("This day is too long ago to be claimed here. Speak with your coordinator.")


class UnknownKind(Refused):
    """The kind is not on the list of the programme."""

    sentence = _("Choose one of the kinds on the list.")


class TooMany(Refused):
    """A claim has as many lines as somebody can look at."""

    sentence = _("This claim is full. Send it, and begin another one.")


class NothingToSend(Refused):
    """A claim without expenses."""

    sentence = _("Note an expense first.")


@dataclass(frozen=True)
class Wanted:
    """One expense as it was typed: whole cents, and for one thing at most.

    receipt  content, kind and name of a file; none leaves what there is
    """

    on: date
    kind: str
    cents: int
    note: str = ""
    meeting: Meeting | None = None
    activity: Activity | None = None
    receipt: tuple[bytes, str, str] | None = None
    without_receipt: bool = False


@command(CLAIM)
def begin_claim(actor: Actor, *, plan: ExpensePlan, wanted: Wanted, today: date) -> Claim:
    """Note an expense in one's claim that was not sent yet; without one, begin it.

    Raises NotOpenHere, DayInFuture, TooLate, UnknownKind, TooMany, FileTooLarge, FileKindRefused.
    """
    me = own_record(actor)
    if me is None or plan.pk not in {one.pk for one in plans_to_claim(actor)}:
        raise NotOpenHere()
    rows = Claim.objects.select_for_update().filter(person=me, programme=plan.programme_id)
    draft = rows.filter(state=ClaimState.DRAFT.value).order_by("-id").first()
    claim = draft or Claim(
        person=me, programme=plan.programme, currency=plan.currency, changed_on=today
    )
    claim.save()
    _write(actor, claim, Expense(claim=claim), wanted, today)
    return claim


@command(CLAIM, on="claim")
def add_expense(actor: Actor, *, claim: Claim, wanted: Wanted, today: date) -> Claim:
    """Note one more expense in a claim that was not sent, or came back. Raises as begin_claim."""
    claim = _open(claim)
    _write(actor, claim, Expense(claim=claim), wanted, today)
    return claim


@command(CLAIM, on="claim")
def change_expense(
    actor: Actor, *, claim: Claim, expense: Expense, wanted: Wanted, today: date
) -> Claim:
    """Write an expense anew. Raises ClaimMovedOn, and as begin_claim."""
    claim = _open(claim)
    _write(actor, claim, Expense.objects.get(pk=expense.pk, claim=claim), wanted, today)
    return claim


@command(CLAIM, on="claim")
def remove_expense(actor: Actor, *, claim: Claim, expense: Expense, today: date) -> Claim:
    """Take an expense out, with its receipt. Raises ClaimMovedOn."""
    claim = _open(claim)
    row = Expense.objects.select_related("receipt").get(pk=expense.pk, claim=claim)
    receipt = row.receipt
    row.delete()
    if receipt is not None:
        files.remove(receipt)
    return _sum_up(claim, today)


@command(CLAIM, on="claim")
def send_claim(actor: Actor, *, claim: Claim, today: date) -> Claim:
    """Send a claim to the coordinators, also anew. Raises ClaimMovedOn, NothingToSend, TooLate."""
    claim = _open(claim)
    days = list(Expense.objects.filter(claim=claim).order_by("on").values_list("on", flat=True))
    if not days:
        raise NothingToSend()
    if claim.sent_on is None and too_late(days[0], today, _plan(claim).within_days):
        raise TooLate()
    claim.sending += 1
    claim.sent_on = claim.sent_on or today
    claim.name = claim.person.name if claim.person else ""
    return move(claim, ClaimState.SENT, today=today)


@command(CLAIM, on="claim")
def correct_claim(actor: Actor, *, claim: Claim, today: date) -> Claim:
    """Take a claim back to correct it, while nobody has agreed. Raises ClaimMovedOn."""
    return move(locked(claim), ClaimState.DRAFT, today=today)


@command(CLAIM, on="claim")
def withdraw_claim(actor: Actor, *, claim: Claim, today: date) -> None:
    """Take a claim back for good; what was never sent goes at once. Raises ClaimMovedOn."""
    claim = locked(claim)
    if claim.state == ClaimState.DRAFT.value and claim.sent_on is None:
        remove_claim(claim)
        return
    move(claim, ClaimState.WITHDRAWN, today=today)


def remove_claim(claim: Claim) -> None:
    """Remove a claim with its receipts and its key. Only inside a command."""
    rows = Expense.objects.filter(claim=claim).select_related("receipt")
    receipts = [row.receipt for row in rows if row.receipt is not None]
    key = claim.pk
    claim.delete()
    vault.forget(key, store=STORE)
    for receipt in receipts:
        files.remove(receipt)


def _open(claim: Claim) -> Claim:
    claim = locked(claim)
    if ClaimState(claim.state) not in OPEN:
        raise ClaimMovedOn()
    return claim


def _plan(claim: Claim) -> ExpensePlan:
    return ExpensePlan.objects.get(programme=claim.programme_id)


def _write(actor: Actor, claim: Claim, row: Expense, wanted: Wanted, today: date) -> None:
    _check(actor, claim, row, wanted, today)
    row.on, row.kind, row.cents = wanted.on, wanted.kind, wanted.cents
    row.note = wanted.note.strip()
    row.meeting, row.activity = wanted.meeting, wanted.activity
    before = row.receipt
    if wanted.receipt is not None:
        content, kind, name = wanted.receipt
        row.receipt = keep_attachment(
            content=content, kind=kind, name=name, subject_id=claim.pk, store=STORE
        )
    elif wanted.without_receipt:
        row.receipt = None
    row.save()
    if before is not None and row.receipt_id != before.pk:
        files.remove(before)
    _sum_up(claim, today)


def _check(actor: Actor, claim: Claim, row: Expense, wanted: Wanted, today: date) -> None:
    plan = _plan(claim)
    if wanted.on > today:
        raise DayInFuture()
    # A day that was noted in time stays possible while the claim goes to and fro.
    if wanted.on != row.on and too_late(wanted.on, today, plan.within_days):
        raise TooLate()
    if wanted.kind not in {*plan.kinds, row.kind}:
        raise UnknownKind()
    if wanted.meeting is not None and not is_own_meeting(actor, wanted.meeting):
        raise Denied()
    others = Expense.objects.filter(claim=claim).exclude(pk=row.pk)
    if others.count() >= MOST_LINES:
        raise TooMany()


def _sum_up(claim: Claim, today: date) -> Claim:
    claim.cents, claim.changed_on = sum_of(claim), today
    claim.save()
    return claim
