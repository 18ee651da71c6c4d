"""The tables of mentoring, one file per matter."""

from kith.mentoring.models.agreement import Signature
from kith.mentoring.models.care import CareReminder, Pause, RelationshipCheck, Talk
from kith.mentoring.models.endings import ClosingTalk, FollowUp
from kith.mentoring.models.goals import Goal, GoalStep
from kith.mentoring.models.handovers import HandOver
from kith.mentoring.models.matches import Match
from kith.mentoring.models.meetings import Meeting, MeetingPart
from kith.mentoring.models.members import MatchMember
from kith.mentoring.models.scales import GoalScale
from kith.mentoring.models.supervision import Attendance, MentorCare, Supervision

__all__ = [
    "Attendance",
    "CareReminder",
    "ClosingTalk",
    "FollowUp",
    "Goal",
    "GoalScale",
    "GoalStep",
    "HandOver",
    "Match",
    "MatchMember",
    "Meeting",
    "MeetingPart",
    "MentorCare",
    "Pause",
    "RelationshipCheck",
    "Signature",
    "Supervision",
    "Talk",
]
