"""Letters: gathered for each member, tried one by one, each outcome kept before the next.

Whoever sends takes one letter, says so, and only then speaks with the mail server: what was being
sent when a worker fell over is not sent again, everything else is.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.base import mail
from kith.base.mail import Outcome
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.reminders.commands.taking import end
from kith.reminders.models import Letter, Reminder
from kith.reminders.permissions import SEND
from kith.reminders.queries.gathering import over
from kith.reminders.queries.recipients import Plans, Recipient, plans, recipients, unsafe_to_write
from kith.reminders.rules.kinds import kind_of
from kith.reminders.rules.moments import daily_at, next_allowed
from kith.reminders.rules.states import (
    BETWEEN_AT_ONCE,
    NEXT_TRY,
    TOO_LATE,
    UNSURE_AFTER,
    Channel,
    LetterState,
    MailState,
    WhyHeld,
)

MEMBERS_AT_ONCE = 50


@command(SEND)
def gather(actor: Actor, *, now: datetime) -> int:
    """Put what waits into letters, for some members; gives how many were looked after, 0 at the
    end."""
    members = _members_with_mail(now)
    if not members:
        return 0
    rows = _waiting_rows(members, now)
    known, all_plans = recipients(members), plans()
    unsafe = unsafe_to_write([member.user_id for member in members])
    for member in members:
        _gather_for(known[member.pk], rows[member.pk], all_plans, unsafe, now)
    return len(members)


def _members_with_mail(now: datetime) -> list[Membership]:
    waiting = Reminder.objects.filter(mail=MailState.WAITING.value, mail_at__lte=now)
    keys = waiting.order_by().values_list("member", flat=True).distinct()[: MEMBERS_AT_ONCE * 2]
    # Another worker looks after its own fifty; a letter needs nobody to wait.
    free = Membership.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return list(
        free.filter(pk__in=list(keys)).select_related("user").order_by("id")[:MEMBERS_AT_ONCE]
    )


def _waiting_rows(members: Sequence[Membership], now: datetime) -> dict[UUID, list[Reminder]]:
    found = Reminder.objects.filter(member__in=members, mail=MailState.WAITING.value)
    rows = list(found.select_related("member").order_by("due_on", "id"))
    done = {row.pk for row in over(rows)}
    end(done, now=now)
    by_member: dict[UUID, list[Reminder]] = defaultdict(list)
    for row in rows:
        if row.pk not in done:
            by_member[row.member_id].append(row)
    return by_member


@dataclass
class _Sorted:
    """What becomes of the waiting reminders of one member."""

    unwanted: list[Reminder] = field(default_factory=list)
    seen: list[Reminder] = field(default_factory=list)
    ready: list[Reminder] = field(default_factory=list)


def _gather_for(
    who: Recipient, rows: list[Reminder], all_plans: Plans, unsafe: set[UUID], now: datetime
) -> None:
    sorted_ = _sort(who, rows)
    _set_mail(sorted_.unwanted, MailState.UNWANTED)
    _set_mail(sorted_.seen, MailState.NEEDLESS)
    late = [row for row in sorted_.ready if row.mail_at and row.mail_at < now - TOO_LATE]
    _hold(late, WhyHeld.TOO_LATE)
    ready = [row for row in sorted_.ready if row not in late]
    if why := _why_held(who.member, unsafe):
        _hold([row for row in ready if _is_due(row, now)], why)
        return
    if any(_is_due(row, now) for row in ready):
        _write_or_wait(who, ready, all_plans, now)


def _sort(who: Recipient, rows: list[Reminder]) -> _Sorted:
    found = _Sorted()
    for row in rows:
        kind = kind_of(row.kind)
        if kind is None or not who.wants(kind, Channel.MAIL):
            found.unwanted.append(row)
        elif row.seen_at is not None:
            found.seen.append(row)
        else:
            found.ready.append(row)
    return found


def _why_held(member: Membership, unsafe: set[UUID]) -> WhyHeld | None:
    if not mail.is_set_up():
        return WhyHeld.NO_MAIL
    if not str(member.email):
        return WhyHeld.NO_ADDRESS
    return WhyHeld.NOT_SAFE if member.user_id in unsafe else None


def _is_due(row: Reminder, now: datetime) -> bool:
    return row.mail_at is not None and row.mail_at <= now


def _write_or_wait(who: Recipient, ready: list[Reminder], all_plans: Plans, now: datetime) -> None:
    due, today = [row for row in ready if _is_due(row, now)], who.rhythm.today(now)
    quiet = all_plans.quiet_of({row.programme_id for row in due})
    allowed = next_allowed(now, quiet, who.rhythm.zone)
    if allowed > now:
        _wait(due, allowed)
        return
    of_the_day = [row for row in due if not _goes_at_once(who, row)]
    if of_the_day and who.last_daily == today:
        # Another worker wrote the letter of the day in between.
        _wait(of_the_day, daily_at(today, who.rhythm, quiet, now=now))
        due, of_the_day = [row for row in due if row not in of_the_day], []
    elif not of_the_day and (pause := _pause_until(who)) and pause > now:
        _wait(due, pause)
        return
    if due:
        # What is due today and has an hour still to come travels with the letter that goes now.
        others = [row for row in ready if row not in due and row.due_on <= today]
        _write(who, [*due, *others], is_daily=bool(of_the_day), now=now)


def _goes_at_once(who: Recipient, row: Reminder) -> bool:
    kind = kind_of(row.kind)
    return kind is not None and who.goes_at_once(kind)


def _pause_until(who: Recipient) -> datetime | None:
    return who.last_letter_at + BETWEEN_AT_ONCE if who.last_letter_at else None


def _write(who: Recipient, rows: list[Reminder], *, is_daily: bool, now: datetime) -> None:
    day = who.rhythm.today(now) if is_daily else None
    letter: Letter = Letter.objects.create(member=who.member, day=day, begun_at=now)
    keys = [row.pk for row in rows]
    Reminder.objects.filter(pk__in=keys).update(
        letter=letter, mail=MailState.IN_LETTER.value, mail_at=None
    )


def _wait(rows: list[Reminder], until: datetime) -> None:
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(mail_at=until)


def _hold(rows: list[Reminder], why: WhyHeld) -> None:
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(
        mail=MailState.HELD.value, why_held=why.value, mail_at=None
    )


def _set_mail(rows: list[Reminder], state: MailState) -> None:
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(mail=state.value, mail_at=None)


@command(SEND)
def give_up_unsure(actor: Actor, *, now: datetime) -> int:
    """Letters that were being sent when a worker fell over: they may have gone."""
    rows = Letter.objects.filter(state=LetterState.SENDING.value, begun_at__lt=now - UNSURE_AFTER)
    return rows.update(state=LetterState.UNSURE.value)


@command(SEND)
def take_letter(actor: Actor, *, now: datetime) -> Letter | None:
    """The next letter to be sent, which from now on nobody else takes; None when there is none."""
    to_try = Q(state=LetterState.READY.value) | Q(
        state=LetterState.LATER.value, next_try_at__lte=now
    )
    rows = Letter.objects.filter(to_try).select_for_update(skip_locked=True, of=("self",))
    letter: Letter | None = rows.select_related("member__user").order_by("begun_at", "id").first()
    if letter is None:
        return None
    letter.state, letter.next_try_at, letter.begun_at = LetterState.SENDING.value, None, now
    if letter.tries and not _still_needed(letter, now):
        letter.state = LetterState.NEEDLESS.value
    letter.save()
    return letter


def _still_needed(letter: Letter, now: datetime) -> bool:
    rows = list(
        Reminder.objects.filter(letter=letter, over_at__isnull=True).select_related("member")
    )
    done = {row.pk for row in over(rows)}
    end(done, now=now)
    return any(row.pk not in done and row.seen_at is None for row in rows)


@command(SEND, on="letter")
def note_outcome(actor: Actor, *, letter: Letter, outcome: Outcome, now: datetime) -> Letter:
    """Keep what became of a letter; one that nobody took is tried again some hours later."""
    letter.tries += 1
    if outcome is Outcome.SENT:
        letter.state = LetterState.SENT.value
    elif outcome is Outcome.LATER and letter.tries <= len(NEXT_TRY):
        letter.state = LetterState.LATER.value
        letter.next_try_at = _next_try(letter, now)
    else:
        letter.state = LetterState.FAILED.value
    letter.save()
    return letter


def _next_try(letter: Letter, now: datetime) -> datetime:
    rows = Reminder.objects.filter(letter=letter).values_list("programme", flat=True)
    who = recipients([letter.member])[letter.member_id]
    quiet = plans().quiet_of(set(rows))
    return next_allowed(now + NEXT_TRY[letter.tries - 1], quiet, who.rhythm.zone)
