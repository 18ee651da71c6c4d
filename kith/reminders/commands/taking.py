"""Reminders come into being: found by a source, or announced by an act of a room above."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kith.base import jobs, scope
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.reminders.models import Asked, Reminder
from kith.reminders.permissions import REMIND, SEND_JOB
from kith.reminders.queries.recipients import (
    Plans,
    Recipient,
    members_by_user,
    plans,
    recipients,
)
from kith.reminders.rules.kinds import Due, Kind, kind_of
from kith.reminders.rules.moments import daily_at, next_allowed
from kith.reminders.rules.states import Channel, MailState


@command(REMIND)
def take_in(actor: Actor, *, kind: Kind, dated: Sequence[tuple[Due, date]], now: datetime) -> int:
    """Keep what a source told, with the days of the reminders; gives how many are new."""
    return _keep(kind, dated, now=now)


@command(REMIND)
def note_asked(actor: Actor, *, kind: Kind, until: date) -> None:
    """A source has told everything up to a day."""
    row = Asked.objects.filter(kind=kind.key).first() or Asked(kind=kind.key)
    row.until = until
    row.save()


def remind(key: str, dues: Iterable[Due], *, now: datetime) -> int:
    """Remind people of what just happened; gives how many. Runs inside the act of a room above.

    Somebody who has been told of a row and has not looked yet is not told again.
    """
    kind = kind_of(key)
    if kind is None:
        raise KeyError(key)
    day = timezone.localdate(now)
    number = _keep(kind, [(due, day) for due in dues], now=now, again=True)
    if number and kind.is_at_once:
        _ask_for_letters()
    return number


def settle(key: str, subject: UUID, *, now: datetime, user_id: UUID | None = None) -> None:
    """What people were reminded of is done; of one of them, or of all.

    Runs inside the act of a room above. Without it the reminder ends within the hour.
    """
    rows = Reminder.objects.filter(kind=key, subject=subject, over_at__isnull=True)
    if user_id is not None:
        rows = rows.filter(member__user=user_id)
    end(rows.values_list("pk", flat=True), now=now)


@command(REMIND)
def close(actor: Actor, *, reminders: Collection[Reminder], now: datetime) -> int:
    """End reminders of which nobody needs to hear any more."""
    end([row.pk for row in reminders], now=now)
    return len(reminders)


def end(keys: Iterable[UUID], *, now: datetime) -> None:
    """End open reminders; a mail that waits does not go. Only inside a command."""
    rows = Reminder.objects.filter(pk__in=list(keys), over_at__isnull=True)
    waiting = rows.filter(mail=MailState.WAITING.value)
    waiting.update(mail=MailState.NEEDLESS.value, mail_at=None)
    rows.update(over_at=now)


def _ask_for_letters() -> None:
    organisation_id = scope.current().organisation_id
    if organisation_id is not None:
        jobs.ask_for(SEND_JOB, organisation_id)


def _keep(
    kind: Kind, dated: Sequence[tuple[Due, date]], *, now: datetime, again: bool = False
) -> int:
    members = members_by_user({due.user_id for due, _ in dated})
    known, all_plans = recipients(members.values()), plans()
    rows = [
        row
        for due, day in dated
        if due.user_id in members
        and all_plans.of(due.programme_id).timing(kind).is_on
        and (row := _row(kind, due, day, known[members[due.user_id].pk], all_plans, now))
    ]
    told = _make_room(kind, rows, now=now, again=again)
    new = [row for row in rows if (row.member_id, row.subject) not in told]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _row(
    kind: Kind, due: Due, day: date, who: Recipient, all_plans: Plans, now: datetime
) -> Reminder | None:
    mail, in_kith = who.wants(kind, Channel.MAIL), who.wants(kind, Channel.KITH)
    if not (mail or in_kith):
        return None
    quiet, rhythm = all_plans.of(due.programme_id).quiet, who.rhythm
    if who.goes_at_once(kind):
        mail_at = next_allowed(now, quiet, rhythm.zone)
    else:
        mail_at = daily_at(day, rhythm, quiet, now=now)
    return Reminder(
        member=who.member,
        kind=kind.key,
        subject=due.subject,
        due_on=day,
        link=due.link,
        programme_id=due.programme_id,
        in_kith=in_kith,
        mail=MailState.WAITING.value if mail else MailState.UNWANTED.value,
        mail_at=mail_at if mail else None,
    )


def _make_room(
    kind: Kind, rows: Sequence[Reminder], *, now: datetime, again: bool
) -> set[tuple[UUID, UUID]]:
    """End or remove what earlier reminders of the same rows there are; gives what stays as it is.

    again  what was told and looked at on this very day is told anew
    """
    wanted = {(row.member_id, row.subject): row for row in rows}
    before = Reminder.objects.filter(
        kind=kind.key,
        member__in={row.member_id for row in rows},
        subject__in={row.subject for row in rows},
    )
    stay, ended, gone = set(), [], []
    for old in before:
        new = wanted.get((old.member_id, old.subject))
        if new is None:
            continue
        is_unread = old.over_at is None and old.seen_at is None
        if is_unread if again else old.due_on >= new.due_on:
            stay.add((old.member_id, old.subject))
        elif old.due_on == new.due_on:
            gone.append(old.pk)
        elif old.over_at is None:
            ended.append(old.pk)
    end(ended, now=now)
    Reminder.objects.filter(pk__in=gone).delete()
    return stay
