"""Who may read and note what people agreed to."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.roles import Role
from kith.people.models import Person


def own_decisions(actor: Actor) -> Q:
    """The decisions of the one who is signed in; none for a job."""
    if actor.user_id is None:
        return nothing(actor)
    return Q(person__in=Person.objects.filter(user_id=actor.user_id).values("pk"))


def oneself(actor: Actor) -> Q:
    """The one who is signed in, as a person; nobody for a job."""
    return Q(user_id=actor.user_id) if actor.user_id else nothing(actor)


SEE_CONSENTS = permission(
    "consent.see",
    _("See what someone agreed to, and in which words"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.PARTICIPANT: own_decisions,
        Role.MENTOR: own_decisions,
    },
)

RECORD_CONSENT = permission(
    "consent.record",
    _("Explain a purpose and note the answer"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.PARTICIPANT: oneself,
        Role.MENTOR: oneself,
    },
)

WITHDRAW_CONSENT = permission(
    "consent.withdraw",
    _("Take back a yes; it counts at once"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.PARTICIPANT: oneself,
        Role.MENTOR: oneself,
    },
)
