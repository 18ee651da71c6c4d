"""Small steps whose day is over, kindly and to those who do them; a reminder the day before."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.mentoring.models import GoalStep
from kith.mentoring.queries import lists, members
from kith.mentoring.queries import steps as queries
from kith.mentoring.wiring.kinds import BOTH, with_match
from kith.people.rules import Side
from kith.reminders.rules.kinds import Kind, add_kind
from kith.web import today
from kith.web.words import Text, isolated, near


def plug_in() -> None:
    """Called once when Django is ready."""
    today.add_source(passed, most=28)
    add_kind(
        Kind(
            key="mentoring.step_due",
            title=gettext_lazy("The day of a small step comes up"),
            sentence=ngettext_lazy(
                "The day of a small step comes up.",
                "The days of %(number)d small steps come up.",
                "number",
            ),
            roles=BOTH | {Role.COORDINATOR},
            days=1,
            source=queries.due_between,
            still=queries.due_still,
            told=_told,
            icon="goal",
            order=41,
        )
    )


def passed(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """One's own steps that were wanted by now."""
    if actor.has(Role.COORDINATOR):
        yield from (_line(one, day) for one in queries.passed_of_coordinator(actor, today=day))
    if not actor.has(*BOTH):
        return
    own = lists.own(actor)
    sides = members.own_sides(actor, own)
    for side in Side:
        mine = [match for match in own if sides.get(match.pk) is side]
        if mine:
            yield from (_line(one, day) for one in queries.passed_of(mine, side, today=day))


def _line(step: GoalStep, day: date) -> today.TodayLine:
    when = near(step.due_on, day) if step.due_on else ""
    why = _("It was wanted %(when)s. Done, another day, or no longer needed: each of them is fine.")
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=_("Small step “%(step)s”: still wanted?") % {"step": isolated(step.text)},
        why=why % {"when": when},
        action_label=_("Look at the step"),
        url=reverse("mentoring:step", args=[step.match_id, step.pk]),
        weight=28,
    )


def _told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {
        row.pk: _("Small step “%(step)s”: its day is %(when)s")
        % {"step": isolated(row.text), "when": near(row.due_on, clock.today())}
        for row, _match in with_match(actor, GoalStep.objects.filter(pk__in=keys))
        if row.due_on is not None
    }
