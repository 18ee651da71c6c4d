"""Sentences that a learner ticks. Nothing is counted and no level follows from them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.base.content import ContentFault, ParticipantText, Unfit, read_content

CONTENT = Path(__file__).parents[1] / "content"


class LevelFault(ContentFault):
    """The can-do sentences say something that no code expects, or leave something out."""


@dataclass(frozen=True)
class CanDo:
    key: str
    sentence: ParticipantText


@dataclass(frozen=True)
class CanDoGroup:
    key: str
    name: ParticipantText
    sentences: tuple[CanDo, ...]


@dataclass(frozen=True)
class LevelSteps:
    groups: tuple[CanDoGroup, ...]

    def __post_init__(self) -> None:
        keys = [one.key for group in self.groups for one in group.sentences]
        if len(set(keys)) != len(keys):
            raise Unfit("groups", "each sentence has a key of its own")


@cache
def level_steps() -> LevelSteps:
    """The can-do sentences from the first to those for longer talks."""
    return read_content(CONTENT / "levels.toml", LevelSteps, fault=LevelFault)
