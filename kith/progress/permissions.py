"""Who sees a person's domain maps and makes them together with the person."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.roles import Role
from kith.people.permissions import own_caseload, own_person

Reach = Callable[[Actor], Q]

_sources: list[Reach] = []


def add_people_of_mentor(source: Reach) -> None:
    """Say whom a mentor accompanies, as a Q on Person. Called by the wiring of mentoring."""
    if source not in _sources:
        _sources.append(source)


def people_of_mentor(actor: Actor) -> Q:
    """Whom this mentor accompanies, and oneself; nobody else as long as no room says more."""
    reached = own_person(actor) if actor.user_id else nothing(actor)
    for source in _sources:
        reached |= source(actor)
    return reached


def near(actor: Actor) -> Q:
    """Those one works with: as a mentor, or in one's caseload."""
    if actor.roles == {Role.COORDINATOR}:
        return own_caseload(actor)  # spared the search for matches of one's own
    return own_caseload(actor) | people_of_mentor(actor)


SEE_PROGRESS = permission(
    "progress.see",
    _("See someone's domain maps"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: people_of_mentor,
        Role.PARTICIPANT: own_person,
    },
)

MAKE_MAP = permission(
    "progress.make",
    _("Make a domain map together with the person"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: people_of_mentor,
        Role.PARTICIPANT: own_person,
    },
)
