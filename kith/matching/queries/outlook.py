"""What Today says about waiting: counts that stay cheap however long the lists are."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Round
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.pool import Pool, pool
from kith.matching.queries.problem import problem_of
from kith.matching.queries.rounds import open_rounds, running_programmes
from kith.matching.rules.states import Side
from kith.matching.rules.wishes import Wishes
from kith.methods.matching.solve import solve
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import rules_of
from kith.programmes.rules.templates import Unit, units_of

MOST_COUNTED = 500
SMALL = 40
"""Lists up to this length are solved for the sentence on Today: a few milliseconds."""
MOST_PROGRAMMES = 6


@dataclass(frozen=True)
class Outlook:
    """Who waits in one programme.

    free       mentors who can be proposed; where the lists are long: all who are on the list
    held_back  None where the lists are too long to tell quickly, or where only groups are made;
               and so is `reach`
    """

    programme: Programme
    round: Round | None
    waiting: int
    since: date | None
    free: int
    held_back: int | None
    reach: int | None


@dataclass(frozen=True)
class _Lists:
    """How long both lists of a programme are, counted up to MOST_COUNTED + 1, and since when."""

    programme: Programme
    waiting: int
    mentors: int
    since: date | None


def outlooks(actor: Actor, *, today: date) -> list[Outlook]:
    """Every running programme, the oldest first."""
    return [_outlook(actor, one, round_, today=today) for one, round_ in _all_lists(actor)]


def waited_for(actor: Actor, *, today: date) -> list[Outlook]:
    """Programmes in which somebody waits for a mentor."""
    return [
        _outlook(actor, one, round_, today=today)
        for one, round_ in _all_lists(actor)
        if one.waiting
    ]


def _all_lists(actor: Actor) -> list[tuple[_Lists, Round | None]]:
    """The lists of every running programme, all in one question."""
    programmes = list(running_programmes(actor)[:MOST_PROGRAMMES])
    participants, mentors = (
        _on_list(actor, side).filter(programme=OuterRef("pk")).order_by("waiting_since", "id")
        for side in (Side.PARTICIPANT, Side.MENTOR)
    )
    rows = Programme.objects.filter(pk__in=[one.pk for one in programmes]).values_list(
        "pk",
        _counted(participants),
        _counted(mentors),
        Subquery(participants.values("waiting_since")[:1]),
    )
    found = {key: facts for key, *facts in rows}
    opened = open_rounds(actor) if programmes else {}
    return [(_Lists(one, *found[one.pk]), opened.get(one.pk)) for one in programmes]


def _on_list(actor: Actor, side: Side) -> "QuerySet[Enrolment]":
    rows: QuerySet[Enrolment] = visible(actor, SEE_ROUNDS, Enrolment.objects.all())
    return rows.filter(side=side.value, state="waiting")


def _counted(rows: "QuerySet[Enrolment]") -> Func:
    keys = ArraySubquery(rows.values("pk")[: MOST_COUNTED + 1])
    return Func(keys, function="CARDINALITY", output_field=IntegerField())


def _outlook(actor: Actor, lists: _Lists, round_: Round | None, *, today: date) -> Outlook:
    programme, waiting, since = lists.programme, lists.waiting, lists.since
    has_pairs = Unit.PAIR in units_of(rules_of(programme))
    if not has_pairs or max(waiting, lists.mentors) > SMALL:
        return Outlook(programme, round_, waiting, since, lists.mentors, held_back=None, reach=None)
    people = pool(actor, [programme], today=today)
    reach = 0 if round_ else _reach(people, today)
    return Outlook(
        programme, round_, waiting, since, len(people.mentors), len(people.held_back), reach
    )


def _reach(people: Pool, today: date) -> int:
    """How many people a round would propose a mentor to now."""
    wishes = Wishes.of_templates(rules_of(one) for one in people.programmes)
    return solve(problem_of(people, wishes, None, today=today)).maximum_matched
