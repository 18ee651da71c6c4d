"""Forms of mentoring, one file per matter."""

from kith.mentoring.forms.agreement import SignForm
from kith.mentoring.forms.care import CheckForm, LongerPauseForm, PauseForm, TalkForm
from kith.mentoring.forms.endings import (
    CloseForm,
    ClosingTalkForm,
    FarewellForm,
    FollowUpForm,
    MoreTimeForm,
)
from kith.mentoring.forms.goals import GoalForm, StepForm
from kith.mentoring.forms.meetings import (
    LengthForm,
    MeetingForm,
    PlanForm,
    first_values,
    plan_values,
)
from kith.mentoring.forms.members import (
    BeginForm,
    ChooseForm,
    HandOverForm,
    LeaveForm,
    LongerForm,
    RolesForm,
    hand_over_values,
    last_day,
)
from kith.mentoring.forms.scales import OutcomeForm, OutcomesForm
from kith.mentoring.forms.supervision import HeldSupervisionForm, PlanSupervisionForm

__all__ = [
    "BeginForm",
    "CheckForm",
    "ChooseForm",
    "CloseForm",
    "ClosingTalkForm",
    "FarewellForm",
    "FollowUpForm",
    "GoalForm",
    "HandOverForm",
    "HeldSupervisionForm",
    "LeaveForm",
    "LengthForm",
    "LongerForm",
    "LongerPauseForm",
    "MeetingForm",
    "MoreTimeForm",
    "OutcomeForm",
    "OutcomesForm",
    "PauseForm",
    "PlanForm",
    "PlanSupervisionForm",
    "RolesForm",
    "SignForm",
    "StepForm",
    "TalkForm",
    "first_values",
    "hand_over_values",
    "last_day",
    "plan_values",
]
