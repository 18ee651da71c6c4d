"""One question as a block of questions.toml, and questions from a file of any kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.methods.learning.archives import looks_like_zip
from kith.methods.learning.banks.files import SUFFIXES, read_bank, write_bank
from kith.methods.learning.banks.notes import Note
from kith.methods.learning.courses.findings import Finding, Findings
from kith.methods.learning.questions.reading import read_questions
from kith.methods.learning.questions.schema import Question
from kith.methods.learning.questions.writing import write_questions

FILE = "questions.toml"
TOML = "toml"
TABLE = "[[question]]"


def block_of(question: Question) -> str:
    return write_questions([question])


def read_block(text: str) -> tuple[tuple[Question, ...], tuple[Finding, ...]]:
    """The questions of a text, and what is wrong in which line."""
    # Browsers end lines with both signs.
    plain = "\n".join(text.splitlines())
    read = read_questions(plain.encode())
    found = Findings(FILE, plain)
    found.take(read.faults)
    return read.questions, tuple(found.found)


@dataclass(frozen=True)
class Found:
    """What a file holds."""

    questions: tuple[Question, ...]
    notes: tuple[Note, ...] = ()
    faults: tuple[Finding, ...] = ()
    kind: str = ""


def found_in(content: bytes, *, name: str, language: str) -> Found:
    """The questions of a file of any kind. Raises UnreadableBank."""
    if name.lower().endswith(".toml") or _is_toml(content):
        questions, faults = read_block(content.decode("utf-8-sig", errors="replace"))
        return Found(questions, faults=faults, kind=TOML)
    bank = read_bank(content, language=language)
    return Found(bank.questions, bank.notes, kind=bank.kind)


def _is_toml(content: bytes) -> bool:
    return not looks_like_zip(content) and TABLE.encode() in content


@dataclass(frozen=True)
class Out:
    """A file with questions, and what it does not hold."""

    content: bytes
    suffix: str
    notes: tuple[Note, ...]


def written(questions: Iterable[Question], *, kind: str, language: str) -> Out:
    """Questions as a file of a kind."""
    if kind == TOML:
        return Out(write_questions(questions).encode(), ".toml", ())
    found = write_bank([*questions], kind=kind, language=language)
    return Out(found.content, SUFFIXES[kind], found.notes)
