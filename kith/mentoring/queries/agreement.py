"""The agreement of a match in the version in force, and who has signed it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.mentoring.models import Match, Signature
from kith.mentoring.rules.agreement import emergency_number
from kith.mentoring.rules.texts import Agreement, load_agreement
from kith.people.models import Person


@dataclass(frozen=True)
class Place:
    """One of the two lines to sign on."""

    person: Person
    side: str
    signature: Signature | None


def agreement_of(_match: Match) -> Agreement:
    """The text that the two of a match agree to."""
    return load_agreement("pair")


def signatures(match: Match) -> list[Signature]:
    """Signatures under the text in force."""
    rows = Signature.objects.filter(match=match, text_version=agreement_of(match).version)
    return list(rows.select_related("taken_by").order_by("id"))


def places(match: Match) -> list[Place]:
    """Both lines of the agreement, signed or not."""
    by_person = {row.person_id: row for row in signatures(match)}
    return [
        Place(match.participant, "participant", by_person.get(match.participant_id)),
        Place(match.mentor, "mentor", by_person.get(match.mentor_id)),
    ]


def has_all_signatures(match: Match) -> bool:
    """Whether both have signed the text in force."""
    signed = {row.person_id for row in signatures(match)}
    return {match.participant_id, match.mentor_id} <= signed


def names_in(match: Match) -> dict[str, str]:
    """What the text of the agreement names."""
    coordinator: Membership | None = match.participant.responsible
    organisation = match.programme.organisation
    return {
        "programme": match.programme.name,
        "organisation": organisation.name,
        "coordinator": str(coordinator.name) if coordinator else _("the coordinator"),
        "coordinator_contact": str(coordinator.email) if coordinator else organisation.name,
        "emergency_number": emergency_number(organisation.country),
    }


def is_own(actor: Actor, person: Person) -> bool:
    """Whether this is the person behind the account."""
    return actor.user_id is not None and person.user_id == actor.user_id


def may_take(actor: Actor, match: Match, person: Person) -> bool:
    """Whose signature an actor may take: one's own; staff both; a mentor the participant's."""
    if is_own(actor, person) or actor.has(Role.COORDINATOR):
        return True
    return is_own(actor, match.mentor) and person.pk == match.participant_id
