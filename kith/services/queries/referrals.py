"""Referrals: of one person, of everybody one works with, and those that need a question."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.consent.queries import SHARING, newest
from kith.consent.rules import State
from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.progress.permissions import near as near_person
from kith.services.models import Referral, ReferralStep
from kith.services.permissions import OFFER_REFERRAL, SEE_REFERRALS
from kith.services.rules.states import ReferralState

AT_ONCE = 30
MOST_STEPS = 50
MOST_OF_ONE = 30


def referrals(actor: Actor) -> "QuerySet[Referral]":
    """Referrals this actor may see."""
    rows = visible(actor, SEE_REFERRALS, Referral.objects.filter(person__erased_at__isnull=True))
    return rows.select_related("person", "service__provider", "offered_by")


def people_to_offer(actor: Actor) -> "QuerySet[Person]":
    """People whom this actor may offer a referral."""
    rows = visible(actor, OFFER_REFERRAL, Person.objects.filter(erased_at__isnull=True))
    return rows.filter(is_participant=True)


def people_to_see(actor: Actor) -> "QuerySet[Person]":
    """People whose referrals this actor may see: the same as those to whom one offers."""
    return people_to_offer(actor)


@reads(OFFER_REFERRAL, on="person", own=near_person)
def referrals_of(actor: Actor, *, person: Person) -> list[Referral]:
    """The referrals of a person, newest first; the look is noted. Raises Denied, ReasonNeeded."""
    return list(referrals(actor).filter(person=person).order_by("-id")[:MOST_OF_ONE])


def near_referral(actor: Actor) -> Q:
    """Referrals of those one works with."""
    return Q(person__in=Person.objects.filter(near_person(actor)).values("pk"))


@reads(SEE_REFERRALS, on="referral", own=near_referral)
def steps_of(actor: Actor, *, referral: Referral) -> list[ReferralStep]:
    """The steps of a referral, newest first; the look is noted. Raises Denied, ReasonNeeded."""
    rows = ReferralStep.objects.filter(referral=referral).select_related("by")
    return list(rows.order_by("-id")[:MOST_STEPS])


def own_record(actor: Actor) -> Person | None:
    """The signed-in participant's own record, if there is one."""
    rows = Person.objects.filter(own_person(actor), erased_at__isnull=True, is_participant=True)
    found: Person | None = rows.filter(organisation_id=actor.organisation_id).first()
    return found


def part_of_going(
    actor: Actor, state: ReferralState | None = None, *, after: UUID | None = None
) -> list[Referral]:
    """Referrals on their way, the newest first, part by part; one more than is shown."""
    rows = referrals(actor).filter(closed_on__isnull=True)
    if state is not None:
        rows = rows.filter(state=state.value)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[: AT_ONCE + 1])


def part_of_over(actor: Actor, *, after: UUID | None = None) -> list[Referral]:
    """Referrals that are over, the newest first."""
    rows = referrals(actor).filter(closed_on__isnull=False)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[: AT_ONCE + 1])


def to_ask_about(actor: Actor, today: date, limit: int) -> Sequence[Referral]:
    """Referrals of one's own people without news for too long, the oldest question first."""
    rows = referrals(actor).filter(near_referral(actor), closed_on__isnull=True)
    return list(rows.filter(ask_on__lte=today).order_by("ask_on", "id")[:limit])


def to_delete(actor: Actor, limit: int) -> Sequence[Referral]:
    """Referrals whose service still has to be asked to delete what it was told, oldest first."""
    rows = referrals(actor).filter(near_referral(actor), unshared_on__isnull=False)
    rows = rows.filter(deletion_asked_on__isnull=True)
    return list(rows.order_by("unshared_on", "id")[:limit])


def sharing_state(person: Person, recipient: str) -> State | None:
    """What the person said about telling this one recipient something; None before an answer."""
    decision = newest(person, SHARING, recipient)
    return State(decision.state) if decision else None


def closed_before(day: date) -> "QuerySet[Referral, UUID]":
    """Keys of referrals that were over on or before a day."""
    return Referral.objects.filter(closed_on__lte=day).values_list("pk", flat=True)


def persons_with_referrals(person_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people who have a referral."""
    rows = Referral.objects.filter(person__in=person_ids)
    return set(rows.values_list("person_id", flat=True))
