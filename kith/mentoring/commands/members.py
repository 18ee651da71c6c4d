"""Who belongs to a match: coming, leaving, roles, and whom the coordinator turns to.

`join`, `leave`, `take_over` and `turn_to` run inside a command; whoever uses them renews the dates
of the match afterwards (`commands.dates.refresh`).
"""

from collections.abc import Collection
from datetime import date

from kith.mentoring.commands.supervision import look_after
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.rules.members import LeaveReason, known_roles
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.rules import rules_of


def join(
    match: Match,
    person: Person,
    *,
    side: Side,
    since: date,
    roles: Collection[str] = (),
    instead_of: MatchMember | None = None,
) -> MatchMember:
    """Someone belongs to a match from a day on. Roles the programme does not know are left out."""
    held = known_roles(rules_of(match.programme), roles) if side is Side.MENTOR else []
    member = MatchMember(
        match=match,
        person=person,
        side=side.value,
        roles=held,
        since=since,
        instead_of=instead_of,
    )
    member.save()
    if side is Side.MENTOR:
        look_after([person.pk], on=since)
    return member


def leave(member: MatchMember, *, until: date, reason: LeaveReason) -> None:
    """Someone leaves after a day; the row stays and tells of it."""
    member.until, member.leave_reason = max(until, member.since), reason.value
    member.save()
    if member.side == Side.MENTOR:
        look_after([member.person_id], on=until)


def take_over(member: MatchMember, person: Person, *, on: date) -> MatchMember:
    """Someone takes over a place with its roles, and is turned to if whoever leaves was."""
    leave(member, until=on, reason=LeaveReason.HANDED_OVER)
    match, side = member.match, Side(member.side)
    new = join(match, person, side=side, since=on, roles=member.roles, instead_of=member)
    if member.person_id in {match.participant_id, match.mentor_id}:
        turn_to(match, person, side=side)
    return new


def turn_to(match: Match, person: Person, *, side: Side) -> None:
    """From now on the coordinator turns to this member first."""
    setattr(match, side.value, person)
    match.save()


def begin_with(match: Match, *, since: date) -> None:
    """The two of a pair belong to their match from the day both said yes."""
    join(match, match.participant, side=Side.PARTICIPANT, since=since)
    join(match, match.mentor, side=Side.MENTOR, since=since)
