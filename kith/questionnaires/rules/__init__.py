"""When a questionnaire is asked, who reads the answers, and the states of answers."""

from kith.questionnaires.rules.moments import (
    MOST_WEEK,
    OPEN_WEEKS,
    Moment,
    Occasion,
    due_occasions,
    occasion_at,
    occasion_of,
    request_occasion,
)
from kith.questionnaires.rules.states import (
    COUNTED_FROM,
    PURPOSE,
    STATISTICS,
    AnswersState,
    Readers,
    Source,
    VersionState,
)

__all__ = [
    "COUNTED_FROM",
    "MOST_WEEK",
    "OPEN_WEEKS",
    "PURPOSE",
    "STATISTICS",
    "AnswersState",
    "Moment",
    "Occasion",
    "Readers",
    "Source",
    "VersionState",
    "due_occasions",
    "occasion_at",
    "occasion_of",
    "request_occasion",
]
