"""Choosing a step in a domain, and leaving one open."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import events
from kith.base.errors import Refused
from kith.consent.queries import in_force
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.commands import touch
from kith.people.models import Person
from kith.progress.events import MapBegun
from kith.progress.models import DomainMap, DomainStep
from kith.progress.permissions import MAKE_MAP
from kith.progress.queries import week_of
from kith.progress.rules import PURPOSE, Step


class ConsentMissing(Refused):
    """A map is kept for mentoring, so the yes to mentoring must be in force."""

    sentence = _("A map can be drawn once the yes to mentoring is given.")


@command(MAKE_MAP, on="person")
def choose_step(
    actor: Actor,
    *,
    person: Person,
    domain: str,
    step: Step,
    words: str,
    today: date,
    now: datetime,
) -> DomainStep:
    """Note the step the person chose today in one domain. Raises ConsentMissing."""
    if not in_force(person, PURPOSE):
        raise ConsentMissing()
    row = _step_of(_map_of_today(actor, person, today), domain)
    row.step, row.words = step.value, words.strip()
    row.save()
    touch(person, at=now)
    return row


@command(MAKE_MAP, on="person")
def leave_open(actor: Actor, *, person: Person, domain: str, today: date) -> None:
    """Take today's answer in one domain out again: not now is an answer too."""
    made = DomainMap.objects.filter(person=person, made_on=today)
    DomainStep.objects.filter(domain_map__in=made, domain=domain).delete()
    if not DomainStep.objects.filter(domain_map__in=made).exists():
        made.delete()


def remove_maps(person_id: UUID) -> None:
    """Remove the maps of someone who is being erased. Only inside a command."""
    DomainStep.objects.filter(person_id=person_id).delete()
    DomainMap.objects.filter(person_id=person_id).delete()


def _map_of_today(actor: Actor, person: Person, today: date) -> DomainMap:
    made: DomainMap | None = DomainMap.objects.filter(person=person, made_on=today).first()
    if made is not None:
        return made
    alone = person.user_id is not None and person.user_id == actor.user_id
    made = DomainMap.objects.create(
        person=person,
        made_on=today,
        week=week_of(person, today),
        made_with=None if alone else actor.membership,
    )
    events.announce(MapBegun(made.pk, person.pk))
    return made


def _step_of(made: DomainMap, domain: str) -> DomainStep:
    found: DomainStep | None = DomainStep.objects.filter(domain_map=made, domain=domain).first()
    return found or DomainStep(domain_map=made, person_id=made.person_id, domain=domain)
