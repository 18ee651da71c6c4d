"""The tables of mentoring, one file per matter."""

from kith.mentoring.models.agreement import Signature
from kith.mentoring.models.care import CareReminder, Pause, RelationshipCheck, Talk
from kith.mentoring.models.goals import Goal, GoalStep
from kith.mentoring.models.matches import Match
from kith.mentoring.models.meetings import Meeting
from kith.mentoring.models.members import MatchMember

__all__ = [
    "CareReminder",
    "Goal",
    "GoalStep",
    "Match",
    "MatchMember",
    "Meeting",
    "Pause",
    "RelationshipCheck",
    "Signature",
    "Talk",
]
