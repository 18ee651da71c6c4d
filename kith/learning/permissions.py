"""Who takes courses, gives them, writes them, and checks certificates."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.retention import JOB as RETENTION_JOB
from kith.gate.roles import Role

SHIPPED_JOB = "learning.shipped"

LEARNERS = (
    Role.COORDINATOR,
    Role.VOLUNTEER_MATCHER,
    Role.SUPERVISOR,
    Role.MENTOR,
    Role.GROUP_LEAD,
    Role.INTERPRETER,
    Role.SAFEGUARDING_LEAD,
    Role.ASSESSOR,
    Role.SECOND_READER,
    Role.TRAINER,
    Role.LEARNER,
    Role.DATA_PROTECTION_LEAD,
)
"""Whoever works with newcomers here can take a course."""


def own(actor: Actor) -> Q:
    """What belongs to one's own membership."""
    return Q(member=actor.membership)


def open_to_everybody(actor: Actor) -> Q:
    """Editions that somebody without an account can join too."""
    return Q(is_public=True)


def of_own_seat(actor: Actor) -> Q:
    """What hangs on one's own place in an edition."""
    return Q(seat__member=actor.membership)


OTHERS = tuple(role for role in Role if role not in LEARNERS)
"""Those who join what is open to everybody, as anybody without an account could."""

SEE_COURSES = permission(
    "learning.see",
    _("See courses and their editions"),
    dict.fromkeys(LEARNERS, everything),
    open_to_visitors=True,
)
JOIN_EDITION = permission(
    "learning.join",
    _("Join an edition of a course"),
    {**dict.fromkeys(OTHERS, open_to_everybody), **dict.fromkeys(LEARNERS, everything)},
)
ASK_FOR_SEAT = permission(
    "learning.ask_for_seat",
    _("Ask for a seat in an edition that is open to everybody, and confirm one's address"),
    {},
    jobs=(RETENTION_JOB,),
    open_to_visitors=True,
)
LEARN = permission(
    "learning.learn",
    _("Read a course, try its tests and write its answers"),
    dict.fromkeys(Role, own),
)
OWN_CERTIFICATES = permission(
    "learning.own_certificates",
    _("See and download one's own certificates"),
    dict.fromkeys(Role, own),
)
BRING_CERTIFICATE = permission(
    "learning.bring",
    _("Bring one's own certificate from elsewhere, and take it back"),
    dict.fromkeys(LEARNERS, own),
)
ACCEPT_ISSUERS = permission(
    "learning.accept_issuers",
    _("Accept who gives certificates elsewhere, and say what theirs count for"),
    {Role.COORDINATOR: everything},
)
OWN_COPY = permission(
    "learning.own_copy",
    _("See and download everything that is kept of one's own learning"),
    dict.fromkeys(Role, own),
)
ERASE_OWN = permission(
    "learning.erase_own",
    _("Erase everything that is kept of one's own learning"),
    dict.fromkeys(Role, own),
)
GIVE_COURSES = permission(
    "learning.give",
    _("Plan editions, note attendance, see how learners get on"),
    {Role.TRAINER: everything, Role.COORDINATOR: everything},
)
READ_WORK = permission(
    "learning.read_work",
    _("Read what learners wrote about made-up stories, and write back"),
    {Role.TRAINER: everything},
)
WRITE_COURSES = permission(
    "learning.write",
    _("Write and translate courses and their questions"),
    {Role.TRAINER: everything},
    jobs=(SHIPPED_JOB,),
)
KEEP_CERTIFICATES = permission(
    "learning.certificates",
    _("See all certificates, note refreshers, revoke with a reason, confirm those from elsewhere"),
    {Role.TRAINER: everything, Role.COORDINATOR: everything},
)
CHECK_CERTIFICATE = permission(
    "learning.check",
    _("Check a certificate by its code"),
    dict.fromkeys(LEARNERS, everything),
    open_to_visitors=True,
)
ASK_FOR_TRAINING = permission(
    "learning.ask",
    _("Ask for a training for one's organisation"),
    dict.fromkeys(LEARNERS, everything),
    open_to_visitors=True,
)
ANSWER_REQUESTS = permission(
    "learning.answer_requests",
    _("Answer organisations that ask for a training"),
    {Role.TRAINER: everything, Role.COORDINATOR: everything},
    jobs=(RETENTION_JOB,),
)
