"""One entry of the directory, what was said about it, and what asks for a look."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.services.models import EntryReport, Feedback, Provider, Publisher, Service
from kith.services.permissions import (
    AGREE_WITH_PROVIDER,
    EXPORT_SERVICES,
    KEEP_SERVICES,
)
from kith.services.queries.search import AT_ONCE
from kith.services.rules.states import CHECK_AFTER, LEAST_SHOWN, Helped

MOST_COMMENTS = 20
MOST_COUNTED = 99


def entries_to_keep(actor: Actor) -> "QuerySet[Service]":
    """Entries this actor may change."""
    return visible(actor, KEEP_SERVICES, Service.objects.select_related("provider", "publisher"))


def providers(actor: Actor) -> "QuerySet[Provider]":
    """Organisations with which this actor may note an agreement."""
    return visible(actor, AGREE_WITH_PROVIDER, Provider.objects.all())


@dataclass(frozen=True)
class Voices:
    """What people said about a service: counts from ten answers on, nothing below."""

    total: int
    helped: dict[Helped, int]
    hard_to_reach: int
    comments: list[str]


def voices_of(actor: Actor, service: Service) -> Voices | None:
    """What was said about a service, from ten answers on; a part that is smaller is not shown."""
    rows = Feedback.objects.filter(service=service)
    if rows[:LEAST_SHOWN].count() < LEAST_SHOWN:
        return None
    helped = Counter(rows.values_list("helped", flat=True))
    hard = rows.filter(hard_to_reach=True).count()
    comments = []
    if has(actor, KEEP_SERVICES):
        comments = [row.comment for row in rows.order_by("id")[: 4 * MOST_COMMENTS] if row.comment]
    return Voices(
        total=sum(helped.values()),
        helped={one: helped[one.value] for one in Helped},
        hard_to_reach=hard,
        comments=comments[:MOST_COMMENTS],
    )


def open_reports(actor: Actor, service: Service) -> list[EntryReport]:
    """What was reported about an entry and is not settled."""
    if not has(actor, KEEP_SERVICES):
        return []
    rows = EntryReport.objects.filter(service=service, settled_on__isnull=True)
    return list(rows.order_by("-id")[:MOST_COMMENTS])


def reported(actor: Actor) -> "QuerySet[Service]":
    """Entries that somebody said are wrong."""
    open_ones = EntryReport.objects.filter(settled_on__isnull=True).values("service")
    return entries_to_keep(actor).filter(pk__in=open_ones).order_by("sort_key", "id")


def unchecked(actor: Actor, today: date) -> "QuerySet[Service]":
    """Entries in use that nobody has checked for a year."""
    rows = entries_to_keep(actor).exclude(checked_on__gt=today - CHECK_AFTER)
    return rows.filter(state="open").order_by("sort_key", "id")


def part_of(rows: "QuerySet[Service]") -> list[Service]:
    """The first of these entries; the list grows shorter as they are settled."""
    return list(rows[:AT_ONCE])


def reported_number(actor: Actor) -> int:
    """How many entries are reported as wrong, up to a limit and one more."""
    return reported(actor).order_by()[: MOST_COUNTED + 1].count()


def to_export(actor: Actor) -> "QuerySet[Service]":
    """Every entry, in an order that stays."""
    return visible(actor, EXPORT_SERVICES, Service.objects.order_by("hsds_id"))


def rest_to_export(actor: Actor) -> dict[str, list[dict[str, object]]]:
    """Rows of packages that belong to no service, to be given back."""
    rest: dict[str, list[dict[str, object]]] = {}
    if not has(actor, EXPORT_SERVICES):
        return rest
    for publisher in Publisher.objects.filter(organisation=actor.organisation).order_by("id"):
        for name, rows in publisher.rest.items():
            rest.setdefault(name, []).extend(rows)
    return rest


def licences(actor: Actor) -> list[dict[str, str]]:
    """Where entries come from, and under which licence."""
    rows = Publisher.objects.filter(organisation=actor.organisation).order_by("name")
    return [{"title": row.name, "name": row.licence, "path": row.address} for row in rows]
