"""A match of a group and a family: how it begins, and how its members change."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.matching.commands import hold_places, settle_mentors
from kith.matching.rules.words import called
from kith.mentoring.commands.dates import refresh
from kith.mentoring.commands.members import join, leave, turn_to
from kith.mentoring.commands.talks import MatchIsOver
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.permissions import CHANGE_MEMBERS, SHARE_TASKS
from kith.mentoring.queries.groups import (
    Beginning,
    Volunteer,
    beginning,
    enrolled_mentors,
    has_children,
    volunteers,
)
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.members import (
    LeaveReason,
    fits,
    known_roles,
    open_roles,
    role_names,
)
from kith.mentoring.rules.states import RUNNING
from kith.people.models import Group, Person
from kith.people.rules import Side
from kith.programmes.commands import enrol
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import HardCriterion, PlaceState, Unit, rules_of
from kith.web.words import and_list

Roles = Mapping[UUID, Collection[str]]


class NotForGroups(Refused):
    """Some programmes know pairs alone."""

    sentence = _("In this programme people meet in pairs.")


class FamilyNotWaiting(Refused):
    """The participant has a match, rests, or is being asked about someone."""

    sentence = _("This participant does not wait any more. Look at the list again.")


class FamilyNotAgreed(Refused):
    """No yes to mentoring, no match."""

    sentence = _("The consent to mentoring is missing. Ask the participant first.")


class GroupSize(Refused):
    """A programme says how many people a group has."""

    sentence = _("This programme plans a group of %(least)d to %(most)d people.")


class RolesOpen(Refused):
    """Where a programme asks for it, somebody looks after everything."""

    sentence = _("Nobody looks after this yet: %(roles)s.")


class VolunteersLack(Refused):
    """Checks, training, consent and a free place come first."""

    sentence = _("Something is still missing for %(names)s. Nothing was begun.")


class LeadNotInGroup(Refused):
    """The coordinator turns to somebody of the group."""

    sentence = _("Choose somebody of the group.")


class OnlyInGroups(Refused):
    """The mentor of a pair is replaced by handing over, not joined by others."""

    sentence = _("A pair has two people. Others join in a group alone.")


class AlreadyAMember(Refused):
    """Someone belongs to a match once."""

    sentence = _("This person belongs to the match already.")


class GroupIsFull(Refused):
    """A group may not be larger than the programme plans."""

    sentence = _("The group is as large as the programme plans.")


class ChooseContactFirst(Refused):
    """Somebody of each side is there for the coordinator to turn to."""

    sentence = _("The coordinator turns to this person. Choose somebody else for that first.")


class MemberGone(Refused):
    """Someone left meanwhile."""

    sentence = _("This person does not belong to the match any more.")


@command(CHANGE_MEMBERS, on="place")
def begin_group_match(
    actor: Actor,
    *,
    place: Enrolment,
    group: Group,
    lead: Person,
    roles: Roles,
    family: Iterable[Person],
    today: date,
    now: datetime,
) -> Match:
    """Bring a ready-made group and a waiting family together, once both have said yes.

    roles  what each volunteer looks after; family  the other adults who take part

    Raises NotForGroups, FamilyNotWaiting, FamilyNotAgreed, LeadNotInGroup, GroupSize, RolesOpen,
    VolunteersLack.
    """
    found = beginning(place.programme, place=place, group=group, today=today)
    _require_family(found)
    _require_group(found, lead, roles)
    match = Match(
        programme=place.programme,
        participant=place.person,
        mentor=lead,
        unit=Unit.GROUP.value,
        group=group,
        agreed_on=today,
        last_event_at=now,
    )
    match.save()
    chosen = {one.pk for one in family}
    adults = [place.person, *(one for one in found.adults if one.pk in chosen)]
    people = [one.person for one in found.volunteers]
    for person in adults:
        join(match, person, side=Side.PARTICIPANT, since=today)
    for person in people:
        join(match, person, side=Side.MENTOR, since=today, roles=roles.get(person.pk, ()))
    _hold_places(actor, match.programme, people, today=today)
    hold_places(actor, programme=match.programme, participants=adults)
    refresh(match, now=now)
    return match


@command(CHANGE_MEMBERS, on="match")
def add_volunteer(
    actor: Actor,
    *,
    match: Match,
    person: Person,
    roles: Collection[str],
    today: date,
    now: datetime,
) -> MatchMember:
    """Someone joins the group. Raises MatchIsOver, OnlyInGroups, AlreadyAMember, GroupIsFull,
    VolunteersLack."""
    here = _require_open_group(match, person)
    rules = rules_of(match.programme)
    size = len([row for row in here if row.side == Side.MENTOR])
    if rules.group is not None and size >= rules.group.group_max:
        raise GroupIsFull()
    children = has_children(match.participant)
    _require_ready(volunteers(rules, [person], {}, children=children, today=today))
    member = join(match, person, side=Side.MENTOR, since=today, roles=roles)
    _hold_places(actor, match.programme, [person], today=today)
    refresh(match, now=now)
    return member


@command(CHANGE_MEMBERS, on="match")
def add_adult(
    actor: Actor, *, match: Match, person: Person, today: date, now: datetime
) -> MatchMember:
    """Another adult of the family takes part. Raises MatchIsOver, OnlyInGroups, AlreadyAMember."""
    _require_open_group(match, person)
    member = join(match, person, side=Side.PARTICIPANT, since=today)
    hold_places(actor, programme=match.programme, participants=[person])
    refresh(match, now=now)
    return member


@command(SHARE_TASKS, on="match")
def change_roles(
    actor: Actor, *, match: Match, member: MatchMember, roles: Collection[str], now: datetime
) -> MatchMember:
    """Say what a volunteer looks after. Raises MemberGone, MatchIsOver."""
    _require_here(match, member)
    member.roles = known_roles(rules_of(match.programme), roles)
    member.save()
    refresh(match, now=now)
    return member


@command(CHANGE_MEMBERS, on="match")
def choose_contact(
    actor: Actor, *, match: Match, member: MatchMember, now: datetime
) -> MatchMember:
    """The coordinator turns to this member from now on. Raises MemberGone, MatchIsOver."""
    _require_here(match, member)
    turn_to(match, member.person, side=Side(member.side))
    refresh(match, now=now)
    return member


@command(CHANGE_MEMBERS, on="match")
def let_member_go(
    actor: Actor,
    *,
    match: Match,
    member: MatchMember,
    reason: LeaveReason,
    today: date,
    now: datetime,
) -> MatchMember:
    """Someone leaves a group or family that goes on.

    Raises MemberGone, MatchIsOver, ChooseContactFirst.
    """
    _require_here(match, member)
    if member.person_id in {match.participant_id, match.mentor_id}:
        raise ChooseContactFirst()
    leave(member, until=today, reason=reason)
    if member.side == Side.MENTOR:
        settle_mentors(actor, programme=match.programme, mentors=[member.person])
    refresh(match, now=now)
    return member


def _require_family(found: Beginning) -> None:
    if Unit.GROUP not in {one.unit for one in found.rules.contact}:
        raise NotForGroups()
    # Two coordinators at once: the second waits for this row and finds it taken.
    state = Enrolment.objects.select_for_update().get(pk=found.place.pk).state
    if state != PlaceState.WAITING:
        raise FamilyNotWaiting()
    if not found.has_agreed:
        raise FamilyNotAgreed()


def _require_group(found: Beginning, lead: Person, roles: Roles) -> None:
    people = {one.person.pk for one in found.volunteers}
    shape = found.rules.group
    if lead.pk not in people:
        raise LeadNotInGroup()
    if shape is not None and not fits(shape, len(people)):
        sizes = {"least": shape.group_min, "most": shape.group_max}
        raise GroupSize(str(GroupSize.sentence) % sizes)
    taken = [key for person in people for key in roles.get(person, ())]
    missing = open_roles(found.rules, taken)
    if missing and HardCriterion.ROLES_COVERED in found.rules.criteria.hard:
        names = role_names(found.rules, [one.key for one in missing])
        raise RolesOpen(str(RolesOpen.sentence) % {"roles": and_list(names)})
    _require_ready(found.volunteers)


def _require_ready(people: Iterable[Volunteer]) -> None:
    short = [called(one.person) for one in people if not one.is_ready]
    if short:
        raise VolunteersLack(str(VolunteersLack.sentence) % {"names": and_list(short)})


def _hold_places(
    actor: Actor, programme: Programme, people: Collection[Person], *, today: date
) -> None:
    """Everybody of a group has a place in the programme, taken by this match."""
    known = enrolled_mentors(programme, [person.pk for person in people])
    for person in people:
        if person.pk not in known:
            enrol(actor, programme=programme, person=person, side=Side.MENTOR, today=today)
    settle_mentors(actor, programme=programme, mentors=list(people))


def _require_open_group(match: Match, person: Person) -> list[MatchMember]:
    if match.state not in RUNNING:
        raise MatchIsOver()
    if not match.is_group:
        raise OnlyInGroups()
    here = people_now(match)
    if person.pk in {row.person_id for row in here}:
        raise AlreadyAMember()
    return here


def _require_here(match: Match, member: MatchMember) -> None:
    if match.state not in RUNNING:
        raise MatchIsOver()
    if member.match_id != match.pk or member.until is not None:
        raise MemberGone()
