"""The words of the mentoring agreement, and what a note of a meeting may hold."""

from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from pathlib import Path

from kith.base.content import (
    ContentFault,
    ParticipantText,
    Pictogram,
    Unfit,
    placeholders,
    read_content,
)
from kith.progress.rules import all_domains

CONTENT = Path(__file__).parents[1] / "content"

AGREEMENT_KEYS = ("pair", "group")


class TextFault(ContentFault):
    """A text of mentoring says something that no code expects, or leaves something out."""


class SectionKey(Enum):
    """What every agreement speaks about, in this order."""

    TOGETHER = "together"
    TIMES = "times"
    ROLE_LIMITS = "role_limits"
    CONFIDENTIALITY = "confidentiality"
    MONEY = "money"
    ENDING = "ending"
    HELP = "help"


class Way(Enum):
    """How two people met."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    MESSAGE = "message"


@dataclass(frozen=True)
class Section:
    key: SectionKey
    title: ParticipantText
    points: tuple[ParticipantText, ...]

    def __post_init__(self) -> None:
        if not self.points:
            raise Unfit("points", "at least one sentence")


@dataclass(frozen=True)
class Agreement:
    """names are the words in braces that the caller fills in, such as the coordinator's name."""

    key: str
    version: str
    names: tuple[str, ...]
    title: ParticipantText
    opening: ParticipantText
    sections: tuple[Section, ...]
    before_signing: ParticipantText

    def __post_init__(self) -> None:
        if not self.version.isdecimal():
            raise Unfit("version", "a whole number in quotes, raised with every change of words")
        if [section.key for section in self.sections] != list(SectionKey):
            raise Unfit("sections", "every section once, in the order of the code")
        if set(self.names) != _names_used(self):
            raise Unfit("names", "it lists exactly the names in braces that the texts use")


@dataclass(frozen=True)
class TopicArea:
    """What a meeting was about, in one or two words; never what was said."""

    key: str
    name: ParticipantText
    pictogram: Pictogram


@dataclass(frozen=True)
class WayOfMeeting:
    key: Way
    name: ParticipantText
    pictogram: Pictogram


@dataclass(frozen=True)
class MeetingWords:
    topics: tuple[TopicArea, ...]
    ways: tuple[WayOfMeeting, ...]

    def __post_init__(self) -> None:
        keys = [topic.key for topic in self.topics]
        if len({*keys, *(domain.key for domain in all_domains())}) != len(keys) + 8:
            raise Unfit("topics", "each has a key of its own, and none is the key of a domain")
        if [words.key for words in self.ways] != list(Way):
            raise Unfit("ways", "words for each way of meeting, in the order of the code")


@cache
def load_agreement(key: str) -> Agreement:
    """The agreement for a pair or a group. Raises TextFault with the file and the key at fault."""
    path = CONTENT / "agreement" / f"{key}.toml"
    if key not in AGREEMENT_KEYS:
        raise TextFault(path.name, "", "there is no such agreement")
    agreement = read_content(path, Agreement, fault=TextFault)
    if agreement.key != key:
        raise TextFault(path.name, "key", "it differs from the name of the file")
    return agreement


@cache
def meeting_words() -> MeetingWords:
    return read_content(CONTENT / "meeting.toml", MeetingWords, fault=TextFault)


def topic_areas() -> tuple[TopicArea, ...]:
    """The eight domains and what people also talk about, in the order of a meeting form."""
    from_domains = (
        TopicArea(key=domain.key, name=domain.short_name, pictogram=domain.pictogram)
        for domain in all_domains()
    )
    return (*meeting_words().topics, *from_domains)


def ways_of_meeting() -> tuple[WayOfMeeting, ...]:
    return meeting_words().ways


def _names_used(agreement: Agreement) -> set[str]:
    own = [getattr(agreement, field.name) for field in fields(agreement)]
    texts = [text for text in own if isinstance(text, ParticipantText)]
    for section in agreement.sections:
        texts += [section.title, *section.points]
    return {name for text in texts for name in placeholders(text.by_language["en"])}
