"""Outcomes of goals: the words of one goal, and one figure of a whole programme."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.mentoring.models import Goal, GoalScale
from kith.mentoring.permissions import SEE_ATTAINMENT
from kith.mentoring.rules.scaling import FEWEST_PEOPLE, Outcome
from kith.methods.trajectories.attainment import LOWEST, Came, t_score
from kith.programmes.models import Programme


def scale_of(goal: Goal) -> GoalScale | None:
    """The outcomes of a goal, where they were described."""
    found: GoalScale | None = GoalScale.objects.filter(goal=goal).first()
    return found


@dataclass(frozen=True)
class Attainment:
    """How far the goals of a programme came: 50 is what was expected.

    goals          how many goals have both outcomes
    start, review  the figure of all goals at the start and at the review, whole numbers
    """

    goals: int
    start: int
    review: int


def attainment(actor: Actor, programme: Programme) -> Attainment | None:
    """One figure of all goals of a programme; None with the goals of fewer than ten people.

    Counted in the database by outcome: nobody's goals are ever looked at by themselves.
    Raises Denied.
    """
    check(actor, SEE_ATTAINMENT)
    rows = GoalScale.objects.filter(
        match__programme=programme, organisation=actor.organisation
    ).exclude(at_review="")
    people = rows.aggregate(people=Count("match__participant", distinct=True))["people"]
    if people < FEWEST_PEOPLE:
        return None
    return Attainment(
        goals=rows.count(),
        start=round(t_score(_came(rows, "at_start"))),
        review=round(t_score(_came(rows, "at_review"))),
    )


def _came(rows: "QuerySet[GoalScale]", moment: str) -> list[Came]:
    counted = rows.order_by().values_list(moment).annotate(number=Count("id"))
    levels = {one.value: level for level, one in enumerate(Outcome, start=LOWEST)}
    return [Came(levels[outcome], number=number) for outcome, number in counted]
