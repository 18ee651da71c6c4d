"""Who is reminded, who sets how a programme reminds, and which jobs send."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.roles import Role

REMIND_JOB = "reminders.remind"
SEND_JOB = "reminders.send"
BY_LINK = "reminders.link"


def own(actor: Actor) -> Q:
    """What is kept for the one who is signed in."""
    return Q(member=actor.membership) if actor.membership else nothing(actor)


def oneself(actor: Actor) -> Q:
    """One's own place in the organisation."""
    return Q(user_id=actor.user_id) if actor.user_id else nothing(actor)


SEE_OWN = permission("reminders.see_own", _("See one's own reminders"), dict.fromkeys(Role, own))
CHOOSE = permission(
    "reminders.choose",
    _("Choose what one is reminded of, how and when"),
    dict.fromkeys(Role, oneself),
    jobs=(BY_LINK,),
)
PLAN = permission(
    "reminders.plan",
    _("Set how programmes remind: of what, when, and at which hours not"),
    {Role.COORDINATOR: everything},
)
SEE_LETTERS = permission(
    "reminders.see_letters",
    _("See which reminders could not be sent, and why"),
    {Role.COORDINATOR: everything, Role.PLATFORM_ADMINISTRATOR: everything},
)
REMIND = permission(
    "reminders.remind",
    _("Look for those who are to be reminded"),
    {},
    jobs=(REMIND_JOB,),
)
SEND = permission(
    "reminders.send",
    _("Send e-mails of reminders"),
    {},
    jobs=(REMIND_JOB, SEND_JOB),
)
