"""What Today says about waiting: counts that stay cheap however long the lists are."""

from dataclasses import dataclass
from datetime import date

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Round
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.pool import on_the_list, pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.rounds import open_rounds, running_programmes
from kith.matching.rules.states import Side
from kith.methods.matching.solve import solve
from kith.programmes.models import Enrolment, Programme

MOST_COUNTED = 500
SMALL = 40
"""Lists up to this length are solved for the sentence on Today: a few milliseconds."""


@dataclass(frozen=True)
class Outlook:
    """Who waits in one programme. `reach` is None where the lists are too long to tell quickly."""

    programme: Programme
    round: Round | None
    waiting: int
    since: date
    free: int
    reach: int | None

    @property
    def more_than_counted(self) -> bool:
        """True when more people wait than were counted."""
        return self.waiting > MOST_COUNTED


def outlooks(actor: Actor, *, today: date) -> list[Outlook]:
    """Programmes in which somebody waits for a mentor."""
    opened = {row.programme_id: row for row in open_rounds(actor)}
    found = [
        _outlook(actor, programme, opened.get(programme.pk), today=today)
        for programme in running_programmes(actor)[:4]
    ]
    return [one for one in found if one is not None]


def waiting_number(actor: Actor, programme: Programme, side: Side) -> int:
    """How many wait on one side, counted up to MOST_COUNTED + 1."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    rows = rows.filter(programme=programme, side=side.value, state="waiting")
    return rows.order_by("waiting_since", "id")[: MOST_COUNTED + 1].count()


def _outlook(
    actor: Actor, programme: Programme, round_: Round | None, *, today: date
) -> Outlook | None:
    first = on_the_list(actor, programme, Side.PARTICIPANT, limit=1)
    if not first:
        return None
    waiting = waiting_number(actor, programme, Side.PARTICIPANT)
    mentors = waiting_number(actor, programme, Side.MENTOR)
    if max(waiting, mentors) > SMALL:
        return Outlook(programme, round_, waiting, first[0].waiting_since, mentors, None)
    people = pool(actor, programme, today=today)
    reach = solve(problem_of(people, round_, today=today)).maximum_matched if round_ is None else 0
    free = len(people.mentors)
    return Outlook(programme, round_, waiting, first[0].waiting_since, free, reach)
