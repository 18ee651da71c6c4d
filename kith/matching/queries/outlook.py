"""What Today says about waiting: counts that stay cheap however long the lists are."""

from dataclasses import dataclass
from datetime import date

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Round
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.pool import Pool, on_the_list, pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.rounds import open_rounds, running_programmes
from kith.matching.rules.states import Side
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.solve import solve
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import rules_of

MOST_COUNTED = 500
SMALL = 40
"""Lists up to this length are solved for the sentence on Today: a few milliseconds."""
MOST_PROGRAMMES = 6


@dataclass(frozen=True)
class Outlook:
    """Who waits in one programme.

    free       mentors who can be proposed; where the lists are long: all who are on the list
    held_back  None where the lists are too long to tell quickly, and so is `reach`
    """

    programme: Programme
    round: Round | None
    waiting: int
    since: date | None
    free: int
    held_back: int | None
    reach: int | None


def outlooks(actor: Actor, *, today: date) -> list[Outlook]:
    """Every running programme, the oldest first."""
    opened = open_rounds(actor)
    return [
        _outlook(actor, programme, opened.get(programme.pk), today=today)
        for programme in running_programmes(actor)[:MOST_PROGRAMMES]
    ]


def waited_for(actor: Actor, *, today: date) -> list[Outlook]:
    """Programmes in which somebody waits for a mentor."""
    return [one for one in outlooks(actor, today=today) if one.waiting]


def waiting_number(actor: Actor, programme: Programme, side: Side) -> int:
    """How many wait on one side, counted up to MOST_COUNTED + 1."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    rows = rows.filter(programme=programme, side=side.value, state="waiting")
    return rows.order_by("waiting_since", "id")[: MOST_COUNTED + 1].count()


def _outlook(actor: Actor, programme: Programme, round_: Round | None, *, today: date) -> Outlook:
    first = on_the_list(actor, [programme], Side.PARTICIPANT, limit=1)
    since = first[0].waiting_since if first else None
    waiting = waiting_number(actor, programme, Side.PARTICIPANT)
    mentors = waiting_number(actor, programme, Side.MENTOR)
    if max(waiting, mentors) > SMALL:
        return Outlook(programme, round_, waiting, since, mentors, held_back=None, reach=None)
    people = pool(actor, [programme], today=today)
    reach = 0 if round_ else _reach(people, today)
    return Outlook(
        programme, round_, waiting, since, len(people.mentors), len(people.held_back), reach
    )


def _reach(people: Pool, today: date) -> int:
    """How many people a round would propose a mentor to now."""
    wishes = Wishes.of_templates(rules_of(one) for one in people.programmes)
    return solve(problem_of(people, wishes, None, today=today)).maximum_matched
