"""Which checks of mentors end, and how many people there are."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.people.models import MentorCheck, Person
from kith.people.permissions import COUNT_PEOPLE, RECORD_CHECK
from kith.people.queries.boards import WARNINGS
from kith.people.rules import CHECK_WARNING_DAYS
from kith.people.rules.labels import CHECKS
from kith.web.words import near

MOST_SHOWN = 200


def ending_checks(actor: Actor, today: date) -> QuerySet[MentorCheck]:
    """Checks that end soon and that no newer one of the same kind has taken over."""
    last = last_day_to_renew(actor, today)
    return _in_need(actor).filter(valid_until__gte=today, valid_until__lte=last)


def last_day_to_renew(actor: Actor, today: date) -> date:
    """Checks that end on this day or before are to be renewed: the longest warning counts."""
    wished = [plug.days(actor) for plug in WARNINGS]
    days = max((one for one in wished if one is not None), default=CHECK_WARNING_DAYS)
    return today + timedelta(days=days)


def ended_checks(actor: Actor, today: date) -> QuerySet[MentorCheck]:
    """Checks that ended and were not renewed."""
    return _in_need(actor).filter(valid_until__lt=today)


def _in_need(actor: Actor) -> QuerySet[MentorCheck]:
    newer = MentorCheck.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        person=OuterRef("person"),
        kind=OuterRef("kind"),
    )
    rows = noted_checks(actor).filter(~Exists(newer), person__archived_at__isnull=True)
    return rows.order_by("valid_until", "id")


def noted_checks(actor: Actor) -> QuerySet[MentorCheck]:
    """The checks this actor may note and take back."""
    return visible(actor, RECORD_CHECK, MentorCheck.objects.select_related("person"))


@dataclass(frozen=True)
class CheckLine:
    """One check that is to be renewed, in words."""

    check: MentorCheck
    label: str
    when: str


def checks_to_renew(actor: Actor, today: date) -> list[tuple[str, list[CheckLine]]]:
    """Checks that end soon and checks that ended, each with a heading; empty parts are left out."""
    parts = (
        (_("End soon"), ending_checks(actor, today)),
        (_("Ended"), ended_checks(actor, today).order_by("-valid_until", "-id")),
    )
    lines = [(title, [_line(row, today) for row in rows[:MOST_SHOWN]]) for title, rows in parts]
    return [(title, found) for title, found in lines if found]


def _line(row: MentorCheck, today: date) -> CheckLine:
    until = row.valid_until or today
    said = _("ended %(when)s") if until < today else _("ends %(when)s")
    return CheckLine(row, str(CHECKS[row.kind]), said % {"when": near(until, today)})


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
