"""What visitors see: the public page of an organisation, and their own application by its code."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kith.base import scope
from kith.base.models import Organisation
from kith.gate.actor import Actor, visitor_of
from kith.gate.permissions import visible
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.programmes.queries import expected_wait
from kith.programmes.rules import Expectation
from kith.welcome.models import Application, Door, Front, Step
from kith.welcome.permissions import ANSWER, KEEP_DOORS
from kith.welcome.rules.codes import kept_code, typed_code
from kith.welcome.rules.states import INSIDE


@dataclass(frozen=True)
class OpenFront:
    """A public page that is open, and the one who looks at it."""

    front: Front
    organisation: Organisation
    visitor: Actor


def front_at(slug: str) -> OpenFront | None:
    """The open page at an address, whoever's it is."""
    with scope.entered(signing_in=True):
        front: Front | None = Front.objects.filter(slug=slug, is_open=True).first()
    if front is None:
        return None
    with scope.entered(front.organisation_id):
        organisation = Organisation.objects.get(pk=front.organisation_id)
    return OpenFront(front, organisation, visitor_of(organisation))


def slug_of(organisation_id: UUID) -> str:
    """The address of an organisation's open page; empty where there is none."""
    rows = Front.objects.filter(organisation_id=organisation_id, is_open=True)
    return rows.values_list("slug", flat=True).first() or ""


def open_doors(side: Side) -> list[Door]:
    """The programmes that take this side in by the public page of the present organisation."""
    is_for = "for_mentors" if side is Side.MENTOR else "for_participants"
    rows = Door.objects.filter(programme__closed_on__isnull=True, **{is_for: True})
    return list(rows.select_related("programme").order_by("programme__opened_on", "id"))


def door_at(slug: str, side: Side) -> Door | None:
    """The programme at an address, where it takes this side in."""
    return next((door for door in open_doors(side) if door.slug == slug), None)


def application_of_code(visitor: Actor, typed: str) -> Application | None:
    """The application that a receipt code leads to."""
    if visitor.organisation_id is None:
        return None
    kept = kept_code(visitor.organisation_id, typed_code(typed))
    rows = visible(visitor, ANSWER, Application.objects.filter(code=kept))
    found: Application | None = rows.select_related("programme", "responsible").first()
    return found


def steps_told(application: Application) -> list[Step]:
    """The history as the person reads it, newest first: without notes between coordinators."""
    inside = [deed.value for deed in INSIDE]
    rows = Step.objects.filter(application=application).exclude(deed__in=inside)
    return list(rows.select_related("by").order_by("-id"))


def question_of(application: Application) -> Step | None:
    """What was asked last."""
    rows = Step.objects.filter(application=application, deed="question")
    found: Step | None = rows.order_by("-id").first()
    return found


def wait_at(programme: Programme | None) -> Expectation | None:
    """How long others waited in the programme that was asked for."""
    return expected_wait(programme) if programme else None


# ── Keeping the page ─────────────────────────────────────────────────────────────────────────────


def own_fronts(actor: Actor) -> "QuerySet[Front]":
    """The page of the actor's organisation, open or not: at most one."""
    return visible(actor, KEEP_DOORS, Front.objects.all())


def own_front(actor: Actor) -> Front | None:
    """The page of the actor's organisation, where there is one."""
    return own_fronts(actor).first()


def doors(actor: Actor) -> dict[object, Door]:
    """What the page says about programmes, by programme."""
    rows = visible(actor, KEEP_DOORS, Door.objects.all()).select_related("programme")
    return {door.programme_id: door for door in rows}
