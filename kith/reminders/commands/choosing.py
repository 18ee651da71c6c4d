"""What people and programmes wish: of what, how and when somebody is reminded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.programmes.models import Programme
from kith.reminders.models import Choice, ProgrammePlan, Reminder, Wishes
from kith.reminders.permissions import CHOOSE, PLAN, SEE_OWN
from kith.reminders.queries.recipients import plans, recipients
from kith.reminders.rules.kinds import Kind, kind_of
from kith.reminders.rules.moments import (
    MOST_DAYS,
    QUIET_FROM,
    QUIET_UNTIL,
    Quiet,
    Timing,
    daily_at,
    stored_timings,
)
from kith.reminders.rules.states import Channel, MailState


class NoSuchTime(Refused):
    """Quiet hours are at night, and nobody is reminded a year before."""

    sentence = _("These hours or days are not possible. Nothing was changed.")


@dataclass(frozen=True)
class Wanted:
    """When the mail of the day comes, and whether mails come at all."""

    hour: int
    zone: str
    wants_mail: bool
    only_daily: bool


@command(CHOOSE, on="member")
def choose(
    actor: Actor,
    *,
    member: Membership,
    wanted: Wanted,
    by_channel: Mapping[Channel, Collection[Kind]],
    offered: Collection[Kind],
    now: datetime,
) -> Wishes:
    """Keep what a member chose among the kinds that were offered."""
    wishes = _wishes(member)
    wishes.hour, wishes.zone = wanted.hour, wanted.zone
    wishes.wants_mail, wishes.only_daily = wanted.wants_mail, wanted.only_daily
    wishes.save()
    _replace_choices(member, by_channel, offered)
    _move_waiting(member, now=now)
    return wishes


@command(CHOOSE, on="member")
def want_mail(actor: Actor, *, member: Membership, kind: Kind | None, wants: bool) -> None:
    """Stop or take up mails: about one kind, or all of them. The link in a mail leads here."""
    if kind is None:
        wishes = _wishes(member)
        wishes.wants_mail = wants
        wishes.save()
        return
    Choice.objects.filter(member=member, kind=kind.key, channel=Channel.MAIL.value).delete()
    Choice.objects.create(member=member, kind=kind.key, channel=Channel.MAIL.value, is_wanted=wants)


@command(SEE_OWN, on="reminder")
def see(actor: Actor, *, reminder: Reminder, now: datetime) -> Reminder:
    """Somebody has looked: it counts no longer, and no mail goes."""
    _seen([reminder], now=now)
    return reminder


@command(SEE_OWN)
def see_all(actor: Actor, *, now: datetime) -> int:
    """Somebody has looked at the whole list."""
    rows = Reminder.objects.filter(member=actor.membership, seen_at__isnull=True)
    return _seen(list(rows.filter(over_at__isnull=True, in_kith=True)), now=now)


@command(PLAN, on="programme")
def set_plan(
    actor: Actor,
    *,
    programme: Programme | None,
    quiet: Quiet,
    timings: Mapping[str, Timing],
) -> ProgrammePlan:
    """Set how a programme reminds; without one, how the organisation does. Raises NoSuchTime."""
    is_possible = quiet.from_hour in QUIET_FROM and quiet.until_hour in QUIET_UNTIL
    if not is_possible or any(one.days not in range(MOST_DAYS + 1) for one in timings.values()):
        raise NoSuchTime()
    row = ProgrammePlan.objects.filter(programme=programme).first()
    row = row or ProgrammePlan(programme=programme)
    row.quiet_from, row.quiet_until = quiet.from_hour, quiet.until_hour
    row.on_weekends, row.timings = quiet.on_weekends, stored_timings(timings)
    row.save()
    return row


def _wishes(member: Membership) -> Wishes:
    found: Wishes | None = Wishes.objects.filter(member=member).first()
    return found or Wishes(member=member)


def _replace_choices(
    member: Membership,
    by_channel: Mapping[Channel, Collection[Kind]],
    offered: Collection[Kind],
) -> None:
    keys = [kind.key for kind in offered]
    Choice.objects.filter(member=member, kind__in=keys).delete()
    Choice.objects.bulk_create(
        Choice(
            member=member,
            kind=kind.key,
            channel=channel.value,
            is_wanted=kind in by_channel[channel],
        )
        for channel in Channel
        for kind in offered
        # What is as usual is not kept: it follows when the usual changes.
        if (kind in by_channel[channel])
        != (kind.in_mail if channel is Channel.MAIL else kind.in_kith)
    )


def _move_waiting(member: Membership, *, now: datetime) -> None:
    """What waits for an hour waits for the new one."""
    who, all_plans = recipients([member])[member.pk], plans()
    for row in Reminder.objects.filter(member=member, mail=MailState.WAITING.value):
        kind = kind_of(row.kind)
        if kind is not None and not who.goes_at_once(kind):
            quiet = all_plans.of(row.programme_id).quiet
            row.mail_at = daily_at(row.due_on, who.rhythm, quiet, now=now)
            row.save()


def _seen(rows: Collection[Reminder], *, now: datetime) -> int:
    keys = [row.pk for row in rows if row.seen_at is None]
    found = Reminder.objects.filter(pk__in=keys)
    waiting = found.filter(mail=MailState.WAITING.value)
    waiting.update(mail=MailState.NEEDLESS.value, mail_at=None)
    return int(found.update(seen_at=now))
