"""What pages read about settings: own templates, drafts, how it was, what a change brings."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.programmes.models import (
    EarlierSettings,
    Enrolment,
    OwnTemplate,
    Programme,
    SettingsDraft,
)
from kith.programmes.permissions import EDIT_TEMPLATES
from kith.programmes.queries.lists import MOST_LOOKED_AT, mentor_places
from kith.programmes.rules import PlaceState, ProgrammeTemplate, Side, rules_of

MOST_TEMPLATES = 100
MOST_VERSIONS = 100

Plan = Programme | OwnTemplate


@dataclass(frozen=True)
class Terms:
    """The name and the rules of a programme as they stood at a moment."""

    name: str
    rules: ProgrammeTemplate


@dataclass(frozen=True)
class Version:
    """How something was set from one moment to another; `until` is None for the present."""

    number: int
    name: str
    rules: ProgrammeTemplate
    since: datetime | date
    until: datetime | None
    made_by: str


Consequences = Callable[[Programme, ProgrammeTemplate, ProgrammeTemplate, date], Iterable[str]]

_consequences: list[Consequences] = []


def add_consequences(source: Consequences) -> None:
    """Say what a change of settings brings: (programme, before, after, today) -> sentences.

    Called by the wiring of rooms above, which know the matches.
    """
    if source not in _consequences:
        _consequences.append(source)


def consequences(
    programme: Programme, before: ProgrammeTemplate, after: ProgrammeTemplate, *, today: date
) -> list[str]:
    """What all rooms say about a change of settings."""
    return [said for one in _consequences for said in one(programme, before, after, today)]


def ready_mentors(programme: Programme, rules: ProgrammeTemplate, *, today: date) -> int:
    """How many of the first mentors on the list could be proposed under these rules."""
    rows = Enrolment.objects.filter(
        programme=programme, side=Side.MENTOR.value, state=PlaceState.WAITING.value
    )
    found = list(rows.order_by("waiting_since", "id")[:MOST_LOOKED_AT])
    return sum(one.is_ready for one in mentor_places(found, rules, today=today))


def own_templates(actor: Actor) -> "QuerySet[OwnTemplate]":
    """The organisation's own templates, the newest first; those put away come last."""
    rows = visible(actor, EDIT_TEMPLATES, OwnTemplate.objects.all())
    return rows.order_by("retired_on", "-id")


def offered_templates(actor: Actor) -> list[OwnTemplate]:
    """Own templates from which a programme can be opened."""
    return list(own_templates(actor).filter(retired_on__isnull=True)[:MOST_TEMPLATES])


def draft_of(plan: Plan) -> SettingsDraft | None:
    """The draft of a programme or template, if there is one."""
    rows = SettingsDraft.objects.filter(**_of(plan))
    found: SettingsDraft | None = rows.select_related(
        "changed_by", "programme", "own_template"
    ).first()
    return found


def versions(plan: Plan) -> list[Version]:
    """How something was set, the present first."""
    rows = EarlierSettings.objects.filter(**_of(plan)).select_related(
        "replaced_by", "programme", "own_template"
    )
    earlier = list(rows.order_by("-number")[:MOST_VERSIONS])
    begun: datetime | date = plan.opened_on if isinstance(plan, Programme) else plan.created_at
    found, until = [], None
    for row, before in zip([plan, *earlier], [*earlier, None], strict=True):
        since = before.until_at if before else begun
        made_by = str(before.replaced_by.name) if before and before.replaced_by else ""
        found.append(Version(row.number, row.name, rules_of(row), since, until, made_by))
        until = before.until_at if before else None
    return found


def terms_at(programme: Programme, moment: datetime) -> Terms:
    """How a programme was set at a moment: what was agreed then is kept, whatever changes."""
    earlier = EarlierSettings.objects.filter(programme=programme, until_at__gt=moment)
    row = earlier.select_related("programme").order_by("number").first() or programme
    return Terms(row.name, rules_of(row))


def plans_with_drafts(plans: Sequence[Plan]) -> set[UUID]:
    """The keys of those that have a draft."""
    keys = [plan.pk for plan in plans]
    rows = SettingsDraft.objects.filter(programme__in=keys) | SettingsDraft.objects.filter(
        own_template__in=keys
    )
    both = rows.values_list("programme", "own_template")
    return {key for pair in both for key in pair if key is not None}


def _of(plan: Plan) -> dict[str, Plan]:
    return {"programme": plan} if isinstance(plan, Programme) else {"own_template": plan}
