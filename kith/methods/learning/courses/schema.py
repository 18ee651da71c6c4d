"""A course, its modules and vignettes, and units: texts in several languages, without tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kith.methods.learning.questions.schema import ENGLISH, Essay, Question, Words


class Opens(StrEnum):
    """What the certificate of a course opens."""

    MENTORING = "mentoring"
    ASSESSMENT = "assessment"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Source:
    """What a text cites as [@key]."""

    key: str
    title: str
    publisher: str
    address: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the name of its file, such as pictures/bridge.en.svg; its bytes lie elsewhere.

    digest  SHA-256 of the bytes, in hexadecimal
    """

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One idea.

    body       Markdown in each language
    made_from  language -> fingerprint of the English wording that it was translated from
    """

    name: str
    heading: Words
    body: Words
    made_from: Words = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has a text in."""
        return tuple(self.body)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which English wording the other languages of one question were translated from."""

    question: str
    made_from: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """minutes: reading, activities and quiz together."""

    key: str
    title: Words
    aim: Words
    minutes: int
    sources: tuple[Source, ...] = ()
    screens: tuple[Screen, ...] = ()
    questions: tuple[Question, ...] = ()
    pictures: tuple[Picture, ...] = ()
    stamps: tuple[Stamp, ...] = ()

    def screen(self, name: str) -> Screen | None:
        return next((one for one in self.screens if one.name == name), None)

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)

    def source(self, key: str) -> Source | None:
        return next((one for one in self.sources if one.key == key), None)

    def picture(self, name: str, language: str) -> Picture | None:
        """The file that texts call `name`: that of the language, of all, or the English one."""
        known = {one.name: one for one in self.pictures}
        stem, dot, ending = name.rpartition(".")
        names = (f"{stem}.{language}{dot}{ending}", name, f"{stem}.{ENGLISH}{dot}{ending}")
        return next((known[one] for one in names if one in known), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Module):
    """A short module for everybody; nothing is stored about who reads it."""

    summary: Words
    for_whom: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Vignette:
    """A story with tasks that a trainer reads, each with what the trainer looks for."""

    key: str
    title: Words
    minutes: int
    screens: tuple[Screen, ...] = ()
    tasks: tuple[Essay, ...] = ()
    stamps: tuple[Stamp, ...] = ()

    def screen(self, name: str) -> Screen | None:
        return next((one for one in self.screens if one.name == name), None)

    def task(self, key: str) -> Essay | None:
        return next((one for one in self.tasks if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """key: stays the same for ever; version: is raised when the text changes for learners.

    certificate_months          how long the certificate is valid
    quiz_questions              drawn from each module's bank for its quiz
    final_questions_per_module  drawn from each module's bank for the final test
    live_session                whether the certificate needs one
    final_minutes               time for the final test; None without a limit
    refresher_months            how long a refresher keeps it valid; None when there is none
    """

    key: str
    version: int
    title: Words
    summary: Words
    for_whom: Words
    outcomes: tuple[Words, ...]
    licence: str
    certificate_months: int
    quiz_questions: int
    final_questions_per_module: int
    pass_percent: int
    live_session: bool
    opens: Opens
    refresher_months: int | None = None
    final_minutes: int | None = None
    modules: tuple[Module, ...] = ()
    vignettes: tuple[Vignette, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its title names, English first."""
        return languages_of(self.title)

    def module(self, key: str) -> Module | None:
        return next((one for one in self.modules if one.key == key), None)

    def vignette(self, key: str) -> Vignette | None:
        return next((one for one in self.vignettes if one.key == key), None)


Part = Module | Vignette
"""What has screens, and questions or tasks."""


def questions_in(part: Part) -> tuple[Question, ...]:
    """Its questions or its tasks."""
    return part.tasks if isinstance(part, Vignette) else part.questions


def languages_of(words: Mapping[str, object]) -> tuple[str, ...]:
    """Its languages, English first."""
    return tuple(sorted(words, key=lambda code: (code != ENGLISH, code)))
