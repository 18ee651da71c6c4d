"""Who may do what in this room."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.people.models import Person
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

# ── References ───────────────────────────────────────────────────────────────────────────────────


def of_oneself(actor: Actor) -> Q:
    """Rows about the one who is signed in."""
    return Q(person__in=Person.objects.filter(own_person(actor)).values("pk"))


def not_about_oneself(actor: Actor) -> Q:
    """Rows about others: a coordinator who is a mentor too does not read about themselves."""
    return ~of_oneself(actor)


NAME_REFEREE = permission(
    "mentors.name_referee",
    _("Name people who know oneself, and take a name back"),
    {Role.MENTOR: own_person, Role.GROUP_LEAD: own_person},
)
SEE_REFERENCES = permission(
    "mentors.see_references",
    _("See whom a mentor named and whether they answered, not what they wrote"),
    {Role.COORDINATOR: everything, Role.MENTOR: of_oneself, Role.GROUP_LEAD: of_oneself},
)
READ_REFERENCE = permission(
    "mentors.read_reference",
    _("Read what somebody wrote about a mentor, and decide whether it counts"),
    {Role.COORDINATOR: not_about_oneself},
)
ANSWER_REFERENCE = permission(
    "mentors.answer_reference",
    _("Answer questions about a mentor by a link, without an account"),
    {},
    open_to_visitors=True,
)

# ── How much, and rests ──────────────────────────────────────────────────────────────────────────

SET_CAPACITY = permission(
    "mentors.set_capacity",
    _("Say how many people one takes on, from when, and rest for a while"),
    {Role.MENTOR: own_person, Role.GROUP_LEAD: own_person},
)
SETTLE_REST = permission(
    "mentors.settle_rest",
    _("See which mentors rest, and note that their matches are looked after"),
    {Role.COORDINATOR: everything},
)
