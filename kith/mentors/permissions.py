"""Who may do what in this room."""

from django.utils.translation import gettext_lazy as _

from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.people.permissions import mentors, own_person

RENEW_JOB = "mentors.ask_again"

SEE_CHECKLIST = permission(
    "mentors.see_checklist",
    _("See what a mentor still needs before a match"),
    {
        Role.COORDINATOR: mentors,
        Role.SUPERVISOR: mentors,
        Role.MENTOR: own_person,
        Role.GROUP_LEAD: own_person,
    },
)
ACCEPT_CONDUCT = permission(
    "mentors.accept_conduct",
    _("Accept the code of conduct for oneself"),
    {Role.MENTOR: own_person, Role.GROUP_LEAD: own_person},
)
KEEP_CONDUCT = permission(
    "mentors.keep_conduct",
    _("Add the organisation's own sentences to the code of conduct, and see who accepted it"),
    {Role.COORDINATOR: everything},
)
ASK_AGAIN = permission(
    "mentors.ask_again",
    _("Let earlier acceptances end when Kith brings a new code of conduct"),
    {},
    jobs=(RENEW_JOB,),
)
