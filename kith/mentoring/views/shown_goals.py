"""Goals and small steps as the templates print them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring.models import Goal, GoalStep, Match
from kith.mentoring.queries import agreement as agreements
from kith.mentoring.queries import scales
from kith.mentoring.queries.record import GoalWithSteps
from kith.mentoring.rules.members import mentors_side
from kith.mentoring.rules.states import ChosenBy, GoalState, Who
from kith.mentoring.rules.words import CHOSEN_WORDS, GOAL_WORDS, OUTCOME_WORDS
from kith.programmes.rules import rules_of
from kith.progress.rules import domain
from kith.web.words import near


def who_is_who(match: Match, actor: Actor) -> dict[Who, str]:
    """Who takes a step, by name; oneself is "Me"."""
    sides = {Who.PARTICIPANT: match.participant, Who.MENTOR: match.mentor}
    said = {
        who: _("Me") if agreements.is_own(actor, person) else called(person)
        for who, person in sides.items()
    }
    together = _("All together") if match.is_group else _("Both together")
    if match.is_group:
        said[Who.MENTOR] = mentors_side(match)
    staff = _("Me") if actor.has(Role.COORDINATOR) else _("Our coordinator")
    return {**said, Who.BOTH: together, Who.COORDINATOR: staff}


@dataclass(frozen=True)
class ShownStep:
    """A small step: whose it is and by when, or that its day is over and it may still be wanted.

    passed  when it was wanted, for a step whose day is over; empty for all others
    """

    step: GoalStep
    who: str
    when: str
    passed: str
    url: str

    @property
    def is_open(self) -> bool:
        return self.step.done_on is None and self.step.let_go_on is None


def step(row: GoalStep, people: Mapping[Who, str], *, today: date) -> ShownStep:
    """A small step with its day in words."""
    shown = ShownStep(
        row,
        people[Who(row.who)],
        near(row.due_on, today) if row.due_on else "",
        "",
        reverse("mentoring:step", args=[row.match_id, row.pk]),
    )
    if shown.is_open and row.due_on is not None and row.due_on < today:
        return ShownStep(row, shown.who, "", shown.when, shown.url)
    return shown


def goal(row: GoalWithSteps, people: Mapping[Who, str], *, today: date) -> dict[str, object]:
    """A goal with its area, its steps and its date."""
    area = domain(row.goal.domain)
    steps = [step(one, people, today=today) for one in row.steps]
    next_step = row.next_step
    return {
        "goal": row.goal,
        "icon": area.pictogram.key,
        "area": area.short_name.say(get_language() or "en"),
        "title": str(row.goal.title),
        "chosen": CHOSEN_WORDS[ChosenBy(row.goal.chosen_by)],
        "due": near(row.goal.due_on, today) if row.goal.due_on else "",
        "state": GOAL_WORDS[GoalState(row.goal.state)],
        "is_active": row.goal.state == GoalState.ACTIVE,
        "next": next_step and step(next_step, people, today=today),
        "steps": [one for one in steps if one.step.let_go_on is None],
        "let_go": [one for one in steps if one.step.let_go_on is not None],
        "done": row.done,
        "number": len(row.wanted),
    }


def outcomes(match: Match, of: Goal) -> dict[str, object]:
    """The five outcomes of a goal in their words, where the programme describes them."""
    scale = scales.scale_of(of) if rules_of(match.programme).goal_scaling else None
    return {
        "scale_is_on": rules_of(match.programme).goal_scaling,
        "may_describe": of.state == GoalState.ACTIVE and not (scale and scale.at_review),
        "outcomes": [
            {
                "name": OUTCOME_WORDS[one],
                "words": said,
                "is_start": one == scale.at_start,
                "is_now": one == scale.at_review,
            }
            for one, said in scale.words.items()
        ]
        if scale
        else [],
    }
