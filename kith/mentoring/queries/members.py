"""Who belongs to a match now and who did before, and whether a group is as its programme plans."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.rules.members import fits, open_roles
from kith.people.rules import Side
from kith.programmes.rules import GroupRole, rules_of


def members(match: Match) -> "QuerySet[MatchMember]":
    """Everybody of a match who is here now, those first who came first."""
    return all_members(match).filter(until__isnull=True)


def all_members(match: Match) -> "QuerySet[MatchMember]":
    """Everybody who belongs or belonged to a match, those first who came first."""
    rows = MatchMember.objects.filter(match=match).select_related("person", "instead_of__person")
    ordered: QuerySet[MatchMember] = rows.order_by("since", "id")
    return ordered


def people_now(match: Match, side: Side | None = None) -> list[MatchMember]:
    """Everybody of a match now: the two it turns to first, then the others as they came."""
    rows = members(match) if side is None else members(match).filter(side=side.value)
    first = {match.participant_id: 0, match.mentor_id: 1}
    return sorted(rows, key=lambda row: first.get(row.person_id, 2))


def people_of(matches: Collection[Match]) -> dict[UUID, list[MatchMember]]:
    """Everybody of several matches now, in one query."""
    found: dict[UUID, list[MatchMember]] = defaultdict(list)
    rows = MatchMember.objects.filter(
        match__in=[match.pk for match in matches], until__isnull=True
    ).select_related("person")
    for row in rows.order_by("since", "id"):
        found[row.match_id].append(row)
    return found


def own_rows(actor: Actor, matches: Collection[Match]) -> dict[UUID, MatchMember]:
    """How the person behind the account belongs to each of these matches."""
    if actor.user_id is None:
        return {}
    rows = MatchMember.objects.filter(
        match__in=[match.pk for match in matches],
        person__user_id=actor.user_id,
        until__isnull=True,
    )
    return {row.match_id: row for row in rows.select_related("person")}


def own_sides(actor: Actor, matches: Collection[Match]) -> dict[UUID, Side]:
    """On which side the person behind the account belongs to each of these matches."""
    return {key: Side(row.side) for key, row in own_rows(actor, matches).items()}


@dataclass(frozen=True)
class Shape:
    """How a group stands beside what its programme plans."""

    size: int
    least: int
    most: int
    without: tuple[GroupRole, ...]
    as_planned: bool


def shape_of(match: Match, rows: Sequence[MatchMember]) -> Shape | None:
    """The size and the roles of a group; None for a pair."""
    template = rules_of(match.programme)
    if not match.is_group or template.group is None:
        return None
    group = [row for row in rows if row.side == Side.MENTOR and row.until is None]
    return Shape(
        size=len(group),
        least=template.group.group_min,
        most=template.group.group_max,
        without=open_roles(template, [key for row in group for key in row.roles]),
        as_planned=fits(template.group, len(group)),
    )
