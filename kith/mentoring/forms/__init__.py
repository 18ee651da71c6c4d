"""Forms of mentoring, one file per matter."""

from kith.mentoring.forms.agreement import SignForm
from kith.mentoring.forms.care import CheckForm, LongerPauseForm, PauseForm, TalkForm
from kith.mentoring.forms.endings import CloseForm, FarewellForm, MoreTimeForm
from kith.mentoring.forms.goals import GoalForm, StepForm
from kith.mentoring.forms.meetings import MeetingForm, PlanForm, first_values

__all__ = [
    "CheckForm",
    "CloseForm",
    "FarewellForm",
    "GoalForm",
    "LongerPauseForm",
    "MeetingForm",
    "MoreTimeForm",
    "PauseForm",
    "PlanForm",
    "SignForm",
    "StepForm",
    "TalkForm",
    "first_values",
]
