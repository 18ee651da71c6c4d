"""What sharing out a rota starts from: who is there, who did how much, the rhythm, the weeks."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kith.mentoring.models import Match, MatchMember
from kith.mentoring.rules.attention import care_of, stretch_in, week_of
from kith.people.models import MentorProfile
from kith.programmes.rules import rules_of
from kith.rota.models import Duty
from kith.rota.queries.lists import duties, group_of
from kith.rota.rules.plan import Filled, Helper, reaches_far
from kith.rota.rules.states import LOOK_AHEAD, LOOK_BACK, DutyState


def every_weeks(match: Match, day: date) -> int:
    """How many weeks lie between this day and the next, in the rhythm of the programme."""
    care = care_of(rules_of(match.programme), match.unit)
    week = max(1, week_of(day, started_on=match.started_on or match.agreed_on))
    return stretch_in(week, care).every_weeks


def helpers(match: Match, *, now: datetime) -> list[Helper]:
    """Those of the group now, with what they did lately and what they have before them."""
    rows = sorted(group_of(match), key=lambda row: (row.since, row.pk))
    days = _days_of(match, now=now)
    away = _away([row.person_id for row in rows])
    return [
        Helper(
            key=row.pk,
            roles=frozenset(row.roles),
            away_until=away.get(row.person_id),
            done=len(days[row.pk]),
            last_on=max(days[row.pk], default=None),
        )
        for row in rows
    ]


def _days_of(match: Match, *, now: datetime) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = defaultdict(list)
    counted = duties(match).exclude(state=DutyState.OFF.value).filter(at__gt=now - LOOK_BACK)
    for member, at in counted.filter(member__isnull=False).values_list("member", "at"):
        found[member].append(timezone.localdate(at))
    return found


def _away(persons: list[UUID]) -> dict[UUID, date]:
    rows = MentorProfile.objects.filter(person__in=persons, paused_until__isnull=False)
    return dict(rows.values_list("person", "paused_until"))


def taken_weeks(match: Match, *, now: datetime) -> set[tuple[int, int, str]]:
    """The weeks that have a duty already: year and week of the calendar, and the role."""
    since = now - timedelta(days=7)
    rows = duties(match).exclude(state=DutyState.OFF.value).filter(at__gt=since)
    return {
        (*timezone.localdate(at).isocalendar()[:2], role)
        for at, role in rows.values_list("at", "role")
    }


def filled(match: Match, *, now: datetime) -> Filled:
    """How the next four weeks of a rota stand."""
    today = timezone.localdate(now)
    rows = list(duties(match).filter(state=DutyState.PLANNED.value, at__gt=now))
    near = [row for row in rows if row.at <= now + LOOK_AHEAD]
    last_on = timezone.localdate(rows[-1].at) if rows else None
    rhythm = every_weeks(match, last_on) if last_on else 1
    return Filled(
        number=len(near),
        empty=sum(row.holder is None for row in near),
        looking=sum(row.swap_since is not None and row.holder is not None for row in near),
        last_on=last_on,
        reaches=reaches_far(last_on, today=today, every_weeks=rhythm),
    )


def next_time(match: Match, *, now: datetime) -> tuple[datetime, int]:
    """When the rota would go on, and for how long: in rhythm after the last duty, with its hour.

    Where nothing was laid out, in a week, at the hour of the next meeting or at 17:00.
    """
    last: Duty | None = duties(match).exclude(state=DutyState.OFF.value).order_by("at").last()
    if last is None:
        usual = timezone.localtime(match.next_meeting_at or now)
        hour = usual.hour if match.next_meeting_at else 17
        at = usual if match.next_meeting_at else usual + timedelta(days=7)
        return at.replace(hour=hour, minute=0, second=0, microsecond=0), 0
    at = timezone.localtime(last.at)
    while at <= now or at.date() <= timezone.localdate(last.at):
        at += timedelta(weeks=every_weeks(match, at.date()))
    return at, last.minutes


def roles_of_last(match: Match) -> list[str]:
    """The roles of the last day that was laid out."""
    rows = duties(match).exclude(state=DutyState.OFF.value).order_by("-at", "id")
    last: Duty | None = rows.first()
    if last is None:
        return []
    return list(rows.filter(Q(at=last.at)).values_list("role", flat=True))


def family_of(match: Match) -> list[UUID]:
    """The members of the family now."""
    rows = MatchMember.objects.filter(match=match, side="participant", until__isnull=True)
    return list(rows.values_list("pk", flat=True))
