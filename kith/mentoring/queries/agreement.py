"""The agreement of a match in the version in force, and who has signed it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.mentoring.models import Match, MatchMember, Signature
from kith.mentoring.queries.members import own_rows, own_sides, people_now
from kith.mentoring.rules.agreement import emergency_number
from kith.mentoring.rules.states import USUAL_MINUTES
from kith.mentoring.rules.texts import Agreement, load_agreement
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.queries import Terms, terms_at
from kith.programmes.rules import rules_of


@dataclass(frozen=True)
class Place:
    """A line to sign on: everybody of the match has one."""

    person: Person
    side: str
    signature: Signature | None


def agreement_of(match: Match) -> Agreement:
    """The text that the people of a match agree to."""
    return load_agreement(match.unit)


def signatures(match: Match) -> list[Signature]:
    """Signatures under the text in force."""
    rows = Signature.objects.filter(match=match, text_version=agreement_of(match).version)
    return list(rows.select_related("taken_by").order_by("id"))


def places(match: Match) -> list[Place]:
    """A line for everybody of the match, signed or not."""
    by_person = {row.person_id: row for row in signatures(match)}
    return [
        Place(member.person, member.side, by_person.get(member.person_id))
        for member in people_now(match)
    ]


def earlier_places(match: Match) -> list[Place]:
    """The signatures of those who have left: what they agreed stays part of the story."""
    here = {member.person_id for member in people_now(match)}
    rows = Signature.objects.filter(match=match).exclude(person__in=here)
    sides = dict(
        MatchMember.objects.filter(match=match, until__isnull=False).values_list("person", "side")
    )
    return [
        Place(row.person, sides.get(row.person_id, Side.MENTOR.value), row)
        for row in rows.select_related("person", "taken_by").order_by("signed_on", "id")
    ]


def has_all_signatures(match: Match) -> bool:
    """Whether everybody has signed the text in force."""
    return all(place.signature is not None for place in places(match))


def unsigned(actor: Actor, matches: Collection[Match]) -> dict[UUID, Person]:
    """Matches that still wait for the signature of the person behind the account."""
    own = own_rows(actor, matches)
    keys, persons = list(own), [row.person_id for row in own.values()]
    rows = Signature.objects.filter(match__in=keys, person__in=persons)
    signed = set(rows.values_list("match", "text_version"))
    versions = {match.pk: agreement_of(match).version for match in matches}
    return {key: row.person for key, row in own.items() if (key, versions[key]) not in signed}


def terms_of(match: Match) -> Terms:
    """What the programme planned when the first of the two signed; until then what it plans now.

    A later change of the programme never reaches what somebody signed.
    """
    rows = Signature.objects.filter(match=match, text_version=agreement_of(match).version)
    first = rows.order_by("created_at").values_list("created_at", flat=True).first()
    if first is None:
        return Terms(match.programme.name, rules_of(match.programme))
    return terms_at(match.programme, first)


def usual_minutes(match: Match, day: date) -> int:
    """How long a meeting is to be in the week of a day, as the programme planned it."""
    week = max(1, (day - (match.started_on or match.agreed_on)).days // 7 + 1)
    planned = terms_of(match).rules.contact
    stretches = [one for one in planned if one.unit.value == match.unit]
    holding = [one for one in stretches if one.from_week <= week]
    chosen = (holding or stretches)[-1] if stretches else None
    return chosen.minutes if chosen else USUAL_MINUTES


def names_in(match: Match, terms: Terms) -> dict[str, str]:
    """What the text of the agreement names."""
    coordinator: Membership | None = match.participant.responsible
    organisation = match.programme.organisation
    return {
        "programme": terms.name,
        "organisation": organisation.name,
        "coordinator": str(coordinator.name) if coordinator else _("the coordinator"),
        "coordinator_contact": str(coordinator.email) if coordinator else organisation.name,
        "emergency_number": emergency_number(organisation.country),
    }


def is_own(actor: Actor, person: Person) -> bool:
    """Whether this is the person behind the account."""
    return actor.user_id is not None and person.user_id == actor.user_id


def may_take(actor: Actor, match: Match, person: Person) -> bool:
    """Whose signature an actor may take: one's own; staff everybody's; a mentor the family's."""
    if is_own(actor, person) or actor.has(Role.COORDINATOR):
        return True
    of_family = people_now(match, Side.PARTICIPANT)
    is_mentor = own_sides(actor, [match]).get(match.pk) is Side.MENTOR
    return is_mentor and person.pk in {member.person_id for member in of_family}
