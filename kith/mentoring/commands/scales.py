"""Five outcomes of a goal: described by the participant, one chosen at the start and one later."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import note_event
from kith.mentoring.commands.goals import require_active
from kith.mentoring.models import Goal, GoalScale, Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.rules.scaling import Outcome
from kith.programmes.rules import rules_of


class ScalingIsOff(Refused):
    """The programme does not describe outcomes."""

    sentence = _("This programme does not describe outcomes of goals.")


class OutcomesMissing(Refused):
    """Five outcomes are described, or none."""

    sentence = _("Please say all five in a few words.")


class OutcomesChosen(Refused):
    """What was looked at together is not rewritten."""

    sentence = _("You have looked at this goal together already. Its outcomes stay as they are.")


@command(SET_GOALS, on="match")
def describe_outcomes(
    actor: Actor,
    *,
    match: Match,
    goal: Goal,
    words: Mapping[Outcome, str],
    at_start: str,
    today: date,
    now: datetime,
) -> GoalScale:
    """Say what five outcomes would be, and which is true now; until the review they can change.

    Raises ScalingIsOff, OutcomesMissing, OutcomesChosen, GoalIsOver.
    """
    _require_on(match)
    require_active(match, goal)
    if not all(words.get(one, "").strip() for one in Outcome):
        raise OutcomesMissing()
    row = GoalScale.objects.filter(goal=goal).first()
    row = row or GoalScale(goal=goal, match=match, described_on=today)
    if row.at_review:
        raise OutcomesChosen()
    for one in Outcome:
        setattr(row, one.value, words[one].strip())
    row.at_start = Outcome(at_start).value
    row.save()
    note_event(match, now=now)
    return row


@command(SET_GOALS, on="match")
def choose_outcome(
    actor: Actor, *, match: Match, goal: Goal, outcome: str, today: date, now: datetime
) -> GoalScale:
    """Which outcome is true now, chosen together; also of a goal that was reached or let go.

    Raises ScalingIsOff, OutcomesMissing.
    """
    _require_on(match)
    row: GoalScale | None = GoalScale.objects.filter(goal=goal, match=match).first()
    if row is None:
        raise OutcomesMissing()
    row.at_review, row.reviewed_on = Outcome(outcome).value, today
    row.save()
    note_event(match, now=now)
    return row


def _require_on(match: Match) -> None:
    if not rules_of(match.programme).goal_scaling:
        raise ScalingIsOff()
