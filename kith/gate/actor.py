"""The one who acts: a signed-in person, a named job, or an anonymous visitor. Read once."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from kith.base.models import Organisation
from kith.gate.models import Membership, User
from kith.gate.roles import STAFF, Role


class ActorKind(StrEnum):
    """What kind of someone acts."""

    PERSON = "person"
    JOB = "job"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Actor:
    """Who acts, for which organisation, in which roles."""

    kind: ActorKind
    organisation: Organisation | None = None
    membership: Membership | None = None
    user_id: UUID | None = None
    job: str = ""
    roles: frozenset[Role] = frozenset()
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a person who signed in and belongs to an organisation."""
        return self.kind is ActorKind.PERSON

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation's key, or None for an anonymous visitor."""
        return self.organisation.pk if self.organisation else None

    @property
    def display_name(self) -> str:
        """The person's own name, or the name of the job."""
        return str(self.membership.name) if self.membership else self.job

    @property
    def identity(self) -> str:
        """How the audit names this actor."""
        return str(self.user_id) if self.user_id else self.job

    @property
    def is_staff(self) -> bool:
        """Whether any of the roles is a staff role."""
        return bool(self.roles & STAFF)

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of these roles."""
        return bool(self.roles.intersection(roles))


ANONYMOUS = Actor(ActorKind.ANONYMOUS, job="visitor")


def job_actor(name: str, organisation: Organisation) -> Actor:
    """The actor of a job: may do everything its commands allow to jobs, under its own name."""
    return Actor(ActorKind.JOB, organisation=organisation, job=name)


def visitor_of(organisation: Organisation) -> Actor:
    """Somebody without an account on a public page of an organisation."""
    return Actor(ActorKind.ANONYMOUS, organisation=organisation, job="visitor")


def member_actor(membership: Membership) -> Actor:
    """The actor of a person in one organisation."""
    return Actor(
        ActorKind.PERSON,
        organisation=membership.organisation,
        membership=membership,
        user_id=membership.user_id,
        roles=frozenset(Role(role) for role in membership.roles),
    )


def memberships_of(user: User) -> list[Membership]:
    """The active memberships of someone, oldest first. Needs a scope with this user."""
    rows = Membership.objects.filter(user=user, active=True)
    return list(rows.select_related("organisation").order_by("created_at"))
