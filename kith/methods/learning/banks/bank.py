"""A bank of questions as it was read, and how readers build its questions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from kith.methods.learning.banks.notes import Note, Notes, NotTaken
from kith.methods.learning.questions.checks import PLACE, structure_faults
from kith.methods.learning.questions.folding import folded
from kith.methods.learning.questions.numbers import percent
from kith.methods.learning.questions.schema import (
    ALL,
    FALSE,
    NONE,
    TRUE,
    Multiple,
    Option,
    Question,
    Words,
)

TRUTH = {
    "en": ("True", "False"),
    "pl": ("Prawda", "Fałsz"),
    "ar": ("صحيح", "خطأ"),
    "de": ("Wahr", "Falsch"),
    "uk": ("Правда", "Неправда"),
}
PATH = re.compile(r"^\$(course|module|system|cat\d*)\$(/|$)(top(/|$))?")
NEARLY_ALL = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Bank:
    """What a file holds.

    categories  every path that was named, in their order
    notes       whatever was not taken, or works otherwise, by line and name
    kind        gift, moodle, aiken, qti22, qti30 or cartridge
    encoding    what the text was read as
    """

    questions: tuple[Question, ...]
    categories: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    kind: str = ""
    encoding: str = "utf-8"


class Gathering:
    """Questions one after the other, each with a key of its own and able to be marked."""

    def __init__(self, notes: Notes, keys: set[str] | None = None) -> None:
        self.notes = notes
        self.questions: list[Question] = []
        self.categories: list[str] = []
        self._keys: set[str] = set() if keys is None else keys

    @property
    def category(self) -> str:
        return self.categories[-1] if self.categories else ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Every category that was named."""
        return tuple(one for one in self.categories if one)

    def in_category(self, path: str) -> None:
        """What comes from here on belongs there. Moodle begins its paths with where they are."""
        path = PATH.sub("", path.strip())
        if path in self.categories:
            self.categories.remove(path)
        self.categories.append(path)

    def key_for(self, *wishes: str) -> str:
        """The first wish that is not taken; a number where there is none."""
        for wish in (*(one for one in wishes if one), f"q{len(self._keys) + 1}"):
            if wish not in self._keys:
                self._keys.add(wish)
                return wish
        number = 2
        while f"{wish}-{number}" in self._keys:
            number += 1
        self._keys.add(f"{wish}-{number}")
        return f"{wish}-{number}"

    def take(self, question: Question) -> None:
        """Raises NotTaken when the question cannot be marked."""
        whole = self._scaled(question)
        if any(one.reason == "gaps_differ" for one in structure_faults(whole)):
            raise NotTaken("gaps_differ")
        if structure_faults(whole):
            raise NotTaken("nothing_right")
        self.questions.append(whole)

    def leave_out(self, fault: NotTaken) -> None:
        self.notes.leave_out(fault)

    def _scaled(self, question: Question) -> Question:
        """Options that give 99.9 % were meant to give all."""
        if not isinstance(question, Multiple):
            return question
        whole = sum((one.weight for one in question.options if one.weight > 0), NONE)
        if not NEARLY_ALL <= whole < ALL:
            return question
        self.notes.add("points_scaled", percent=percent(whole))
        options = [
            replace(one, weight=one.weight / whole) if one.weight > 0 else one
            for one in question.options
        ]
        return replace(question, options=tuple(options))


def slug(text: str) -> str:
    """A key made of a title; empty when nothing of it can be one."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")[:48].strip("-")


def words(language: str, text: str) -> Words:
    return {language: text} if text else {}


def true_or_false(language: str, *, right: bool, whys: Iterable[Words]) -> tuple[Option, Option]:
    """The two options, with what is said to those who chose true and to those who chose false."""
    of_true, of_false = whys
    true, false = TRUTH.get(language, TRUTH["en"])
    return (
        Option(TRUE, {language: true}, Fraction(right), of_true),
        Option(FALSE, {language: false}, Fraction(not right), of_false),
    )


def with_brackets(text: str, notes: Notes) -> str:
    """A text in which gaps are still to come: what looks like one already is written otherwise."""
    found = PLACE.sub(r"(\1)", text)
    if found != text:
        notes.add("text_differs")
    return found


def capped(weight: Fraction, notes: Notes) -> Fraction:
    """A weight between -1 and 1, with a note where it was cut."""
    found = max(-ALL, min(ALL, weight))
    if found != weight:
        notes.add("weight_capped", percent=percent(weight), became=percent(found))
    return found
