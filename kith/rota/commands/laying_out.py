"""Laying out a rota: many weeks in one act, single duties, who takes them, calling off."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.planning import require_running
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.rules.members import roles_of
from kith.programmes.rules import rules_of
from kith.rota.commands.shared import found, held_row, look_for_somebody, require_of, tell
from kith.rota.models import Duty
from kith.rota.permissions import LAY_OUT_ROTA
from kith.rota.queries import sharing
from kith.rota.queries.lists import group_of
from kith.rota.rules.plan import DutyPlan, RotaPlan, Slot, days_from, share
from kith.rota.rules.states import (
    FARTHEST,
    LONGEST_MINUTES,
    MOST_WEEKS,
    SHORTEST_MINUTES,
    VISIT,
    DutyState,
)


class DutyBeforeNow(Refused):
    """A duty lies ahead."""

    sentence = _("Choose a day and a time from now on.")


class DutyTooFar(Refused):
    """A rota is laid out for weeks, not for years."""

    sentence = _("Choose at most 13 weeks at once, and a day within a year.")


class MinutesOutOfRange(Refused):
    """A duty lasts from a quarter of an hour to ten hours."""

    sentence = _("The length is from 15 to 600 minutes.")


class UnknownRole(Refused):
    """The roles of a group stand in its programme."""

    sentence = _("This programme does not have that duty. Choose one of the list.")


class LaidOutAlready(Refused):
    """Laying out twice adds nothing."""

    sentence = _("These weeks have these duties already. Choose a later first day.")


class NobodyInGroup(Refused):
    """Only somebody of the group takes a duty."""

    sentence = _("This person does not belong to the group now. Choose somebody of the list.")


@command(LAY_OUT_ROTA, on="match")
def lay_out(actor: Actor, *, match: Match, plan: RotaPlan, now: datetime) -> list[Duty]:
    """Lay out duties in the rhythm of the programme and share them out by who did fewest.

    A week that has a duty of the same role keeps it. Raises MatchNotRunning, DutyBeforeNow,
    DutyTooFar, MinutesOutOfRange, UnknownRole, LaidOutAlready.
    """
    require_running(match)
    Match.objects.select_for_update(of=("self",)).get(pk=match.pk)
    _require_time(plan.at, plan.minutes, now=now)
    if not 1 <= plan.weeks <= MOST_WEEKS:
        raise DutyTooFar()
    slots = _slots(match, plan, now=now)
    if not slots:
        raise LaidOutAlready()
    taken = share(slots, sharing.helpers(match, now=now))
    made = [
        _new(match, DutyPlan(at=_moment(plan, slot.day), minutes=plan.minutes, role=slot.role), key)
        for slot, key in zip(slots, taken, strict=True)
    ]
    for duty in made:
        tell(actor, duty, now=now)
    return made


@command(LAY_OUT_ROTA, on="match")
def add_duty(
    actor: Actor, *, match: Match, plan: DutyPlan, member: MatchMember | None, now: datetime
) -> Duty:
    """One more duty, for somebody or still for nobody.

    Raises MatchNotRunning, DutyBeforeNow, DutyTooFar, MinutesOutOfRange, UnknownRole,
    NobodyInGroup.
    """
    require_running(match)
    _require_time(plan.at, plan.minutes, now=now)
    _require_roles(match, [plan.role])
    _require_in_group(match, member)
    duty = _new(match, plan, member.pk if member else None)
    _tell_all(actor, duty, now=now)
    return duty


@command(LAY_OUT_ROTA, on="match")
def change_duty(
    actor: Actor,
    *,
    match: Match,
    duty: Duty,
    plan: DutyPlan,
    member: MatchMember | None,
    now: datetime,
) -> Duty:
    """Another time, another role, or somebody else. Raises DutyMoved and what add_duty raises."""
    require_of(match, duty)
    _require_time(plan.at, plan.minutes, now=now)
    _require_roles(match, [plan.role])
    row = held_row(duty, now=now)
    before = row.member_id
    row.at, row.minutes, row.role = plan.at, plan.minutes, plan.role
    _give(row, member)
    _tell_all(actor, row, now=now, before=before)
    return row


@command(LAY_OUT_ROTA, on="match")
def give_duty(
    actor: Actor, *, match: Match, duty: Duty, member: MatchMember, now: datetime
) -> Duty:
    """Somebody of the group takes a duty from now on. Raises DutyMoved, NobodyInGroup."""
    require_of(match, duty)
    row = held_row(duty, now=now)
    before = row.member_id
    _give(row, member)
    _tell_all(actor, row, now=now, before=before)
    return row


@command(LAY_OUT_ROTA, on="match")
def call_off_duty(actor: Actor, *, match: Match, duty: Duty, now: datetime) -> Duty:
    """Nobody comes on that day. Raises DutyMoved, MatchNotRunning."""
    require_of(match, duty)
    row = held_row(duty, now=now)
    row.state, row.swap_since = DutyState.OFF.value, None
    row.sequence += 1
    row.save()
    found(row, now=now)
    tell(actor, row, now=now)
    return row


def _slots(match: Match, plan: RotaPlan, *, now: datetime) -> list[Slot]:
    roles = _require_roles(match, plan.roles)
    known = sharing.taken_weeks(match, now=now)
    first = timezone.localdate(plan.at)
    days = days_from(first, plan.weeks, every_weeks=lambda day: sharing.every_weeks(match, day))
    return [
        Slot(day, role)
        for day in days
        for role in roles
        if (*day.isocalendar()[:2], role) not in known
    ]


def _moment(plan: RotaPlan, day: date) -> datetime:
    """The hour of the plan on a day, by the clock here: it stays when the clocks change."""
    hour = timezone.localtime(plan.at).time()
    return timezone.make_aware(datetime.combine(day, hour))


def _new(match: Match, plan: DutyPlan, member_id: UUID | None) -> Duty:
    duty = Duty(match=match, at=plan.at, minutes=plan.minutes, role=plan.role, member_id=member_id)
    duty.save()
    return duty


def _give(duty: Duty, member: MatchMember | None) -> None:
    _require_in_group(duty.match, member)
    duty.member, duty.swap_since = member, None
    duty.sequence += 1
    duty.save()


def _tell_all(actor: Actor, duty: Duty, *, now: datetime, before: UUID | None = None) -> None:
    """Those who have it, had it or are visited hear of it; the group where nobody has it."""
    also = [before] if before is not None and before != duty.member_id else []
    tell(actor, duty, now=now, also=also)
    if duty.member_id is None:
        look_for_somebody(actor, duty, now=now)
    else:
        found(duty, now=now)


def _require_time(at: datetime, minutes: int, *, now: datetime) -> None:
    if at <= now:
        raise DutyBeforeNow()
    if at > now + FARTHEST:
        raise DutyTooFar()
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise MinutesOutOfRange()


def _require_roles(match: Match, roles: Sequence[str]) -> list[str]:
    """Some roles in the order of the programme, the visit first. Raises UnknownRole."""
    known = [VISIT, *(role.key for role in roles_of(rules_of(match.programme)))]
    if not roles or set(roles) - set(known):
        raise UnknownRole()
    return [role for role in known if role in roles]


def _require_in_group(match: Match, member: MatchMember | None) -> None:
    if member is not None and member.pk not in {row.pk for row in group_of(match)}:
        raise NobodyInGroup()
