"""Who sees joint activities, plans them, signs up, and notes who came."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.retention import JOB as RETENTION_JOB
from kith.gate.roles import Role
from kith.programmes.models import Enrolment
from kith.programmes.permissions import own_places

DAYS_JOB = "activities.days"


def of_own_programmes(actor: Actor) -> Q:
    """Activities of the programmes in which one has a place, also while one waits for a match."""
    places = Enrolment.objects.filter(own_places(actor)).exclude(state="ended")
    return Q(programme__in=places.values("programme"))


SEE_ACTIVITIES = permission(
    "activities.see",
    _("See the joint activities of a programme"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.SUPERVISOR: everything,
        Role.GROUP_LEAD: of_own_programmes,
        Role.MENTOR: of_own_programmes,
        Role.PARTICIPANT: of_own_programmes,
    },
)
PLAN_ACTIVITIES = permission(
    "activities.plan",
    _("Plan, change and call off joint activities"),
    {Role.COORDINATOR: everything},
    jobs=(DAYS_JOB, RETENTION_JOB),
)
SIGN_UP = permission(
    "activities.sign_up",
    _("Sign up for an activity, or say no"),
    {
        Role.COORDINATOR: everything,
        Role.GROUP_LEAD: of_own_programmes,
        Role.MENTOR: of_own_programmes,
        Role.PARTICIPANT: of_own_programmes,
    },
)
NOTE_WHO_CAME = permission(
    "activities.note",
    _("See who comes to an activity, note who came, and add pictures"),
    {Role.COORDINATOR: everything},
)
