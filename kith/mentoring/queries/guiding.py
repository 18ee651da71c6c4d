"""Which guides fit a match now: those of its phase, first those that fit its goals."""

from datetime import date

from kith.gate.actor import Actor
from kith.mentoring.models import Goal, Match
from kith.mentoring.permissions import GOALS
from kith.mentoring.queries.lists import sections
from kith.mentoring.rules.attention import week_of
from kith.mentoring.rules.states import GoalState, MatchState
from kith.methods.tables.topics import DOMAINS
from kith.programmes.rules import Guide, Phase, guides_for, phase_of_match, rules_of

MOST_SHOWN = 5


def phase_now(match: Match, *, today: date) -> Phase:
    """The phase a match is in today."""
    week = week_of(today, started_on=match.started_on) if match.started_on else 0
    is_over = match.state == MatchState.CLOSED.value
    return phase_of_match(rules_of(match.programme), week=week, is_over=is_over)


def guides_now(actor: Actor, match: Match, *, today: date) -> list[Guide]:
    """The guides of its phase that the programme uses; those of a part of life in which the match
    has a goal come first, as far as the actor may read the goals."""
    stage = phase_now(match, today=today).stage
    found = guides_for(rules_of(match.programme), stage)
    numbers = _goal_domains(match) if GOALS in sections(actor) else set()
    # Sorting keeps the order of the programme within both parts.
    first = sorted(found, key=lambda guide: not _is_about(guide, numbers))
    return first[:MOST_SHOWN]


def _goal_domains(match: Match) -> set[int]:
    rows = Goal.objects.filter(match=match, state=GoalState.ACTIVE.value)
    keys = list(DOMAINS)
    return {keys.index(key) + 1 for key in rows.values_list("domain", flat=True) if key in keys}


def _is_about(guide: Guide, numbers: set[int]) -> bool:
    """A guide for every part of life is about none of them in particular."""
    return len(guide.domains) < len(DOMAINS) and bool(numbers & set(guide.domains))
