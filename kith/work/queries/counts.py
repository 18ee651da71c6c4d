"""How many entries stand where, and the people of one's own caseload who have some."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.permissions import own_caseload
from kith.work.models import Application, Job, Qualification
from kith.work.permissions import COUNT_WORK, SEE_WORK
from kith.work.rules import Recognition, Stage

AT_ONCE = 30


@dataclass(frozen=True)
class Counts:
    """How many qualifications and applications stand where."""

    recognitions: Mapping[Recognition, int]
    stages: Mapping[Stage, int]


def counts(actor: Actor) -> Counts:
    """Counted in the organisation of the actor, without names."""
    learned = _counted(visible(actor, COUNT_WORK, Qualification.objects.all()), "state")
    asked = _counted(visible(actor, COUNT_WORK, Application.objects.all()), "stage")
    return Counts(
        {one: learned.get(one.value, 0) for one in Recognition},
        {one: asked.get(one.value, 0) for one in Stage},
    )


def part_of_people(actor: Actor, *, after: UUID | None) -> list[Person]:
    """People of one's caseload with an entry, the newest record first; one more than is shown."""
    rows = visible(actor, SEE_WORK, Person.objects.filter(own_caseload(actor)))
    rows = rows.filter(erased_at__isnull=True, archived_at__isnull=True, is_participant=True)
    found = rows.filter(_has(Qualification) | _has(Application) | _has(Job))
    if after is not None:
        found = found.filter(pk__lt=after)
    return list(found.order_by("-id")[: AT_ONCE + 1])


def _has(table: Any) -> Exists:
    return Exists(table.objects.filter(person=OuterRef("pk")))


def _counted(rows: "QuerySet[Any]", field: str) -> dict[str, int]:
    found = rows.order_by().values_list(field).annotate(number=Count("id"))
    return dict(found)
