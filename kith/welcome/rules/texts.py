"""Texts that ship with this room: notices on privacy, kind letters, the welcome talk."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.base.content import ParticipantText, StaffText, Unfit, read_content
from kith.people.rules import Side

CONTENT = Path(__file__).resolve().parent.parent / "content"
OTHER = "other"


@dataclass(frozen=True)
class Notice:
    """What someone reads before they write the first letter: names are put in for the braces."""

    what_for: ParticipantText
    what_we_keep: ParticipantText
    who_sees: ParticipantText
    how_long: ParticipantText
    your_rights: ParticipantText


@dataclass(frozen=True)
class Notices:
    mentor: Notice
    participant: Notice


@dataclass(frozen=True)
class DeclineReason:
    """A coded reason: what the office reads, and what the person is told."""

    key: str
    label: StaffText
    letter: ParticipantText


@dataclass(frozen=True)
class Letters:
    """The letters of this room. Every side has the reason "other", which says nothing false."""

    mentor: tuple[DeclineReason, ...]
    participant: tuple[DeclineReason, ...]

    def __post_init__(self) -> None:
        for field, reasons in (("mentor", self.mentor), ("participant", self.participant)):
            keys = [reason.key for reason in reasons]
            if len(set(keys)) != len(keys) or OTHER not in keys:
                raise Unfit(field, "each reason has a key of its own, and one of them is other")

    def of(self, side: Side) -> tuple[DeclineReason, ...]:
        return self.mentor if side is Side.MENTOR else self.participant


@dataclass(frozen=True)
class Explained:
    """One thing that is told in the welcome talk, to be read out in the person's language."""

    key: str
    title: ParticipantText
    text: ParticipantText


@dataclass(frozen=True)
class TalkGuide:
    explained: tuple[Explained, ...]


@cache
def notices() -> Notices:
    return read_content(CONTENT / "notices.toml", Notices)


@cache
def letters() -> Letters:
    return read_content(CONTENT / "letters.toml", Letters)


@cache
def talk_guide() -> TalkGuide:
    return read_content(CONTENT / "talk.toml", TalkGuide)


def notice_for(side: Side) -> Notice:
    """What is said about privacy on a public page."""
    return notices().mentor if side is Side.MENTOR else notices().participant


def reason_of(side: Side, key: str) -> DeclineReason:
    """A reason by its key; one that a later text dropped is told as "other"."""
    known = {reason.key: reason for reason in letters().of(side)}
    return known.get(key, known[OTHER])
