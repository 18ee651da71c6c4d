"""Who sees and keeps someone's qualifications, work, applications and CV.

A mentor sees a part only while they accompany the person and the person shows it to them.
"""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import Permission, everything, permission
from kith.gate.roles import Role
from kith.people.permissions import own_person
from kith.progress.permissions import people_of_mentor
from kith.work.models import Sharing
from kith.work.rules import Part


def shown_to_mentor(part: Part) -> Callable[[Actor], Q]:
    """Those whom a mentor accompanies now and who show them this part."""

    def reach(actor: Actor) -> Q:
        shown = Sharing.objects.filter(parts__contains=[part.value]).values("person")
        return people_of_mentor(actor) & Q(is_participant=True, pk__in=shown)

    return reach


def shown_at_all(actor: Actor) -> Q:
    """Those whom a mentor accompanies now and who show them something of this room."""
    shown = Sharing.objects.filter(parts__len__gt=0).values("person")
    return people_of_mentor(actor) & Q(is_participant=True, pk__in=shown)


def own_participant(actor: Actor) -> Q:
    """The participant who is signed in."""
    return own_person(actor) & Q(is_participant=True)


def without_sign_in(_actor: Actor) -> Q:
    """Participants who do not sign in: staff write for them what they say."""
    return Q(user__isnull=True, is_participant=True)


def _keep(part: Part) -> dict[Role, Callable[[Actor], Q]]:
    shown = shown_to_mentor(part)
    return {
        Role.COORDINATOR: without_sign_in if part is Part.CV else everything,
        Role.MENTOR: shown,
        Role.GROUP_LEAD: shown,
        Role.PARTICIPANT: own_participant,
    }


SEE_WORK = permission(
    "work.see",
    _("Open someone's page of work and qualifications"),
    {
        Role.COORDINATOR: everything,
        Role.MENTOR: shown_at_all,
        Role.GROUP_LEAD: shown_at_all,
        Role.PARTICIPANT: own_participant,
    },
)
KEEP_QUALIFICATIONS = permission(
    "work.qualifications",
    _("See and keep someone's qualifications"),
    _keep(Part.QUALIFICATIONS),
)
KEEP_JOBS = permission(
    "work.jobs",
    _("See and keep what work someone has done"),
    _keep(Part.JOBS),
)
KEEP_APPLICATIONS = permission(
    "work.applications",
    _("See and keep someone's applications and interviews"),
    _keep(Part.APPLICATIONS),
)
KEEP_CV = permission(
    "work.cv",
    _("See, write and save someone's CV"),
    _keep(Part.CV),
)
SHARE_WORK = permission(
    "work.share",
    _("Say what one's mentor sees of work and qualifications"),
    {Role.COORDINATOR: without_sign_in, Role.PARTICIPANT: own_participant},
)
COUNT_WORK = permission(
    "work.count",
    _("See how many qualifications and applications stand where, and no names"),
    {Role.COORDINATOR: everything},
)

OF_PART: dict[Part, Permission] = {
    Part.QUALIFICATIONS: KEEP_QUALIFICATIONS,
    Part.JOBS: KEEP_JOBS,
    Part.APPLICATIONS: KEEP_APPLICATIONS,
    Part.CV: KEEP_CV,
}
