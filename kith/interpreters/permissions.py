"""Who keeps the register of interpreters, books them, and notes that they were present."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.progress.permissions import near as near_person
from kith.progress.permissions import people_of_mentor


def of_own_people(actor: Actor) -> Q:
    """Bookings of those whom a mentor accompanies."""
    return Q(person__in=Person.objects.filter(people_of_mentor(actor)).values("pk"))


def about_oneself(actor: Actor) -> Q:
    """Bookings of the one who is signed in."""
    return Q(person__in=Person.objects.filter(own_person(actor)).values("pk"))


def near_booking(actor: Actor) -> Q:
    """Needs and bookings of those one works with."""
    return Q(person__in=Person.objects.filter(near_person(actor)).values("pk"))


def accompanied(actor: Actor) -> Q:
    """The people whom a mentor accompanies, and who take part."""
    return people_of_mentor(actor) & Q(is_participant=True)


KEEP_INTERPRETERS = permission(
    "interpreters.keep",
    _("Keep the register of interpreters, with what they promised"),
    {Role.COORDINATOR: everything},
)
BOOK_INTERPRETER = permission(
    "interpreters.book",
    _("Book an interpreter, and note the answer"),
    {Role.COORDINATOR: everything},
)
SEE_BOOKINGS = permission(
    "interpreters.see_bookings",
    _("See when an interpreter comes"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: of_own_people,
        Role.PARTICIPANT: about_oneself,
    },
)
SAY_NEED = permission(
    "interpreters.need",
    _("Say that someone needs an interpreter"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: accompanied,
        Role.PARTICIPANT: own_person,
    },
)
NOTE_PRESENCE = permission(
    "interpreters.presence",
    _("Note that an interpreter was present"),
    {Role.COORDINATOR: everything, Role.MENTOR: of_own_people},
)
KEEP_COSTS = permission(
    "interpreters.costs",
    _("Note what interpreters cost, and save the list of a month"),
    {Role.COORDINATOR: everything},
)
