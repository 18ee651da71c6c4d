"""The relationship check: six statements about the match, answered by each side alone.

It is about the match, not about a person. Nothing is added up; an answer that asks for it opens an
offer to talk, and that is all that follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from kith.base.content import ParticipantText, Unfit, read_content
from kith.mentoring.rules.texts import TextFault
from kith.people.rules import Side

FILE = Path(__file__).parents[1] / "content" / "check.toml"
STATEMENTS = 6


class Answer(Enum):
    YES = "yes"
    MOSTLY = "mostly"
    NOT_REALLY = "not_really"
    NO = "no"


ASKS_FOR_TALK = frozenset({Answer.NOT_REALLY.value, Answer.NO.value})


@dataclass(frozen=True)
class Option:
    key: Answer
    name: ParticipantText


@dataclass(frozen=True)
class Statement:
    key: str
    name: ParticipantText


@dataclass(frozen=True)
class CheckTexts:
    """The statements of both sides; version is raised with every change of words."""

    version: str
    options: tuple[Option, ...]
    participant: tuple[Statement, ...]
    mentor: tuple[Statement, ...]

    def __post_init__(self) -> None:
        if [one.key for one in self.options] != list(Answer):
            raise Unfit("options", "every answer once, in the order of the code")
        for field, some in (("participant", self.participant), ("mentor", self.mentor)):
            if len({one.key for one in some}) != STATEMENTS or len(some) != STATEMENTS:
                raise Unfit(field, f"{STATEMENTS} statements, each with a key of its own")

    def of(self, side: Side) -> tuple[Statement, ...]:
        """The statements of one side."""
        return self.participant if side is Side.PARTICIPANT else self.mentor


@cache
def check_texts() -> CheckTexts:
    """Raises TextFault with the file and the key at fault."""
    return read_content(FILE, CheckTexts, fault=TextFault)


def asks_for_talk(answers: Mapping[str, str]) -> bool:
    """Whether somebody should be offered a talk."""
    return any(answer in ASKS_FOR_TALK for answer in answers.values())


def is_whole(answers: Mapping[str, str], side: Side) -> bool:
    """Whether every statement of a side has one of the answers."""
    known = {one.value for one in Answer}
    keys = {one.key for one in check_texts().of(side)}
    return set(answers) == keys and set(answers.values()) <= known
