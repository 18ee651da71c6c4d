"""Letters at the end: their fixed sentences in each language. Nothing in them judges anybody."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kith.base.content import ContentFault, ParticipantText, Unfit, placeholders, read_content
from kith.people.rules import Side

CONTENT = Path(__file__).parents[1] / "content"
LETTER_LANGUAGES = ("en", "pl", "ar")


class LetterKind(StrEnum):
    """What is given to whom when a match ends."""

    ACHIEVEMENT = "achievement"
    CLOSING = "closing"
    THANKS = "thanks"
    SERVICE = "service"


# To which side a letter goes; the closing letter goes to everybody.
TO: dict[LetterKind, frozenset[Side]] = {
    LetterKind.ACHIEVEMENT: frozenset({Side.PARTICIPANT}),
    LetterKind.CLOSING: frozenset({Side.PARTICIPANT, Side.MENTOR}),
    LetterKind.THANKS: frozenset({Side.MENTOR}),
    LetterKind.SERVICE: frozenset({Side.MENTOR}),
}
# In these letters somebody's own words stand.
WITH_WORDS = frozenset({LetterKind.ACHIEVEMENT, LetterKind.CLOSING, LetterKind.THANKS})
NAMES = frozenset({"name", "programme", "organisation", "first", "last", "months", "hours"})


class LetterFault(ContentFault):
    """The letters say something that no code expects, or leave something out."""


@dataclass(frozen=True)
class LetterText:
    """words is the question above the field for somebody's own words."""

    key: LetterKind
    version: str
    title: ParticipantText
    opening: ParticipantText
    words: ParticipantText | None
    ending: ParticipantText

    def __post_init__(self) -> None:
        if (self.words is not None) != (self.key in WITH_WORDS):
            raise Unfit("words", "exactly where the letter holds somebody's own words")
        for text in (self.opening, self.ending):
            if any(placeholders(said) - NAMES for said in text.by_language.values()):
                raise Unfit("opening", "it names something that no code fills in")


@dataclass(frozen=True)
class Letters:
    letters: tuple[LetterText, ...]

    def __post_init__(self) -> None:
        if [one.key for one in self.letters] != list(LetterKind):
            raise Unfit("letters", "each kind once, in the order of the code")


@cache
def letter_text(kind: LetterKind) -> LetterText:
    """The fixed sentences of one letter."""
    found = read_content(CONTENT / "letters.toml", Letters, fault=LetterFault)
    return next(one for one in found.letters if one.key is kind)
