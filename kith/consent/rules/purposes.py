"""Consent: purposes with their texts, and how a consent may change.

A consent is asked for one purpose in one version of its text. A new version is asked anew.
"""

from dataclasses import dataclass, fields
from datetime import timedelta
from enum import Enum
from functools import cache
from pathlib import Path

from kith.base.content import (
    ContentFault,
    ParticipantSentences,
    ParticipantText,
    Pictogram,
    Unfit,
    placeholders,
    read_content,
)

CONTENT = Path(__file__).parent.parent / "content"
DAYS_OF_A_YEAR = 365.25

PURPOSE_KEYS = (
    "mentoring",
    "contact_by_message",
    "statistics",
    "sharing",
    "follow_up",
    "assessment",
    "photos",
)
# Without a yes to it nobody is proposed a match, so it is what everybody is asked about first.
FIRST_PURPOSE = "mentoring"


class PurposeFault(ContentFault):
    """A purpose says something that no code expects, or leaves something out."""


class State(Enum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# None is "not asked yet": there is no state before a person has answered, and none is pre-ticked.
NEXT: dict[State | None, frozenset[State]] = {
    None: frozenset({State.GIVEN, State.REFUSED}),
    State.GIVEN: frozenset({State.WITHDRAWN}),
    State.REFUSED: frozenset({State.GIVEN}),
    State.WITHDRAWN: frozenset({State.GIVEN}),
}


STATES = tuple(state.value for state in State)


class SignatureKind(Enum):
    """How a yes was signed."""

    DRAWN = "drawn"
    TYPED = "typed"
    NONE = "none"


class Asked(Enum):
    """When a consent is asked for. What is not needed yet is not asked for in advance."""

    AT_ENROLMENT = "at_enrolment"
    WHEN_NEEDED = "when_needed"


class KeptAfter(Enum):
    """The day from which the months of keeping are counted."""

    GIVEN = "given"
    ENROLMENT_ENDED = "enrolment_ended"
    LAST_FOLLOW_UP = "last_follow_up"
    CASE_CLOSED = "case_closed"


@dataclass(frozen=True)
class Retention:
    """The category of the retention engine and the period we propose for it."""

    category: str
    months: int
    after: KeptAfter

    def __post_init__(self) -> None:
        if not 1 <= self.months <= 24:
            raise Unfit("months", "from one month to two years")


@dataclass(frozen=True)
class Purpose:
    """names are the words in braces that the caller fills in: organisation, partner, period.

    The period comes from the retention in force, so that the text says what really happens.
    """

    key: str
    version: str
    asked: Asked
    needed_for_enrolment: bool
    names: tuple[str, ...]
    retention: Retention
    pictogram: Pictogram
    title: ParticipantText
    what_for: ParticipantText
    what_we_keep: ParticipantText
    who_sees: ParticipantText
    how_long: ParticipantText
    your_choice: ParticipantText
    easy: ParticipantSentences

    def __post_init__(self) -> None:
        if not self.version.isdecimal():
            raise Unfit("version", "a whole number in quotes, raised with every change of words")
        if set(self.names) != _names_used(self):
            raise Unfit("names", "it lists exactly the names in braces that the texts use")
        if "period" not in placeholders(self.how_long.by_language["en"]):
            raise Unfit("how_long", "it names the {period}")
        if not all(2 <= len(sentences) <= 4 for sentences in self.easy.by_language.values()):
            raise Unfit("easy", "two to four short sentences in every language")


def load_purpose(key: str) -> Purpose:
    """The purpose of that key. Raises PurposeFault with the file and the key at fault."""
    for purpose in all_purposes():
        if purpose.key == key:
            return purpose
    raise PurposeFault(f"{key}.toml", "", "there is no such purpose")


@cache
def read_by_mentors(key: str) -> Purpose:
    """The purpose in the words for mentors; those for participants where there are no others."""
    path = CONTENT / "for_mentors" / f"{key}.toml"
    if not path.exists():
        return load_purpose(key)
    return read_content(path, Purpose, fault=PurposeFault)


@cache
def purpose_in_words_of(key: str, version: str, *, for_mentors: bool = False) -> Purpose | None:
    """The purpose in the words of a version, also an earlier one; None when it was not kept.

    Whoever changes a text moves the old file to `content/earlier/<key>-<version>.toml`, one for
    mentors to `<key>-for-mentors-<version>.toml`.
    """
    present = read_by_mentors(key) if for_mentors else load_purpose(key)
    if present.version == version:
        return present
    name = f"{key}-for-mentors-{version}.toml" if for_mentors else f"{key}-{version}.toml"
    path = CONTENT / "earlier" / name
    return read_content(path, Purpose, fault=PurposeFault) if path.exists() else None


def languages_of(purpose: Purpose) -> tuple[str, ...]:
    """The languages in which every text of a purpose is written."""
    texts = [getattr(purpose, field.name) for field in fields(purpose)]
    spoken = [set(text.by_language) for text in texts if isinstance(text, ParticipantText)]
    complete = set(purpose.easy.by_language).intersection(*spoken)
    return tuple(language for language in purpose.easy.by_language if language in complete)


@cache
def all_purposes() -> tuple[Purpose, ...]:
    return tuple(_read(key) for key in PURPOSE_KEYS)


def period_of(retention: Retention) -> timedelta:
    """The months of keeping as days."""
    return timedelta(days=round(retention.months * DAYS_OF_A_YEAR / 12))


def may_become(before: State | None, after: State) -> bool:
    return after in NEXT[before]


def allows_use(state: State | None) -> bool:
    """Only a consent that was given and not withdrawn allows the use of anything."""
    return state is State.GIVEN


def _read(key: str) -> Purpose:
    path = CONTENT / "purposes" / f"{key}.toml"
    purpose = read_content(path, Purpose, fault=PurposeFault)
    if purpose.key != key:
        raise PurposeFault(path.name, "key", "it differs from the name of the file")
    return purpose


def _names_used(purpose: Purpose) -> set[str]:
    texts = [getattr(purpose, field.name) for field in fields(purpose)]
    words = [text.by_language["en"] for text in texts if isinstance(text, ParticipantText)]
    return {
        name for text in [*words, *purpose.easy.by_language["en"]] for name in placeholders(text)
    }
