"""Small steps whose day has come or passed: for their pair on Today, and for reminders."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from kith.gate.actor import Actor
from kith.mentoring.models import GoalStep, Match
from kith.mentoring.queries.care import own_matches
from kith.mentoring.queries.reminding import of_members, of_subjects
from kith.mentoring.rules.states import WATCHED, GoalState, Who
from kith.people.rules import Side
from kith.reminders.rules.kinds import About, Due

STATES = [state.value for state in WATCHED]
OF_SIDE = {
    Side.PARTICIPANT: [Who.PARTICIPANT.value, Who.BOTH.value],
    Side.MENTOR: [Who.MENTOR.value, Who.BOTH.value],
}
MOST_LINES = 3


def open_steps() -> "QuerySet[GoalStep]":
    """Steps with a day that are neither done nor let go, of goals people work on."""
    rows: QuerySet[GoalStep] = GoalStep.objects.filter(
        done_on__isnull=True,
        let_go_on__isnull=True,
        due_on__isnull=False,
        goal__state=GoalState.ACTIVE.value,
        match__state__in=STATES,
    )
    return rows.select_related("goal", "match").order_by("due_on", "id")


def passed_of(matches: Sequence[Match], side: Side, *, today: date) -> list[GoalStep]:
    """Steps of one side whose day is over, the oldest first; never more than a few."""
    rows = open_steps().filter(match__in=[match.pk for match in matches], due_on__lt=today)
    return list(rows.filter(who__in=OF_SIDE[side])[:MOST_LINES])


def passed_of_coordinator(actor: Actor, *, today: date) -> list[GoalStep]:
    """Steps that the coordinator took on for their own people and whose day is over."""
    mine = own_matches(actor).values("pk")
    rows = open_steps().filter(match__in=mine, due_on__lt=today, who=Who.COORDINATOR.value)
    return list(rows.select_related("match__participant", "match__mentor")[:MOST_LINES])


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def due_between(first: date, last: date) -> Iterable[Due]:
    """Those who do a step whose day lies in a span: one side, both, or the coordinator."""
    rows = open_steps().filter(due_on__range=(first, last))
    for side, whose in OF_SIDE.items():
        yield from of_members(rows.filter(who__in=whose), _due, side=side)
    asked = rows.filter(who=Who.COORDINATOR.value, match__participant__responsible__isnull=False)
    for step in asked.select_related("match__participant__responsible"):
        responsible = step.match.participant.responsible
        if responsible is not None and (due := _due(step, responsible.user_id)):
            yield due


def due_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose step is still open and still theirs."""
    rows = open_steps()
    found: set[About] = set()
    for side, whose in OF_SIDE.items():
        found |= set(of_subjects(abouts, rows.filter(who__in=whose), side=side))
    keys = [about.subject for about in abouts]
    asked = rows.filter(Q(pk__in=keys), who=Who.COORDINATOR.value)
    of_staff = asked.values_list("match__participant__responsible__user", "pk")
    found |= {About(user_id, key) for user_id, key in of_staff}
    return [about for about in abouts if about in found]


def _due(step: GoalStep, user_id: UUID) -> Due | None:
    if step.due_on is None:
        return None
    link = reverse("mentoring:step", args=[step.match_id, step.pk])
    return Due(user_id, step.pk, step.due_on, link, step.match.programme_id)
