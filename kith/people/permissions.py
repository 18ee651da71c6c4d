"""Who may see, change, bring in and erase people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, nothing, permission
from kith.gate.retention import JOB as RETENTION_JOB
from kith.gate.roles import Role
from kith.people.models import GroupMember, Person

IMPORT_JOB = "people.work_on_import"
REINDEX_JOB = "people.reindex"
COMMAND_LINE = "kith import"


def own_person(actor: Actor) -> Q:
    """The one who is signed in; nobody for a job."""
    return Q(user_id=actor.user_id) if actor.user_id else nothing(actor)


def mentors(_actor: Actor) -> Q:
    """Everyone who is a mentor."""
    return Q(is_mentor=True)


def own_group(actor: Actor) -> Q:
    """Oneself, and the members of the groups one leads."""
    me = Person.objects.filter(own_person(actor)).values("pk")
    members = GroupMember.objects.filter(group__lead__in=me).values("person")
    return own_person(actor) | Q(pk__in=members)


def led_groups(actor: Actor) -> Q:
    """The groups one leads."""
    return Q(lead__in=Person.objects.filter(own_person(actor)).values("pk"))


def own_caseload(actor: Actor) -> Q:
    """Whom one works with: one's own people, and those nobody has taken on yet."""
    return (
        own_person(actor)
        | Q(responsible__isnull=True)
        | Q(responsible=actor.membership)
        | own_group(actor)
    )


# What a record page shows of a person, section by section.
NAME, CONTACT, LANGUAGES, HOPES, OFFER = "name", "contact", "languages", "hopes", "offer"
TIMES, PLACE, NOTES, FAMILY, CHECKS = "times", "place", "notes", "family", "checks"
SECTIONS = frozenset({NAME, CONTACT, LANGUAGES, HOPES, OFFER, TIMES, PLACE, NOTES, FAMILY, CHECKS})

SEE_LIST = permission(
    "people.see_list",
    _("Find people by name and see the lists"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.SAFEGUARDING_LEAD: everything,
        Role.SUPERVISOR: mentors,
    },
)

SEE_PERSON = permission(
    "people.see",
    _("Open someone's record"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.SAFEGUARDING_LEAD: everything,
        Role.SUPERVISOR: mentors,
        Role.GROUP_LEAD: own_group,
        Role.MENTOR: own_person,
        Role.PARTICIPANT: own_person,
    },
    fields={
        Role.VOLUNTEER_MATCHER: SECTIONS - {NOTES, FAMILY, CHECKS},
        Role.SAFEGUARDING_LEAD: SECTIONS - {CHECKS},
        Role.SUPERVISOR: frozenset({NAME, CONTACT, LANGUAGES, OFFER, TIMES, CHECKS}),
        Role.GROUP_LEAD: frozenset({NAME, CONTACT, LANGUAGES, TIMES}),
        Role.MENTOR: SECTIONS - {NOTES, FAMILY},
        Role.PARTICIPANT: SECTIONS - {NOTES, CHECKS},
    },
)

SEE_NOTES = permission(
    "people.see_notes",
    _("Read the notes about someone"),
    {Role.COORDINATOR: everything, Role.PARTICIPANT: own_person},
)

WRITE_NOTES = permission(
    "people.write_notes",
    _("Write notes about someone, and remove one's own"),
    {Role.COORDINATOR: everything},
)

SEE_GROUPS = permission(
    "people.see_groups",
    _("See groups and who is in them"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.GROUP_LEAD: led_groups,
    },
)

EDIT_PERSON = permission(
    "people.edit",
    _("Write down and change people, families and groups"),
    {Role.COORDINATOR: everything},
    jobs=(IMPORT_JOB, COMMAND_LINE),
)

EDIT_WISHES = permission(
    "people.edit_wishes",
    _("Change languages, times, place and ways of contact"),
    {Role.COORDINATOR: everything, Role.MENTOR: own_person, Role.PARTICIPANT: own_person},
)

IMPORT_PEOPLE = permission(
    "people.import",
    _("Bring in a list of people, and take an import back"),
    {Role.COORDINATOR: everything},
    jobs=(IMPORT_JOB, COMMAND_LINE),
)

RECORD_CHECK = permission(
    "people.checks",
    _("Note the checks of a mentor and see which ones end"),
    {Role.COORDINATOR: everything},
)

ERASE_PERSON = permission(
    "people.erase",
    _("Erase a person for good"),
    {Role.COORDINATOR: everything, Role.DATA_PROTECTION_LEAD: everything},
    jobs=(RETENTION_JOB, "kith retention run"),
)

COUNT_PEOPLE = permission(
    "people.count",
    _("See how many people are kept here, and no names"),
    {Role.COORDINATOR: everything, Role.DATA_PROTECTION_LEAD: everything},
)

REINDEX_PEOPLE = permission(
    "people.reindex",
    _("Build the search index anew"),
    {},
    jobs=(REINDEX_JOB,),
)
