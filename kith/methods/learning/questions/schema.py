"""A question with its texts in several languages, in eight kinds.

Weights are shares of the points: 1 is the whole answer, 0 nothing, less than 0 takes away.
Texts that learners read are restricted Markdown; what is typed or compared is plain text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

Words = Mapping[str, str]
"""Language code -> text."""

ENGLISH = "en"
ALL, NONE = Fraction(1), Fraction(0)
TRUE, FALSE = "true", "false"


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    MATCHING = "matching"
    ORDERING = "ordering"
    NUMERIC = "numeric"
    SHORT = "short"
    GAP = "gap"
    ESSAY = "essay"


class Grading(StrEnum):
    """What counts in an order: each item on its place, or each item followed by the right one."""

    PLACE = "place"
    NEXT = "next"


def say(words: Words, language: str) -> str:
    """The text in a language; else in English, else in any; empty when there is none."""
    return words.get(language) or words.get(ENGLISH) or next(iter(words.values()), "")


def key_at(place: int) -> str:
    """The key of the option, item or pair at a place counted from 0: a, b … z, aa, ab …"""
    before, letter = divmod(place, 26)
    return (key_at(before - 1) if before else "") + chr(ord("a") + letter)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, with what is said to whoever chose it."""

    key: str
    text: Words
    weight: Fraction = NONE
    why: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One part of an order, or a right side that belongs to no left one."""

    key: str
    text: Words


@dataclass(frozen=True, slots=True)
class Pair:
    key: str
    left: Words
    right: Words


@dataclass(frozen=True, slots=True)
class Number:
    """Numbers that are accepted, both ends included; None is no end, so two of them accept all."""

    low: Fraction | None
    high: Fraction | None
    weight: Fraction = ALL
    why: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    r"""A typed answer in one language. `*` stands for any letters, `\*` for the sign itself."""

    text: str
    language: str = ENGLISH
    weight: Fraction = ALL
    why: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text: chosen from a list, typed, or a typed number.

    answers  what is on the list, or what is accepted; on a list `*` is only a sign
    numbers  accepted numbers; then there are no answers
    share    how much it counts beside the other gaps of the text
    """

    answers: tuple[Accepted, ...] = ()
    numbers: tuple[Number, ...] = ()
    chosen: bool = False
    case: bool = False
    share: int = 1

    def answers_in(self, language: str) -> tuple[Accepted, ...]:
        """The answers of a language; those in English, then all, where it has none."""
        return in_language(self.answers, language)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a trainer looks for in an open answer.

    taught  module and screen where it could be known from, such as goals/letters
    """

    key: str
    text: Words
    taught: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What all kinds have.

    tests    the sentence of the English text it is about
    why      said after every answer; right_why, partly_why and wrong_why only after such a one
    partial  whether part of the points can be had; else all or none
    """

    kind: ClassVar[Kind]

    key: str
    stem: Words
    title: str = ""
    tests: str = ""
    why: Words = field(default_factory=dict)
    right_why: Words = field(default_factory=dict)
    partly_why: Words = field(default_factory=dict)
    wrong_why: Words = field(default_factory=dict)
    partial: bool = True
    category: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Question):
    options: tuple[Option, ...]
    shuffle: bool = True

    def option(self, key: object) -> Option | None:
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Choosing):
    kind: ClassVar[Kind] = Kind.SINGLE

    @property
    def is_true_or_false(self) -> bool:
        """Whether the options are only true and false, which have words of their own."""
        return [one.key for one in self.options] == [TRUE, FALSE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Choosing):
    kind: ClassVar[Kind] = Kind.MULTIPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    kind: ClassVar[Kind] = Kind.MATCHING

    pairs: tuple[Pair, ...]
    others: tuple[Item, ...] = ()
    shuffle: bool = True

    def rights(self) -> tuple[Item, ...]:
        """The right sides to choose from, each text once."""
        sides = [*(Item(one.key, one.right) for one in self.pairs), *self.others]
        found: list[Item] = []
        for side in sides:
            if all(one.text != side.text for one in found):
                found.append(side)
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """items in the right order."""

    kind: ClassVar[Kind] = Kind.ORDERING

    items: tuple[Item, ...]
    grading: Grading = Grading.PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    """numbers: the first that holds the answer counts."""

    kind: ClassVar[Kind] = Kind.NUMERIC

    numbers: tuple[Number, ...]
    unit: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Question):
    """answers: the first that fits counts. case: whether capitals and accents matter."""

    kind: ClassVar[Kind] = Kind.SHORT

    answers: tuple[Accepted, ...]
    case: bool = False

    def answers_in(self, language: str) -> tuple[Accepted, ...]:
        """The answers of a language; those in English, then all, where it has none."""
        return in_language(self.answers, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gapped(Question):
    """text: with {1}, {2} … where the gaps are. The stem may be empty."""

    kind: ClassVar[Kind] = Kind.GAP

    text: Words
    gaps: tuple[Gap, ...]
    shuffle: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay(Question):
    """An open answer that a trainer reads.

    words     about how long an answer is; 0 when nothing is said
    template  what already stands in the field
    example   an answer that would be good, for the trainer, later for the learner
    notes     for the trainer only
    """

    kind: ClassVar[Kind] = Kind.ESSAY

    words: int = 0
    criteria: tuple[Criterion, ...] = ()
    template: Words = field(default_factory=dict)
    example: Words = field(default_factory=dict)
    notes: Words = field(default_factory=dict)


AnyQuestion = Single | Multiple | Matching | Ordering | Numeric | Short | Gapped | Essay
KINDS: dict[Kind, type[Question]] = {
    one.kind: one
    for one in (Single, Multiple, Matching, Ordering, Numeric, Short, Gapped, Essay)
}  # fmt: skip


def in_language(answers: Sequence[Accepted], language: str) -> tuple[Accepted, ...]:
    """The answers of a language; those in English, then all, where it has none."""
    for code in (language, ENGLISH):
        if found := tuple(one for one in answers if one.language == code):
            return found
    return tuple(answers)
