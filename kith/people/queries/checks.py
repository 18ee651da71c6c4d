"""Which checks of mentors end, and how many people there are."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.people.models import MentorCheck, Person
from kith.people.permissions import COUNT_PEOPLE, RECORD_CHECK
from kith.people.rules import CHECK_WARNING_DAYS

MOST_SHOWN = 200
ENDED_AGO = timedelta(days=365)


def ending_checks(actor: Actor, today: date) -> QuerySet[MentorCheck]:
    """Checks that end within 30 days and that no newer one of the same kind has taken over."""
    last = today + timedelta(days=CHECK_WARNING_DAYS)
    return _in_need(actor).filter(valid_until__gte=today, valid_until__lte=last)


def ended_checks(actor: Actor, today: date) -> QuerySet[MentorCheck]:
    """Checks that ended within the last year and were not renewed."""
    return _in_need(actor).filter(valid_until__lt=today, valid_until__gte=today - ENDED_AGO)


def _in_need(actor: Actor) -> QuerySet[MentorCheck]:
    newer = MentorCheck.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        person=OuterRef("person"),
        kind=OuterRef("kind"),
    )
    rows = visible(actor, RECORD_CHECK, MentorCheck.objects.select_related("person"))
    rows = rows.filter(~Exists(newer), person__archived_at__isnull=True)
    return rows.order_by("valid_until", "id")


@dataclass(frozen=True)
class Counts:
    """How many people are kept, without a name."""

    participants: int
    mentors: int


def counts_of_people(actor: Actor) -> Counts | None:
    """The numbers alone; None for those who may not even see these."""
    if not has(actor, COUNT_PEOPLE):
        return None
    rows = Person.objects.filter(organisation=actor.organisation, erased_at__isnull=True)
    return Counts(
        participants=rows.filter(is_participant=True).count(),
        mentors=rows.filter(is_mentor=True).count(),
    )
