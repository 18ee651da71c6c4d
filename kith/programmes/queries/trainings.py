"""Until when the trainings of mentors hold: as noted, else as long as their programmes say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from kith.base.days import months_later
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people import queries as people
from kith.people.models import MentorCheck, MentorProfile, Person
from kith.people.permissions import RECORD_CHECK
from kith.people.rules import CheckKind
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import PlaceState, Side, rules_of

MOST_AT_ONCE = 200
# Months differ by up to three days: what falls between is looked at one by one.
ROUGHLY = timedelta(days=4)
STILL_HERE = {"person__archived_at__isnull": True}


@dataclass(frozen=True)
class TrainingEnd:
    """A mentor's training and the last day it holds."""

    profile: MentorProfile
    until: date


def to_renew(actor: Actor, *, today: date, limit: int) -> list[TrainingEnd]:
    """Trainings that end soon, the first to end first; those that stand among the checks are left
    out: checks bring them up."""
    last = people.last_day_to_renew(actor, today)
    people_here = visible(actor, RECORD_CHECK, Person.objects.filter(is_mentor=True))
    noted = MentorCheck.objects.filter(
        person=OuterRef("person"),
        kind=CheckKind.TRAINING.value,
        valid_until=OuterRef("trained_until"),
    )
    rows = MentorProfile.objects.filter(~Exists(noted), person__in=people_here.values("pk"))
    found = ending(rows, today, last, most=MOST_AT_ONCE)[:limit]
    # Only those who are named are read in full.
    prefetch_related_objects([one.profile for one in found], "person")
    return found


def ending(
    rows: "QuerySet[MentorProfile]", first: date, last: date, *, most: int | None = None
) -> list[TrainingEnd]:
    """Trainings among some profiles that end within a span, the first to end first."""
    months = _months_by_programme()
    rows = rows.filter(_may_end(first, last, set(months.values())), **STILL_HERE)
    # With a limit whoever calls reads the people; without one they are read along.
    rows = rows if most else rows.select_related("person")
    found = _ends(rows.order_by("trained_until", "trained_on", "id")[:most], months)
    found = [one for one in found if first <= one.until <= last]
    return sorted(found, key=lambda one: (one.until, one.profile.pk))


def ends_of(rows: "QuerySet[MentorProfile]") -> list[TrainingEnd]:
    """Until when the trainings of some profiles hold, where a place asks for one."""
    rows = rows.filter(**STILL_HERE).select_related("person")
    return _ends(rows.order_by("id"), _months_by_programme())


def _ends(rows: "QuerySet[MentorProfile]", months: Mapping[UUID, int]) -> list[TrainingEnd]:
    profiles = list(rows)
    own: dict[UUID, list[int]] = {profile.person_id: [] for profile in profiles}
    places = Enrolment.objects.filter(side=Side.MENTOR.value, person__in=list(own))
    places = places.filter(programme__in=list(months)).exclude(state=PlaceState.ENDED.value)
    for person_id, programme_id in places.values_list("person_id", "programme_id"):
        own[person_id].append(months[programme_id])
    found = ((profile, _until(profile, own[profile.person_id])) for profile in profiles)
    return [TrainingEnd(profile, until) for profile, until in found if until is not None]


def _until(profile: MentorProfile, months: Collection[int]) -> date | None:
    """The last day: nothing where no programme asks for a training."""
    if not months or profile.trained_until is not None:
        return profile.trained_until if months else None
    if profile.trained_on is None:
        return None
    return min(months_later(profile.trained_on, one) for one in months)


def _months_by_programme() -> Mapping[UUID, int]:
    """How many months a training holds, by running programme that asks for one."""
    rows = Programme.objects.filter(closed_on__isnull=True).order_by("id")
    found = {one.pk: rules_of(one).training for one in rows}
    return {key: training.valid_months for key, training in found.items() if training.hours}


def _may_end(first: date, last: date, all_months: Collection[int]) -> Q:
    """Profiles whose training may end within a span, told by the days alone."""
    asked = Q(trained_until__range=(first, last))
    for months in sorted(all_months):
        begin, end = months_later(first, -months) - ROUGHLY, months_later(last, -months) + ROUGHLY
        asked |= Q(trained_until__isnull=True, trained_on__range=(begin, end))
    return asked
