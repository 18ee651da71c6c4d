"""The rota of the demo's welcome group: weeks that were, weeks ahead, a duty nobody has taken."""

from datetime import datetime, timedelta

from django.utils import timezone

from kith.gate.actor import Actor, member_actor
from kith.gate.models import Membership
from kith.mentoring.models import Match
from kith.rota.commands import add_duty, give_duty, hold_duty, lay_out
from kith.rota.models import Duty
from kith.rota.queries.lists import group_of, has_rota
from kith.rota.rules.plan import DutyPlan, RotaPlan

HOUR, MINUTES = 17, 90


def make_rotas(actor: Actor, *, now: datetime) -> None:
    """A rota for each welcome group that meets."""
    for match in Match.objects.filter(unit="group", state="active").select_related("programme"):
        if has_rota(match) and match.started_on is not None:
            _make_rota(actor, match, now=now)


def _make_rota(actor: Actor, match: Match, *, now: datetime) -> None:
    first = _next(match, now=now)
    before = first - timedelta(weeks=6)
    lay_out(
        actor,
        match=match,
        plan=RotaPlan(at=before, minutes=MINUTES, weeks=6),
        now=before - timedelta(days=3),
    )
    lay_out(actor, match=match, plan=RotaPlan(at=first, minutes=MINUTES, weeks=8), now=now)
    _note_held(match, now=now)
    help_wanted = first - timedelta(hours=7) + timedelta(days=1)
    add_duty(
        actor,
        match=match,
        plan=DutyPlan(at=help_wanted, minutes=60, role="transport"),
        member=None,
        now=now,
    )
    _give_one_to_lead(actor, match, now=now)


def _next(match: Match, *, now: datetime) -> datetime:
    """The weekday on which they meet, at the earliest tomorrow."""
    at = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    assert match.started_on is not None  # noqa: S101 - asked for above
    ahead = (match.started_on.weekday() - at.weekday() - 1) % 7 + 1
    return at + timedelta(days=ahead)


def _note_held(match: Match, *, now: datetime) -> None:
    """All but the last are noted by the lead, who signs in."""
    lead = Membership.objects.filter(user=match.mentor.user_id).first()
    if lead is None:
        return
    over = list(Duty.objects.filter(match=match, at__lte=now).order_by("at"))
    for duty in over[:-1]:
        hold_duty(
            member_actor(lead),
            duty=duty,
            minutes=MINUTES,
            today=timezone.localdate(now),
            now=now,
        )


def _give_one_to_lead(actor: Actor, match: Match, *, now: datetime) -> None:
    member = next((row for row in group_of(match) if row.person_id == match.mentor_id), None)
    last = Duty.objects.filter(match=match, at__gt=now, role="").order_by("at").last()
    if member is not None and last is not None:
        give_duty(actor, match=match, duty=last, member=member, now=now)
