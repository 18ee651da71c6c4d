"""What is wrong with a written course: a reason with parameters and one English sentence.

Pages translate by reason and fill in the same parameters.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from kith.methods.learning.questions.faults import SENTENCES as OF_QUESTIONS
from kith.methods.learning.questions.faults import Fault

AT_LINE = re.compile(r"at line (\d+)")
KEYED = re.compile(r'key[ \t]*=[ \t]*"([^"]*)"')
TABLE = re.compile(r"\[+([^\[\]]+)\]")


class Weight(StrEnum):
    """Whether a course can be used with it, or somebody should only look at it."""

    ERROR = "error"
    ADVICE = "advice"


SENTENCES: dict[str, str] = {
    **OF_QUESTIONS,
    # the folder
    "file_missing": "This file is missing.",
    "file_too_large": "This file is larger than {most} kB.",
    "folder_too_large": "There are more than {most} files.",
    "folder_without_digits": "A module's folder begins with two digits and a hyphen: 01-name.",
    "modules_missing": "There is no folder of a module, such as 01-name.",
    "part_twice": "Another module or vignette has the key “{key}” already.",
    "number_outside": "It is {found}; it should be {least} to {most}.",
    # the text
    "text_before_screens": "There is text before the first heading (## Heading {{#name}}).",
    "screen_without_name": "This heading has no name: ## Heading {{#name}}.",
    "screen_twice": "Another screen has the name “{name}” already.",
    "screen_unknown": "The English text has no screen “{name}”.",
    "screens_in_other_order": "The screens stand in another order than in English.",
    "screen_empty": "The screen “{name}” has no text.",
    "box_open": "The box “{kind}” is not closed; an outer box needs more colons than an inner one.",
    "box_unknown": "“{kind}” is no box; there are example, note, activity and answer.",
    "box_without_end": "This line closes no box.",
    "activity_without_minutes": "An activity says its minutes: :::: activity 5 Title.",
    "answer_outside": "An answer stands inside an activity.",
    "link_refused": "Links lead to http, https or mailto addresses: {address}",
    # sources
    "source_unknown": "The source “{key}” is not in the list of sources.",
    "source_never_cited": "The source “{key}” is never cited.",
    "claim_without_source": "This seems to state a fact ({sign}) and names no source: “{start}…”",
    # pictures
    "picture_missing": "There is no picture “{name}”.",
    "picture_unused": "No text shows the picture “{name}”.",
    "picture_too_large": "It has {found} kB; up to {most} are allowed.",
    "picture_unreadable": "It is no SVG that can be read: {said}",
    "picture_without_viewbox": "The svg element has no viewBox.",
    "picture_active": "It has a part that is not allowed in a picture: {part}",
    "picture_without_words": "The picture has no alternative text of {least} letters or more.",
    "pictures_needed": "There is no picture.",
    # how much there is
    "words_needed": "There are {found} English words; {least} are needed.",
    "screen_short": "The screen “{name}” has {found} words; fewer than {least} say little.",
    "screen_long": "The screen “{name}” has {found} words; more than {most} are too many at once.",
    "examples_needed": "Boxes “example”: {found}; {least} are needed.",
    "activities_needed": "Boxes “activity”: {found}; {least} are needed.",
    "questions_needed": "There are {found} questions; {least} are needed.",
    "minutes_differ": "It says {said} minutes; by counting, {least} to {most} are honest.",
    # questions
    "sentence_not_found": "The English text has no such sentence: “{start}…”",
    "sentence_twice": "{other} tests the same sentence.",
    "stems_alike": "It asks much the same as {other} ({percent} % of the words).",
    "right_is_longest": "In {found} of {count} questions the right option is the longest.",
    # translations
    "translation_missing": "There is no text in the language “{language}”.",
    "translation_stale": "The English text has changed since the text in “{language}” was made.",
    "translation_unstamped": "Nothing notes from which English wording {count} texts in "
    "“{language}” were made; kith course stamp does.",
    "stamp_unknown": "The course has no “{place}”.",
    # vignettes
    "taught_missing": "It does not say where it is taught: taught = \"module/screen\".",
    "taught_unknown": "The course has no screen “{taught}”.",
    "criteria_missing": "It has no criteria.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change or to look at.

    file   its path inside the folder, such as 01-name/en.md; empty for the folder
    line   from 1; None where it is not known
    place  the name of a screen, or question and key
    """

    file: str
    line: int | None
    place: str
    reason: str
    params: dict[str, str | int] = field(default_factory=dict)
    weight: Weight = Weight.ERROR

    @property
    def sentence(self) -> str:
        """The English sentence. Pages have their own for each reason."""
        return SENTENCES[self.reason].format(**self.params)

    @property
    def at(self) -> str:
        """File and line as editors understand them."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.at, self.place) if part)
        return f"{place}: {self.sentence}" if place else self.sentence


class Findings:
    """Collects what is found in one file."""

    def __init__(self, file: str, text: str = "") -> None:
        self.file, self.text = file, text
        self.found: list[Finding] = []

    def add(
        self, reason: str, *, line: int | None = None, place: str = "", **params: str | int
    ) -> None:
        self.found.append(Finding(self.file, line, place, reason, params))

    def advise(
        self, reason: str, *, line: int | None = None, place: str = "", **params: str | int
    ) -> None:
        self.found.append(Finding(self.file, line, place, reason, params, Weight.ADVICE))

    def take(self, faults: Iterable[Fault]) -> None:
        """Faults of questions and of tables, with the line of their key."""
        for one in faults:
            place = ", ".join(part for part in (one.question, one.key) if part)
            if one.reason == "file_unreadable":
                self.unreadable(str(one.params["said"]))
                continue
            line = (
                self.line_of_question(one.question) if one.question else self.line_of_key(one.key)
            )
            self.add(one.reason, line=line, place=place, **one.params)

    def unreadable(self, said: str) -> None:
        """A file that is no TOML; the sentence of the reader names the line."""
        line = AT_LINE.search(said)
        self.add("file_unreadable", line=int(line[1]) if line else None, said=said)

    def line_of_question(self, key: str) -> int | None:
        """The line where the table with this key says so."""
        return self._questions.get(key)

    def line_of_key(self, key: str) -> int | None:
        """The line of a key, or of the last table that a path of keys goes through."""
        parts = key.split(".")
        place = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 1
        for end in range(len(parts), 0, -1):
            lines = self._tables.get(".".join(parts[:end]), [])
            if 1 <= place <= len(lines):
                return lines[place - 1]
        return self._keys.get(parts[0])

    @cached_property
    def _questions(self) -> dict[str, int]:
        found = ((KEYED.match(text), line) for line, text in self._lines())
        return {match[1]: line for match, line in reversed([*found]) if match}

    @cached_property
    def _keys(self) -> dict[str, int]:
        found = ((text.partition("=")[0].strip(), line) for line, text in self._lines())
        return {key: line for key, line in reversed([*found]) if key}

    @cached_property
    def _tables(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for line, text in self._lines():
            if match := TABLE.match(text):
                found.setdefault(match[1], []).append(line)
        return found

    def _lines(self) -> Iterator[tuple[int, str]]:
        yield from ((at, text.strip()) for at, text in enumerate(self.text.split("\n"), start=1))
