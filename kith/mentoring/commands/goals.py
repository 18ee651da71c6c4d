"""Goals of the participant."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import note_event
from kith.mentoring.models import Goal, Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.rules.states import ChosenBy, GoalState, MatchState
from kith.programmes.rules import rules_of
from kith.progress.rules import domain


class GoalsAreFull(Refused):
    """Few goals at a time, so that each has a chance."""

    sentence = _("Three goals at a time are enough. Reach one or let one go, then add the next.")


class GoalNeedsWords(Refused):
    """A goal or step is said in words."""

    sentence = _("Say it in a few words.")


class GoalDueBefore(Refused):
    """A goal lies ahead."""

    sentence = _("Choose a day from today on.")


class GoalIsOver(Refused):
    """Reached or let go."""

    sentence = _("This goal is over. Add a new one if you like.")


@command(SET_GOALS, on="match")
def add_goal(
    actor: Actor,
    *,
    match: Match,
    domain_key: str,
    title: str,
    chosen_by: str,
    due_on: date | None,
    today: date,
    now: datetime,
) -> Goal:
    """Set a goal. Raises GoalsAreFull, GoalNeedsWords, GoalDueBefore, GoalIsOver."""
    if not title.strip():
        raise GoalNeedsWords()
    if due_on is not None and due_on < today:
        raise GoalDueBefore()
    _require_room(match)
    goal: Goal = Goal.objects.create(
        match=match,
        domain=domain(domain_key).key,
        title=title.strip(),
        chosen_by=ChosenBy(chosen_by).value,
        due_on=due_on,
    )
    note_event(match, now=now)
    return goal


@command(SET_GOALS, on="match")
def end_goal(
    actor: Actor, *, match: Match, goal: Goal, state: str, today: date, now: datetime
) -> Goal:
    """A goal is reached, or let go without blame. Raises GoalIsOver."""
    require_active(match, goal)
    goal.state, goal.ended_on = GoalState(state).value, today
    goal.save()
    note_event(match, now=now)
    return goal


def _require_room(match: Match) -> None:
    # Two goals added at once: the second waits for this row and counts the first.
    fresh = Match.objects.select_for_update().get(pk=match.pk)
    if fresh.state == MatchState.CLOSED.value:
        raise GoalIsOver()
    active = Goal.objects.filter(match=match, state=GoalState.ACTIVE.value).count()
    if active >= rules_of(match.programme).max_goals:
        raise GoalsAreFull()


def require_active(match: Match, goal: Goal) -> None:
    """Refuse what is about a goal that is over, or of another match. Raises GoalIsOver."""
    if goal.match_id != match.pk or goal.state != GoalState.ACTIVE.value:
        raise GoalIsOver()
