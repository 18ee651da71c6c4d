"""Small steps towards a goal: who does them, by when, done or no longer needed."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import note_event
from kith.mentoring.commands.goals import GoalNeedsWords, require_active
from kith.mentoring.models import Goal, GoalStep, Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.rules.states import MOST_STEPS, Who


class StepsAreFull(Refused):
    """A goal of many steps is two goals."""

    sentence = _("Twelve steps are enough for one goal.")


class StepDueBefore(Refused):
    """A day by which something is wanted lies ahead."""

    sentence = _("Choose a day from today on, or leave the day open.")


class StepIsDone(Refused):
    """What is done is neither moved nor let go."""

    sentence = _("This step is done already.")


@command(SET_GOALS, on="match")
def add_step(
    actor: Actor,
    *,
    match: Match,
    goal: Goal,
    text: str,
    who: str,
    due_on: date | None,
    today: date,
    now: datetime,
) -> GoalStep:
    """Add a small step at the end.

    Raises GoalNeedsWords, StepsAreFull, StepDueBefore, GoalIsOver.
    """
    require_active(match, goal)
    _require_ahead(due_on, today)
    steps = GoalStep.objects.filter(goal=goal)
    if steps.filter(let_go_on__isnull=True).count() >= MOST_STEPS:
        raise StepsAreFull()
    last = steps.aggregate(last=Max("place"))["last"] or 0
    step: GoalStep = GoalStep.objects.create(
        goal=goal,
        match=match,
        text=_words(text),
        who=Who(who).value,
        due_on=due_on,
        place=last + 1,
    )
    note_event(match, now=now)
    return step


@command(SET_GOALS, on="match")
def change_step(
    actor: Actor,
    *,
    match: Match,
    step: GoalStep,
    text: str,
    who: str,
    due_on: date | None,
    today: date,
    now: datetime,
) -> GoalStep:
    """Other words, somebody else, or another day; a day that passed may stay as it was.

    Raises GoalNeedsWords, StepDueBefore, StepIsDone, GoalIsOver.
    """
    _require_open(match, step)
    if due_on != step.due_on:
        _require_ahead(due_on, today)
    step.text, step.who, step.due_on = _words(text), Who(who).value, due_on
    step.save()
    note_event(match, now=now)
    return step


@command(SET_GOALS, on="match")
def tick_step(
    actor: Actor, *, match: Match, step: GoalStep, done: bool, today: date, now: datetime
) -> GoalStep:
    """Tick a step off, or take the tick back. Raises GoalIsOver."""
    require_active(match, step.goal)
    step.done_on, step.let_go_on = (today if done else None), None
    step.save()
    note_event(match, now=now)
    return step


@command(SET_GOALS, on="match")
def let_step_go(
    actor: Actor, *, match: Match, step: GoalStep, today: date, now: datetime
) -> GoalStep:
    """A step is no longer needed; nobody asks why. Raises StepIsDone, GoalIsOver."""
    _require_open(match, step)
    step.let_go_on = today
    step.save()
    note_event(match, now=now)
    return step


@command(SET_GOALS, on="match")
def take_step_up(actor: Actor, *, match: Match, step: GoalStep, now: datetime) -> GoalStep:
    """A step that was let go is wanted after all, without a day. Raises StepIsDone, GoalIsOver."""
    _require_open(match, step)
    step.let_go_on = step.due_on = None
    step.save()
    note_event(match, now=now)
    return step


def _words(text: str) -> str:
    if not text.strip():
        raise GoalNeedsWords()
    return text.strip()


def _require_ahead(due_on: date | None, today: date) -> None:
    if due_on is not None and due_on < today:
        raise StepDueBefore()


def _require_open(match: Match, step: GoalStep) -> None:
    require_active(match, step.goal)
    if step.done_on is not None:
        raise StepIsDone()
