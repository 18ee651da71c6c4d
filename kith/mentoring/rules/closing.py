"""The end of a match: the closing talk with each side, what could come next, and asking later.

Questions are few and voluntary. Nothing is added up, and no answer leads to anything by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.base.content import ParticipantText, Unfit, read_content
from kith.mentoring.rules.states import TalkWay
from kith.mentoring.rules.texts import TextFault
from kith.people.rules import Side

FILE = Path(__file__).parents[1] / "content" / "closing.toml"
FOLLOW_UP = "follow_up"
"""The purpose to which somebody says yes or no."""
FOLLOW_UP_OPEN_DAYS = 60
"""So long a talk after the end may be held late; afterwards it is let go."""
FOLLOW_UP_KEPT_DAYS = 183
"""So long after the last talk what was noted is kept."""
MOST_QUESTIONS = 6


class Answer(Enum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class NextSupport(StrEnum):
    """What somebody would like to come next."""

    ANOTHER_MENTOR = "another_mentor"
    ACTIVITY = "activity"
    SERVICE = "service"
    COURSE = "course"
    MENTOR_AGAIN = "mentor_again"
    NOTHING = "nothing"


NEXT_OF: dict[Side, tuple[NextSupport, ...]] = {
    Side.PARTICIPANT: (
        NextSupport.ANOTHER_MENTOR,
        NextSupport.ACTIVITY,
        NextSupport.SERVICE,
        NextSupport.COURSE,
        NextSupport.NOTHING,
    ),
    Side.MENTOR: (NextSupport.MENTOR_AGAIN, NextSupport.ACTIVITY, NextSupport.NOTHING),
}
NEXT_WORDS: dict[NextSupport, str | Promise] = {
    NextSupport.ANOTHER_MENTOR: _("Another mentor"),
    NextSupport.ACTIVITY: _("A group or an activity"),
    NextSupport.SERVICE: _("A place that helps"),
    NextSupport.COURSE: _("A course"),
    NextSupport.MENTOR_AGAIN: _("To go with somebody again"),
    NextSupport.NOTHING: _("Nothing for now"),
}


class FollowUpState(StrEnum):
    """Where a talk after the end stands."""

    OPEN = "open"
    HELD = "held"
    NOT_REACHED = "not_reached"
    NOT_WISHED = "not_wished"


@dataclass(frozen=True)
class Option:
    key: Answer
    name: ParticipantText


@dataclass(frozen=True)
class Question:
    key: str
    name: ParticipantText


@dataclass(frozen=True)
class ClosingTexts:
    """All questions of an ending; the version is raised with every change of words."""

    version: str
    options: tuple[Option, ...]
    participant: tuple[Question, ...]
    mentor: tuple[Question, ...]
    follow_up: tuple[Question, ...]
    together: tuple[Question, ...]

    def __post_init__(self) -> None:
        if [one.key for one in self.options] != list(Answer):
            raise Unfit("options", "every answer once, in the order of the code")
        every = ("participant", self.participant), ("mentor", self.mentor)
        more = ("follow_up", self.follow_up), ("together", self.together)
        for field, some in (*every, *more):
            if not len({one.key for one in some}) == len(some) <= MOST_QUESTIONS:
                raise Unfit(field, f"at most {MOST_QUESTIONS} questions, each with its own key")

    def of(self, side: Side) -> tuple[Question, ...]:
        """The questions of one side."""
        return self.participant if side is Side.PARTICIPANT else self.mentor


@cache
def closing_texts() -> ClosingTexts:
    """Raises TextFault with the file and the key at fault."""
    return read_content(FILE, ClosingTexts, fault=TextFault)


@dataclass(frozen=True)
class ClosingNote:
    """What is noted of a closing talk; every answer may be left out."""

    on: date
    way: TalkWay
    answers: Mapping[str, str]
    wants: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class FollowUpNote:
    """What is noted of a talk after the end."""

    state: FollowUpState
    on: date
    way: TalkWay
    answers: Mapping[str, str]
    wants: tuple[str, ...] = ()
    note: str = ""


def given(answers: Mapping[str, str], questions: tuple[Question, ...]) -> dict[str, str]:
    """The answers to questions that there are; those left out stay out."""
    known, keys = {one.value for one in Answer}, {one.key for one in questions}
    return {key: said for key, said in answers.items() if key in keys and said in known}


def wished(wants: tuple[str, ...], side: Side) -> list[str]:
    """What somebody wishes for next, of what their side can wish for, in its order."""
    return [one.value for one in NEXT_OF[side] if one.value in wants]


def still_open(due_on: date, today: date) -> bool:
    """Whether a talk that was due on a day is still to be held."""
    return timedelta() <= today - due_on <= timedelta(days=FOLLOW_UP_OPEN_DAYS)
