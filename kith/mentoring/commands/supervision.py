"""Supervision planned, held and called off, and what is kept about the care for a mentor."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.models import Attendance, MatchMember, MentorCare, Supervision
from kith.mentoring.permissions import KEEP_LOAD, REMIND, SUPERVISE
from kith.mentoring.rules.mentors import (
    LONGEST_SUPERVISION,
    MOST_IN_A_GROUP,
    MentorDates,
    SessionForm,
    SessionState,
    crowded_on,
    rules_for,
    supervise_on,
    themes,
)
from kith.mentoring.rules.states import FARTHEST_PLAN_DAYS, RUNNING
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.rules import rules_of

AT_ONCE = 500


class NobodyInvited(Refused):
    """A session is for somebody."""

    sentence = _("Choose at least one mentor.")


class TooManyInvited(Refused):
    """A talk in which everybody is heard."""

    sentence = _("Choose at most 30 mentors for one session.")


class SessionTooFar(Refused):
    """A plan lies ahead, at most a year."""

    sentence = _("Choose a time from now on, at most a year ahead.")


class SessionInFuture(Refused):
    """What has not happened is planned, not noted."""

    sentence = _("The day lies ahead. Note the session after it.")


class SessionMinutesOutOfRange(Refused):
    """A session lasts from one minute to eight hours."""

    sentence = _("The length is from 1 to 480 minutes.")


class SessionOver(Refused):
    """The session was noted or called off."""

    sentence = _("This session was noted or called off meanwhile.")


@command(SUPERVISE)
def plan_supervision(
    actor: Actor, *, mentors: Collection[Person], planned_at: datetime, now: datetime
) -> Supervision:
    """Invite one or more mentors. Raises NobodyInvited, TooManyInvited, SessionTooFar."""
    if not mentors:
        raise NobodyInvited()
    if len(mentors) > MOST_IN_A_GROUP:
        raise TooManyInvited()
    if not now <= planned_at <= now + timedelta(days=FARTHEST_PLAN_DAYS):
        raise SessionTooFar()
    form = SessionForm.GROUP if len(mentors) > 1 else SessionForm.SINGLE
    session: Supervision = Supervision.objects.create(
        form=form.value, planned_at=planned_at, led_by=actor.membership
    )
    Attendance.objects.bulk_create(
        [Attendance(supervision=session, mentor=mentor) for mentor in mentors]
    )
    look_after([mentor.pk for mentor in mentors], on=timezone.localdate(now))
    return session


@command(SUPERVISE, on="session")
def hold_supervision(
    actor: Actor,
    *,
    session: Supervision,
    held_on: date,
    minutes: int,
    came: Collection[UUID],
    about: Collection[str],
    today: date,
) -> Supervision:
    """Note a session: who came, how long, which areas. Nothing of what was said.

    Raises SessionOver, SessionInFuture, SessionMinutesOutOfRange.
    """
    if session.state != SessionState.PLANNED.value:
        raise SessionOver()
    if held_on > today:
        raise SessionInFuture()
    if not 1 <= minutes <= LONGEST_SUPERVISION:
        raise SessionMinutesOutOfRange()
    session.state, session.held_on = SessionState.HELD.value, held_on
    session.minutes = minutes
    session.themes = [one.key for one in themes() if one.key in about]
    session.save()
    invited = Attendance.objects.filter(supervision=session)
    invited.filter(mentor__in=list(came)).update(came=True)
    invited.exclude(mentor__in=list(came)).update(came=False)
    look_after(list(invited.values_list("mentor_id", flat=True)), on=today)
    return session


@command(SUPERVISE, on="session")
def call_off_supervision(actor: Actor, *, session: Supervision, today: date) -> Supervision:
    """A planned session does not take place. Raises SessionOver."""
    if session.state != SessionState.PLANNED.value:
        raise SessionOver()
    session.state = SessionState.CALLED_OFF.value
    session.save()
    invited = Attendance.objects.filter(supervision=session)
    look_after(list(invited.values_list("mentor_id", flat=True)), on=today)
    return session


@command(KEEP_LOAD, on="care")
def keep_load(actor: Actor, *, care: MentorCare, today: date) -> MentorCare:
    """The mentor agreed to as many matches as run now."""
    care.load_kept = care.running
    care.save()
    look_after([care.person_id], on=today)
    return care


@command(REMIND)
def take_into_care(actor: Actor, *, today: date) -> int:
    """Mentors of matches from before this was kept: asked about from today on. Gives how many."""
    known = MentorCare.objects.values("person")
    rows = _running().exclude(person__in=known).order_by("person")
    keys = list(rows.values_list("person_id", flat=True).distinct()[:AT_ONCE])
    look_after(keys, on=today)
    return len(keys)


def look_after(person_ids: Collection[UUID], *, on: date) -> None:
    """Work out the dates of some mentors anew; runs inside a command."""
    for key in person_ids:
        care = MentorCare.objects.filter(person=key).first()
        _renew(care or MentorCare(person_id=key, since=on), on=on)


def _running() -> "QuerySet[MatchMember]":
    return MatchMember.objects.filter(
        side=Side.MENTOR.value, until__isnull=True, match__state__in=[one.value for one in RUNNING]
    )


def _renew(care: MentorCare, *, on: date) -> None:
    places = list(
        _running()
        .filter(person=care.person_id)
        .select_related("match__programme")
        .order_by("since", "id")
    )
    # Whoever comes back after a time without a match is asked about from then on.
    if places and not care.running:
        care.since = max(care.since, min(place.since for place in places))
    mine = Attendance.objects.filter(mentor=care.person_id)
    held = mine.filter(came=True).aggregate(last=Max("supervision__held_on"))["last"]
    ahead = mine.filter(
        supervision__state=SessionState.PLANNED.value, supervision__planned_at__date__gte=on
    ).aggregate(next=Min("supervision__planned_at"))["next"]
    care.supervised_on, care.running = held, len(places)
    care.planned_on = timezone.localdate(ahead) if ahead else None
    plans = [rules_of(place.match.programme) for place in places]
    rules = rules_for(plans)
    dates = MentorDates(
        care.since,
        care.supervised_on,
        care.planned_on,
        tuple(place.since for place in places),
        care.load_kept,
        tuple((one.since, plan.supervision) for one, plan in zip(places, plans, strict=True)),
    )
    care.supervise_on = supervise_on(dates, rules) if rules else None
    care.crowded_on = crowded_on(dates, rules) if rules else None
    care.save()
