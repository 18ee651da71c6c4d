"""Who sees the directory, keeps it, and takes part in a referral."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.progress.permissions import people_of_mentor

IMPORT_JOB = "services.work_on_import"
COMMAND_LINES = ("kith import", "kith export")
JOBS = (IMPORT_JOB, *COMMAND_LINES)


def of_own_people(actor: Actor) -> Q:
    """Referrals of those whom a mentor accompanies."""
    return Q(person__in=Person.objects.filter(people_of_mentor(actor)).values("pk"))


def about_oneself(actor: Actor) -> Q:
    """Referrals of the one who is signed in."""
    return Q(person__in=Person.objects.filter(own_person(actor)).values("pk"))


def accompanied(actor: Actor) -> Q:
    """The people whom a mentor accompanies, and who take part."""
    return people_of_mentor(actor) & Q(is_participant=True)


SEE_SERVICES = permission(
    "services.see",
    _("Search the directory of services"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.SUPERVISOR: everything,
        Role.SAFEGUARDING_LEAD: everything,
        Role.ASSESSOR: everything,
        Role.SECOND_READER: everything,
        Role.TRAINER: everything,
        Role.MENTOR: everything,
        Role.GROUP_LEAD: everything,
        Role.INTERPRETER: everything,
        Role.COMPANION: everything,
        Role.PARTICIPANT: everything,
    },
    jobs=JOBS,
)
KEEP_SERVICES = permission(
    "services.keep",
    _("Write, check and close entries of the directory"),
    {Role.COORDINATOR: everything},
    jobs=JOBS,
)
IMPORT_SERVICES = permission(
    "services.import",
    _("Bring in a directory, and take it back"),
    {Role.COORDINATOR: everything},
    jobs=JOBS,
)
EXPORT_SERVICES = permission(
    "services.export",
    _("Save the directory as a file"),
    {Role.COORDINATOR: everything},
    jobs=JOBS,
)
REPORT_ENTRY = permission(
    "services.report",
    _("Say that an entry of the directory is wrong"),
    dict(SEE_SERVICES.grants),
)
SEE_REFERRALS = permission(
    "services.see_referrals",
    _("See someone's referrals"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: of_own_people,
        Role.PARTICIPANT: about_oneself,
    },
)
OFFER_REFERRAL = permission(
    "services.offer",
    _("Offer someone a referral to a service"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: accompanied,
        Role.PARTICIPANT: own_person,
    },
)
ANSWER_REFERRAL = permission(
    "services.answer",
    _("Say yes or no to a referral, or note what the person said"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: of_own_people,
        Role.PARTICIPANT: about_oneself,
    },
)
AGREE_TO_SHARING = permission(
    "services.agree",
    _("Say which service may be told something, with a signature"),
    {Role.COORDINATOR: everything, Role.PARTICIPANT: about_oneself},
)
SEND_REFERRAL = permission(
    "services.send",
    _("Note that a referral was sent, and what was passed on"),
    {Role.COORDINATOR: everything},
)
FOLLOW_REFERRAL = permission(
    "services.follow",
    _("Note what a service answered"),
    {Role.COORDINATOR: everything, Role.MENTOR: of_own_people},
)
GIVE_FEEDBACK = permission(
    "services.feedback",
    _("Say how a service was, without a name"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: of_own_people,
        Role.PARTICIPANT: about_oneself,
    },
)
AGREE_WITH_PROVIDER = permission(
    "services.provider",
    _("Note the agreement with another organisation on passing on data"),
    {Role.COORDINATOR: everything, Role.DATA_PROTECTION_LEAD: everything},
)
