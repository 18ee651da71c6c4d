"""The page of one match: meetings, goals, and the history as one line of events."""

from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, TruncDate

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import allows
from kith.mentoring.models import (
    CareReminder,
    Goal,
    GoalStep,
    Match,
    MatchMember,
    Meeting,
    Pause,
    RelationshipCheck,
    Talk,
)
from kith.mentoring.permissions import AGREEMENT, GOALS, SEE_MATCH, TALK, own_caseload
from kith.mentoring.queries.agreement import Place, earlier_places, places
from kith.mentoring.queries.lists import sections
from kith.mentoring.queries.members import all_members
from kith.mentoring.rules.states import GoalState, MeetingState

MEETINGS_SHOWN = 30
MEETINGS_DRAWN = 160
GOALS_SHOWN = 30
TALKS_SHOWN = 12
REMINDERS_SHOWN = 12


@dataclass(frozen=True)
class GoalWithSteps:
    """A goal and its steps in order."""

    goal: Goal
    steps: list[GoalStep] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many steps are ticked."""
        return sum(step.done_on is not None for step in self.steps)

    @property
    def next_step(self) -> GoalStep | None:
        """The first step that is still open."""
        return next((step for step in self.wanted if step.done_on is None), None)

    @property
    def wanted(self) -> list[GoalStep]:
        """The steps that were not let go."""
        return [step for step in self.steps if step.let_go_on is None]


@dataclass(frozen=True)
class Record:
    """What is shown of a match; sections this actor may not read are empty."""

    match: Match
    shown: frozenset[str]
    planned: list[Meeting]
    past: list[Meeting]
    goals: list[GoalWithSteps]
    places: list[Place]
    earlier: list[Place]
    members: list[MatchMember]
    talks: list[Talk]
    reminders: list[CareReminder]
    pauses: list[Pause]

    def shows(self, section: str) -> bool:
        """Whether this actor may read a section."""
        return section in self.shown

    @property
    def active_goals(self) -> list[GoalWithSteps]:
        """Goals people work on now."""
        return [one for one in self.goals if one.goal.state == GoalState.ACTIVE]

    @property
    def is_signed(self) -> bool:
        """Whether everybody signed."""
        return all(place.signature is not None for place in self.places)


@reads(SEE_MATCH, on="match", own=own_caseload)
def record(actor: Actor, *, match: Match) -> Record:
    """Open a match; the look is noted. Raises Denied, ReasonNeeded."""
    shown = sections(actor)
    rows = list(meetings(match)[:MEETINGS_SHOWN])
    return Record(
        match=match,
        shown=shown,
        planned=[row for row in reversed(rows) if row.state == MeetingState.PLANNED],
        past=[row for row in rows if row.state != MeetingState.PLANNED],
        goals=goals(match) if GOALS in shown else [],
        places=places(match) if AGREEMENT in shown else [],
        earlier=earlier_places(match) if AGREEMENT in shown else [],
        members=list(all_members(match)),
        talks=talks(actor, match),
        reminders=reminders(actor, match),
        pauses=list(Pause.objects.filter(match=match).order_by("from_on", "id")),
    )


def life(actor: Actor, *, match: Match) -> Record:
    """The record of a match with the meetings of its whole time, for the picture of it."""
    opened = record(actor, match=match)
    rows = list(meetings(match)[:MEETINGS_DRAWN])
    return replace(
        opened,
        planned=[row for row in rows if row.state == MeetingState.PLANNED],
        past=[row for row in rows if row.state != MeetingState.PLANNED],
    )


def checks_of(match: Match) -> list[RelationshipCheck]:
    """When each side answered the six statements; the answers stay closed."""
    rows = RelationshipCheck.objects.filter(match=match).defer("answers")
    return list(rows.order_by("answered_on", "id"))


def meetings(match: Match) -> "QuerySet[Meeting]":
    """Meetings of a match by their day, the newest first."""
    rows = Meeting.objects.filter(match=match)
    ordered: QuerySet[Meeting] = rows.annotate(
        day=Coalesce("held_on", TruncDate("planned_at"))
    ).order_by("-day", "-id")
    return ordered


def talks(actor: Actor, match: Match) -> list[Talk]:
    """The coordinator's last talks with both sides, for those who have them."""
    if not allows(actor, TALK, match):
        return []
    return list(Talk.objects.filter(match=match).order_by("-on", "-id")[:TALKS_SHOWN])


def reminders(actor: Actor, match: Match) -> list[CareReminder]:
    """Who was reminded of what lately, for those who talk with both sides."""
    if not allows(actor, TALK, match):
        return []
    return list(CareReminder.objects.filter(match=match).order_by("-on", "-id")[:REMINDERS_SHOWN])


def pause_of(match: Match) -> Pause | None:
    """The pause in which a match rests now."""
    return Pause.objects.filter(match=match, ended_on__isnull=True).first()


def goals(match: Match) -> list[GoalWithSteps]:
    """Goals with their steps: those people work on first, then those that are over."""
    rows = goal_rows(match)[:GOALS_SHOWN]
    found = {row.pk: GoalWithSteps(row) for row in rows}
    for step in steps(match).filter(goal__in=list(found)):
        found[step.goal_id].steps.append(step)
    return sorted(found.values(), key=lambda one: one.goal.state != GoalState.ACTIVE)


def goal_rows(match: Match) -> "QuerySet[Goal]":
    """The goals of a match, the newest last."""
    return Goal.objects.filter(match=match).order_by("id")


def steps(match: Match) -> "QuerySet[GoalStep]":
    """The steps of a match's goals, in order."""
    return GoalStep.objects.filter(match=match).select_related("goal").order_by("place", "id")


def with_steps(goal: Goal) -> GoalWithSteps:
    """One goal with its steps."""
    return GoalWithSteps(goal, list(steps(goal.match).filter(goal=goal)))


def last_way(match: Match) -> str:
    """How the two met last, which is how they will probably meet next."""
    held = meetings(match).filter(state=MeetingState.HELD.value)
    found = held.values_list("way", flat=True).first()
    return found or "in_person"
