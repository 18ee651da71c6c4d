"""In which programmes a volunteer brings people together: those whose settings say so.

A coordinator sees every programme. Somebody who is a volunteer matcher and nothing more sees the
waiting lists, rounds and pairs of programmes that are matched by a volunteer, and of no others.
"""

from collections.abc import Collection
from uuid import UUID

from kith.base.errors import Denied
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.models import Round, RoundProgramme
from kith.matching.permissions import SEE_ROUNDS
from kith.programmes.models import Programme
from kith.programmes.rules import Matcher, rules_of


def is_volunteer(actor: Actor) -> bool:
    """Whether the actor is a volunteer matcher and no coordinator."""
    return actor.has(Role.VOLUNTEER_MATCHER) and not actor.has(Role.COORDINATOR)


def matched_by_volunteers() -> list[UUID]:
    """Programmes of the present organisation in which a volunteer brings people together."""
    rows = Programme.objects.order_by("id")
    return [one.pk for one in rows if rules_of(one).matcher is Matcher.VOLUNTEER_MATCHER]


def of_others() -> "list[UUID]":
    """Rounds that look at a programme in which staff bring people together."""
    rows = RoundProgramme.objects.exclude(programme__in=matched_by_volunteers())
    return list(rows.order_by().values_list("round", flat=True).distinct())


def require_matcher(actor: Actor, programmes: Collection[Programme]) -> None:
    """Raises Denied for a volunteer where a programme is not matched by volunteers."""
    if not is_volunteer(actor):
        return
    own = set(matched_by_volunteers())
    for one in programmes:
        if one.pk not in own:
            raise Denied(refused=SEE_ROUNDS.name, row=one)


def require_matcher_of(actor: Actor, round_: Round) -> None:
    """Raises Denied for a volunteer where a round looks at other programmes too."""
    if is_volunteer(actor):
        rows = Programme.objects.filter(
            pk__in=RoundProgramme.objects.filter(round=round_).values("programme")
        )
        require_matcher(actor, list(rows))
