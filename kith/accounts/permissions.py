"""Who may do what with accounts. The names are also the words in the audit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kith.accounts.rules import givable
from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role

# Names of the jobs under which a visitor's acts are written down: nobody is proven yet.
AT_THE_DOOR = "sign-in"
BY_INVITATION = "invitation"
TIDYING = "accounts.tidy"


def own(actor: Actor) -> Q:
    """Rows of the person's own account."""
    return Q(user_id=actor.user_id)


def oneself(actor: Actor) -> Q:
    """The person's own user row."""
    return Q(pk=actor.user_id)


def members_one_may_change(actor: Actor) -> Q:
    """People all of whose roles the actor may give and take."""
    return Q(roles__contained_by=sorted(givable(actor.roles)))


def members_without_participants(_actor: Actor) -> Q:
    """Staff, mentors and other helpers; nothing about participants."""
    return ~Q(roles=[Role.PARTICIPANT.value])


def helpers_one_may_change(actor: Actor) -> Q:
    """The platform administrator changes everyone but participants."""
    return members_one_may_change(actor) & members_without_participants(actor)


EVERYONE_OWN = dict.fromkeys(Role, own)
EVERYONE_ONESELF = dict.fromkeys(Role, oneself)
MANAGERS = {
    Role.PLATFORM_ADMINISTRATOR: helpers_one_may_change,
    Role.COORDINATOR: members_one_may_change,
}

COUNT_TRY = permission(
    "accounts.failed_sign_in", _("Count a sign-in that failed"), {}, jobs=(AT_THE_DOOR,)
)
SIGN_IN = permission("accounts.sign_in", pgettext_lazy("act", "Sign in"), EVERYONE_ONESELF)
CHANGE_OWN_ACCOUNT = permission(
    "accounts.change_own", _("Change one's own name, address and password"), EVERYONE_ONESELF
)
CHANGE_OWN_FACTORS = permission(
    "accounts.change_own_factors", _("Set up one's own second factor"), EVERYONE_ONESELF
)
SEE_OWN_SESSIONS = permission(
    "accounts.see_own_sessions", _("See where one is signed in"), EVERYONE_OWN
)
END_OWN_SESSION = permission(
    "accounts.end_own_session", _("Sign out one's own devices"), EVERYONE_OWN
)
KEEP_FORM = permission(
    "accounts.keep_form",
    _("Keep a form that was sent after the session ended"),
    EVERYONE_OWN,
    jobs=(AT_THE_DOOR,),
)

SEE_MEMBERS = permission(
    "accounts.see_members",
    _("See who has which role"),
    {
        Role.PLATFORM_ADMINISTRATOR: members_without_participants,
        Role.COORDINATOR: everything,
        Role.DATA_PROTECTION_LEAD: members_without_participants,
    },
)
INVITE = permission(
    "accounts.invite",
    _("Invite someone and give roles"),
    {Role.PLATFORM_ADMINISTRATOR: everything, Role.COORDINATOR: everything},
)
ACCEPT_INVITATION = permission(
    "accounts.accept_invitation", _("Come in by invitation"), {}, jobs=(BY_INVITATION,)
)
ASK_TO_COME_IN = permission(
    "accounts.ask_to_come_in",
    _("Come in as a learner after confirming one's own address"),
    {},
    open_to_visitors=True,
)
CHANGE_ROLES = permission("accounts.change_roles", _("Change someone's roles"), MANAGERS)
DEACTIVATE = permission("accounts.deactivate", _("End or renew someone's access"), MANAGERS)
RESET_ACCESS = permission(
    "accounts.reset_access", _("Unlock, reset a second factor, give a new password link"), MANAGERS
)
OPEN_ACCOUNT = permission(
    "accounts.open_account",
    _("Let someone in who has no e-mail address"),
    {Role.COORDINATOR: everything},
)
ISSUE_CARD = permission(
    "accounts.issue_card",
    _("Make or take back a sign-in card"),
    {Role.COORDINATOR: members_one_may_change},
)
ADD_ORGANISATION = permission(
    "accounts.add_organisation",
    _("Add an organisation to this Kith"),
    {Role.PLATFORM_ADMINISTRATOR: everything},
)
SEE_JOBS = permission(
    "accounts.see_jobs",
    _("See how the work behind the pages goes"),
    {Role.PLATFORM_ADMINISTRATOR: everything},
)
READ_AUDIT = permission(
    "accounts.read_audit",
    _("Read who read or wrote what"),
    {Role.DATA_PROTECTION_LEAD: everything},
)
TIDY = permission(
    "accounts.tidy",
    _("Clear away ended sessions, old links and old drafts"),
    {},
    jobs=(TIDYING,),
)
