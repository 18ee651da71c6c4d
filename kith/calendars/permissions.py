"""Who sees which calendar, who chooses for their own, and which job sends invitations."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.roles import Role
from kith.mentoring.permissions import as_mentor, as_participant

LOOK_JOB = "calendars.look"
SEND_JOB = "calendars.send"


def oneself(actor: Actor) -> Q:
    """One's own place in the organisation."""
    return Q(user_id=actor.user_id) if actor.user_id else nothing(actor)


SEE_OWN_CALENDAR = permission(
    "calendars.see_own",
    _("See one's own meetings by day, and put them into one's own calendar"),
    {Role.MENTOR: oneself, Role.GROUP_LEAD: oneself, Role.PARTICIPANT: oneself},
)
SEE_PROGRAMME_CALENDAR = permission(
    "calendars.see_programme",
    _("See the meetings and activities of a programme by day"),
    {Role.COORDINATOR: everything},
)
SEE_MATCH_CALENDAR = permission(
    "calendars.see_match",
    _("See what lies before the people of one match, by day"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: as_mentor,
        Role.GROUP_LEAD: as_mentor,
        Role.PARTICIPANT: as_participant,
    },
)
SEE_MENTOR_CALENDAR = permission(
    "calendars.see_mentor",
    _("See the meetings, duties, activities and supervision of one mentor by week"),
    {Role.COORDINATOR: everything},
)
SEND_INVITATIONS = permission(
    "calendars.send",
    _("Send invitations for calendars"),
    {},
    jobs=(LOOK_JOB, SEND_JOB),
)
