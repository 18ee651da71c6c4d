"""Who may knock, who may answer, and who decides."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.retention import JOB as RETENTION_JOB
from kith.gate.roles import Role
from kith.people.permissions import own_person

TIDY_JOB = "welcome.tidy"


def referred_by_oneself(actor: Actor) -> Q:
    """Requests that a partner contact wrote for somebody."""
    return Q(referred_by=actor.membership) if actor.membership else nothing(actor)


KEEP_DOORS = permission(
    "welcome.keep_doors",
    _("Open and close the public pages, and say what stands there"),
    {Role.COORDINATOR: everything},
)
APPLY = permission(
    "welcome.apply",
    _("Ask to be a mentor, or for a mentor, without an account"),
    {},
    open_to_visitors=True,
)
ANSWER = permission(
    "welcome.answer",
    _("See an own application with the receipt code, answer, and take it back"),
    {},
    open_to_visitors=True,
)
REFER = permission(
    "welcome.refer",
    _("Ask for a mentor for someone who knows of it and agrees"),
    {Role.PARTNER_CONTACT: everything},
)
SEE_REFERRED = permission(
    "welcome.see_referred",
    _("See how far one's own requests for others have come"),
    {Role.PARTNER_CONTACT: referred_by_oneself},
)
SEE_APPLICATIONS = permission(
    "welcome.see",
    _("Read applications and requests"),
    {Role.COORDINATOR: everything},
)
DECIDE = permission(
    "welcome.decide",
    _("Ask back, invite, accept or decline an application"),
    {Role.COORDINATOR: everything},
)
TALK = permission(
    "welcome.talk",
    _("Note a welcome talk"),
    {Role.COORDINATOR: everything, Role.VOLUNTEER_MATCHER: everything},
)
SEE_TALKS = permission(
    "welcome.see_talks",
    _("Read what was explained and wished for in a welcome talk"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.PARTICIPANT: own_person,
    },
)
LET_LAPSE = permission(
    "welcome.lapse",
    _("Close applications of mentors whose answer never came"),
    {},
    jobs=(TIDY_JOB, RETENTION_JOB),
)
