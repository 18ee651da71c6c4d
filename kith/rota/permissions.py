"""Who sees a rota, lays it out, takes duties and notes that they were held."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.mentoring.models import Match
from kith.mentoring.permissions import as_lead, as_mentor, as_participant

OWN = frozenset({Role.MENTOR, Role.GROUP_LEAD})


def in_own_group(actor: Actor) -> Q:
    """Duties of groups to which the actor belongs."""
    return Q(match__in=Match.objects.filter(as_mentor(actor)).values("pk"))


SEE_ROTA = permission(
    "rota.see",
    _("See who of a welcome group is with the family on which day"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: as_mentor,
        Role.GROUP_LEAD: as_mentor,
        Role.PARTICIPANT: as_participant,
    },
)
LAY_OUT_ROTA = permission(
    "rota.lay_out",
    _("Lay out the rota of a welcome group, and say who takes which duty"),
    {Role.COORDINATOR: everything, Role.MENTOR: as_lead, Role.GROUP_LEAD: as_lead},
)
TAKE_DUTY = permission(
    "rota.take",
    _("Take a duty in one's own group, or look for somebody to swap with"),
    {Role.MENTOR: in_own_group, Role.GROUP_LEAD: in_own_group},
)
HOLD_DUTY = permission(
    "rota.hold",
    _("Note that a duty took place"),
    {Role.MENTOR: in_own_group, Role.GROUP_LEAD: in_own_group},
)
