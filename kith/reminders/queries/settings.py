"""What somebody chose, how a programme reminds, and whom a link in a mail is for."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

from kith.base import scope
from kith.base.models import Organisation
from kith.gate.actor import Actor, job_actor
from kith.gate.models import Membership
from kith.gate.permissions import visible
from kith.gate.roles import Role
from kith.programmes.models import Programme
from kith.reminders.permissions import BY_LINK, PLAN
from kith.reminders.queries.recipients import Recipient, plans, recipients
from kith.reminders.rules.kinds import Kind, kinds_for
from kith.reminders.rules.moments import Plan

SALT = "reminders.link"


def chosen_by(member: Membership) -> Recipient:
    """What a member wishes."""
    return recipients([member])[member.pk]


def kinds_of(member: Membership) -> list[Kind]:
    """The kinds a member may get, in their order."""
    return kinds_for([Role(role) for role in member.roles])


def programmes_to_plan(actor: Actor) -> "QuerySet[Programme]":
    """The programmes whose reminders an actor may set."""
    return visible(actor, PLAN, Programme.objects.all())


def plan_of(programme: Programme | None) -> Plan:
    """How a programme reminds, or the organisation in all else."""
    return plans().of(programme.pk if programme else None)


def link_for(member: Membership) -> str:
    """What a mail carries so that its reader can stop mails without signing in."""
    return signing.dumps([member.organisation_id.hex, member.pk.hex], salt=SALT)


@dataclass(frozen=True)
class ByLink:
    """Whom a link in a mail is for, and as whom its act is written down."""

    actor: Actor
    member: Membership


def by_link(text: str) -> ByLink | None:
    """Whom a link is for; None when it was not made here or the person is not here any more."""
    try:
        organisation_id, member_id = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    with scope.entered(UUID(organisation_id)):
        organisation = Organisation.objects.filter(pk=UUID(organisation_id)).first()
        rows = Membership.objects.filter(pk=UUID(member_id), active=True)
        member: Membership | None = rows.select_related("user").first()
    if organisation is None or member is None:
        return None
    return ByLink(job_actor(BY_LINK, organisation), member)
