"""What programmes pay back, and where somebody may claim."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.expenses.models import ExpensePlan
from kith.expenses.permissions import CLAIM, SET_PLAN
from kith.gate.actor import Actor
from kith.gate.permissions import has, visible
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.people.rules import Side
from kith.programmes.models import Enrolment, Programme
from kith.programmes.permissions import own_places
from kith.programmes.rules import PlaceState


def own_record(actor: Actor) -> Person | None:
    """The record of the mentor who is signed in."""
    rows = Person.objects.filter(own_person(actor), erased_at__isnull=True, is_mentor=True)
    return rows.order_by("id").first() if has(actor, CLAIM) else None


def programmes_to_set(actor: Actor) -> "QuerySet[Programme]":
    """Programmes of which this actor may say what they pay back."""
    return visible(actor, SET_PLAN, Programme.objects.all())


def plan_of(programme_id: UUID) -> ExpensePlan | None:
    """What a programme pays back, open or not; None when nobody said so yet."""
    rows = ExpensePlan.objects.filter(programme=programme_id)
    return rows.select_related("programme__organisation").first()


def plans_to_claim(actor: Actor) -> list[ExpensePlan]:
    """The open plans of programmes in which this mentor has a place, by name of the programme."""
    me = own_record(actor)
    if me is None:
        return []
    rows = _open_to(Enrolment.objects.filter(person=me)).select_related("programme")
    return list(rows.order_by("programme__name", "id"))


def may_claim(actor: Actor) -> bool:
    """Whether a programme of this mentor pays something back."""
    return has(actor, CLAIM) and _open_to(Enrolment.objects.filter(own_places(actor))).exists()


def _open_to(places: "QuerySet[Enrolment]") -> "QuerySet[ExpensePlan]":
    held = places.filter(side=Side.MENTOR.value).exclude(state=PlaceState.ENDED.value)
    return ExpensePlan.objects.filter(is_open=True, programme__in=held.values("programme"))


def kept_years() -> Collection[int]:
    """The different times for which programmes keep what was paid."""
    rows = ExpensePlan.objects.order_by("keep_years").values_list("keep_years", flat=True)
    return list(rows.distinct())


def settled_before(day: date, years: int) -> Q:
    """Claims of programmes with this time, settled on or before a day."""
    plans = ExpensePlan.objects.filter(keep_years=years)
    settled = Q(paid_on__lte=day) | Q(paid_on__isnull=True, decided_on__lte=day)
    return settled & Q(programme__in=plans.values("programme"))
