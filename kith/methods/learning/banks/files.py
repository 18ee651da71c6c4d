"""Any file of questions in, and a file of any kind out.

What is written is read back and held against what was given: whatever did not come through is
noted, so that nothing is lost in silence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kith.methods.learning.archives import looks_like_zip
from kith.methods.learning.banks.aiken import ANSWER, read_aiken, write_aiken
from kith.methods.learning.banks.bank import Bank
from kith.methods.learning.banks.encoding import decoded
from kith.methods.learning.banks.gift.reading import read_gift
from kith.methods.learning.banks.gift.writing import write_gift
from kith.methods.learning.banks.languages import in_one, lacks, languages_of
from kith.methods.learning.banks.moodle.reading import read_moodle
from kith.methods.learning.banks.moodle.writing import write_moodle
from kith.methods.learning.banks.notes import Note, Notes, UnreadableBank
from kith.methods.learning.banks.packages import read_package, read_single_item
from kith.methods.learning.banks.qti.writing import write_qti22, write_qti30
from kith.methods.learning.banks.trees import MIB, MOST_BYTES, read_xml
from kith.methods.learning.questions.schema import Question
from kith.methods.learning.questions.stored import to_plain

Reader = Callable[..., Bank]
Writer = Callable[..., bytes]
NAMES = {"gift": "GIFT", "moodle": "Moodle XML", "aiken": "Aiken", "qti22": "QTI 2.2",
         "qti30": "QTI 3.0", "cartridge": "Common Cartridge"}  # fmt: skip
SUFFIXES = {"gift": ".txt", "moodle": ".xml", "aiken": ".txt", "qti22": ".zip", "qti30": ".zip"}
WRITERS: dict[str, Writer] = {
    "gift": write_gift,
    "moodle": write_moodle,
    "aiken": write_aiken,
    "qti22": write_qti22,
    "qti30": write_qti30,
}
WITHOUT_KEYS = {"aiken"}
_XML = re.compile(r"\s*<")


@dataclass(frozen=True, slots=True)
class Written:
    """A file, what could not be carried, and how many questions are in it."""

    content: bytes
    notes: tuple[Note, ...]
    count: int


def read_bank(content: bytes, *, language: str = "en") -> Bank:
    """The questions of a file whose kind is found out by looking. Raises UnreadableBank.

    language  what its texts are written in; files of banks hold one language
    """
    if not content.strip():
        raise UnreadableBank("empty")
    if looks_like_zip(content):
        return read_package(content, language=language)
    if len(content) > MOST_BYTES:
        raise UnreadableBank("too_large", limit=MOST_BYTES // MIB)
    text = decoded(content, Notes()).text
    if _XML.match(text):
        return _read_xml(content, language)
    bank = (read_aiken if _looks_like_aiken(text) else read_gift)(content, language=language)
    if not bank.questions and not any(one.weight == "left_out" for one in bank.notes):
        raise UnreadableBank("no_questions_there")
    return bank


def _looks_like_aiken(text: str) -> bool:
    return "{" not in text and any(ANSWER.fullmatch(line.strip()) for line in text.splitlines())


def _read_xml(content: bytes, language: str) -> Bank:
    root, _decoded = read_xml(content, Notes())
    if root.tag == "quiz":
        return read_moodle(content, language=language)
    return read_single_item(content, root, language=language)


def write_bank(questions: Sequence[Question], *, kind: str, language: str = "en") -> Written:
    """A file of a kind (a key of WRITERS) with the texts of one language."""
    notes = Notes()
    languages = {code for one in questions for code in languages_of(one)} - {language}
    if languages:
        notes.add("other_languages", language=language, languages=", ".join(sorted(languages)))
    for question in questions:
        if lacks(question, language):
            notes.at(0, question.key)
            notes.add("language_fallen_back", language=language)
    given = [in_one(one, language) for one in questions]
    content = WRITERS[kind](given, language=language, notes=notes)
    left_out = {one.name for one in notes.found if one.weight == "left_out"}
    meant = [one for one in given if one.key not in left_out]
    count = _hold_against(meant, content, kind, language, notes)
    return Written(content, notes.found, count)


def _hold_against(
    meant: list[Question], content: bytes, kind: str, language: str, notes: Notes
) -> int:
    back = _read_back(content, language) if meant else ()
    found: dict[str, Question] = {one.key: one for one in back}
    if kind in WITHOUT_KEYS and len(back) == len(meant):
        found = {one.key: other for one, other in zip(meant, back, strict=True)}
    for question in meant:
        notes.at(0, question.key)
        other = found.get(question.key)
        if other is None or other.kind != question.kind:
            notes.add("written_unreadable", format=NAMES[kind])
        elif keys := _differences(to_plain(question), to_plain(other)):
            notes.add("not_carried", format=NAMES[kind], keys=", ".join(keys))
    return len(back)


def _read_back(content: bytes, language: str) -> tuple[Question, ...]:
    try:
        return read_bank(content, language=language).questions
    except UnreadableBank:
        return ()


def _differences(given: dict[str, Any], back: dict[str, Any]) -> list[str]:
    keys = dict.fromkeys([*given, *back])
    return [key for key in keys if key != "key" and given.get(key) != back.get(key)]
