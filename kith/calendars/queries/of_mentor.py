"""What lies before one mentor: meetings of all matches, duties, activities, supervision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.activities.models import SignUp
from kith.activities.rules.plan import ActivityState, Answer
from kith.calendars.permissions import SEE_MENTOR_CALENDAR
from kith.calendars.queries.own import Month, planned_in
from kith.calendars.rules.states import MOST_ENTRIES, MOST_MATCHES
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Attendance, MatchMember, Meeting
from kith.mentoring.rules.mentors import SessionState
from kith.people.models import MentorProfile, Person
from kith.people.rules import Side
from kith.rota.models import Duty
from kith.rota.rules.states import DutyState


@dataclass(frozen=True)
class OfMentor:
    """Everything of a span that concerns one mentor.

    rests_until  the last day of a rest that runs
    """

    meetings: list[Meeting]
    duties: list[Duty]
    activities: list[SignUp]
    sessions: list[Attendance]
    rests_until: date | None


def mentors(actor: Actor) -> "QuerySet[Person]":
    """Mentors whose calendar this actor may open."""
    rows: QuerySet[Person] = Person.objects.filter(is_mentor=True, erased_at__isnull=True)
    return visible(actor, SEE_MENTOR_CALENDAR, rows)


def of_mentor(person: Person, month: Month, *, today: date) -> OfMentor:
    """What lies in a month, or in the weeks from today on."""
    begin, end = month.begins, month.ends
    duties = Duty.objects.filter(
        member__person=person, member__until__isnull=True, at__gte=begin, at__lt=end
    ).exclude(state=DutyState.OFF.value)
    activities = SignUp.objects.filter(
        person=person,
        answer=Answer.COMING.value,
        activity__state=ActivityState.PLANNED.value,
        activity__starts_at__gte=begin,
        activity__starts_at__lt=end,
    )
    whole = ("match__participant", "match__mentor", "match__group", "match__programme")
    return OfMentor(
        meetings=list(planned_in(_matches_of(person), begin, end)[:MOST_ENTRIES]),
        duties=list(
            duties.select_related("member__person", *whole).order_by("at", "id")[:MOST_ENTRIES]
        ),
        activities=list(
            activities.select_related("activity").order_by("activity__starts_at")[:MOST_ENTRIES]
        ),
        sessions=_sessions(person, month),
        rests_until=_rests_until(person, today),
    )


def _matches_of(person: Person) -> list[UUID]:
    rows = MatchMember.objects.filter(person=person, side=Side.MENTOR.value, until__isnull=True)
    return list(rows.order_by("-since").values_list("match", flat=True)[:MOST_MATCHES])


def _sessions(person: Person, month: Month) -> list[Attendance]:
    planned = Q(supervision__planned_at__gte=month.begins, supervision__planned_at__lt=month.ends)
    rows = Attendance.objects.filter(planned, mentor=person)
    rows = rows.exclude(supervision__state=SessionState.CALLED_OFF.value)
    rows = rows.select_related("supervision")
    return list(rows.order_by("supervision__planned_at", "id")[:MOST_ENTRIES])


def _rests_until(person: Person, today: date) -> date | None:
    found = MentorProfile.objects.filter(person=person, paused_until__gt=today)
    return found.values_list("paused_until", flat=True).first()
