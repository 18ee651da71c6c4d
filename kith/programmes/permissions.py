"""Who may see programmes, open them, enrol people, and let places rest or end."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.roles import Role
from kith.people.models import Person
from kith.programmes.models import Enrolment


def own_places(actor: Actor) -> Q:
    """The places of the one who is signed in; none for a job."""
    if actor.user_id is None:
        return nothing(actor)
    return Q(person__in=Person.objects.filter(user_id=actor.user_id).values("pk"))


def own_programmes(actor: Actor) -> Q:
    """The programmes in which the one who is signed in has a place."""
    return Q(pk__in=Enrolment.objects.filter(own_places(actor)).values("programme"))


SEE_PROGRAMMES = permission(
    "programmes.see",
    _("See how a programme runs"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.SUPERVISOR: everything,
        Role.MENTOR: own_programmes,
        Role.PARTICIPANT: own_programmes,
    },
)

SEE_PLACES = permission(
    "programmes.see_places",
    _("See who takes part in a programme and who waits"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.MENTOR: own_places,
        Role.PARTICIPANT: own_places,
    },
)

OPEN_PROGRAMME = permission(
    "programmes.open",
    _("Open, adapt and close a programme"),
    {Role.COORDINATOR: everything},
)

EDIT_TEMPLATES = permission(
    "programmes.edit_templates",
    _("Make own programme templates, change them and put them away"),
    {Role.COORDINATOR: everything},
)

ENROL = permission(
    "programmes.enrol",
    _("Give someone a place in a programme, note why it takes long, end a place"),
    {Role.COORDINATOR: everything},
)

PAUSE = permission(
    "programmes.pause",
    _("Let a place rest and take it up again"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: own_places,
        Role.PARTICIPANT: own_places,
    },
)

LEAVE = permission(
    "programmes.leave",
    _("Leave the waiting list of a programme"),
    {Role.MENTOR: own_places, Role.PARTICIPANT: own_places},
)

READ_GUIDES = permission(
    "programmes.read_guides",
    _("Read the guides for meetings"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.SUPERVISOR: everything,
        Role.TRAINER: everything,
        Role.MENTOR: everything,
        Role.GROUP_LEAD: everything,
        Role.PARTICIPANT: everything,
    },
)
