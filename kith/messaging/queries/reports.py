"""What was shown to the coordinators: lists, one message with what was added, and nothing else."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.mentoring.models import Match
from kith.messaging.models import Report
from kith.messaging.permissions import SEE_REPORTS
from kith.messaging.queries.threads import Place
from kith.messaging.rules.limits import MOST_THREADS
from kith.reminders.rules.kinds import About

ON_A_PAGE = 30


@dataclass(frozen=True)
class Page:
    """Some reports, and where the next ones begin."""

    reports: list[Report]
    next: Place | None


def reports(actor: Actor) -> "QuerySet[Report]":
    """What was shown to the coordinators, as far as this actor may read it."""
    rows = visible(actor, SEE_REPORTS, Report.objects.all())
    return rows.select_related(
        "match__participant", "match__mentor", "match__group", "match__programme", "reporter"
    )


def page(actor: Actor, *, after: Place | None) -> Page:
    """One page of the list, the newest first."""
    rows = reports(actor)
    if after is not None:
        rows = rows.filter(reported_at__lte=after.at).filter(
            Q(reported_at__lt=after.at) | Q(reported_at=after.at, pk__lt=after.key)
        )
    found = list(rows.order_by("-reported_at", "-id")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    place = Place(shown[-1].reported_at, shown[-1].pk) if len(found) > ON_A_PAGE else None
    return Page(shown, place)


def unanswered(actor: Actor, *, limit: int) -> list[Report]:
    """What waits for an answer, the oldest first."""
    rows = reports(actor).filter(answered_at__isnull=True)
    return list(rows.order_by("reported_at", "id")[:limit])


def of_match(actor: Actor, match: Match) -> list[Report]:
    """What was shown from one match, the newest first."""
    rows = reports(actor).filter(match=match).order_by("-reported_at", "-id")
    return list(rows[:MOST_THREADS])


@reads(SEE_REPORTS, on="report")
def opened(actor: Actor, *, report: Report) -> Report:
    """One message that was shown, with what was added; the look is noted."""
    rows = reports(actor).select_related("message__sender", "message__file", "answered_by")
    found: Report = rows.select_related(
        "match__participant", "match__mentor", "match__group", "reporter"
    ).get(pk=report.pk)
    return found


def shown_still(about: Collection[About]) -> Collection[About]:
    """Those whose message waits for the coordinators' answer."""
    return _among(about, Report.objects.filter(answered_at__isnull=True))


def answered_still(about: Collection[About]) -> Collection[About]:
    """Those to whom an answer was written."""
    return _among(about, Report.objects.filter(answered_at__isnull=False))


def _among(about: Collection[About], rows: "QuerySet[Report]") -> list[About]:
    keys = rows.filter(pk__in={one.subject for one in about}).values_list("pk", flat=True)
    known: set[UUID] = set(keys)
    return [one for one in about if one.subject in known]
