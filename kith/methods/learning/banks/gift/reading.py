"""GIFT in: every construct of the format. What cannot be taken is said with its line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kith.methods.learning.banks.bank import Bank, Gathering, slug, with_brackets, words
from kith.methods.learning.banks.encoding import decoded
from kith.methods.learning.banks.gift import answers
from kith.methods.learning.banks.gift.blocks import Block, Category, blocks
from kith.methods.learning.banks.gift.signs import hidden, shown
from kith.methods.learning.banks.gift.texts import Texts
from kith.methods.learning.banks.markdown import to_plain
from kith.methods.learning.banks.notes import Notes, NotTaken
from kith.methods.learning.questions.schema import (
    Accepted,
    Essay,
    Gap,
    Gapped,
    Numeric,
    Question,
    Short,
    Single,
    Words,
)

PLACE = "\ue100"
"""Stands for the gap while the text round it is read."""
BLANK = "\\_\\_\\_\\_\\_"


@dataclass(frozen=True, slots=True)
class Parts:
    """A block in its parts, signs still hidden."""

    title: str
    stem: str
    answer: str | None
    is_gap: bool


def read_gift(content: bytes, *, language: str) -> Bank:
    """The questions of a GIFT file, all texts taken as the language. Never raises."""
    notes = Notes()
    found = decoded(content, notes)
    gathering = Gathering(notes)
    for block in blocks(found.text):
        if isinstance(block, Category):
            gathering.in_category(block.path)
        else:
            _take(block, gathering, language)
    return Bank(
        questions=tuple(gathering.questions),
        categories=gathering.paths,
        notes=notes.found,
        kind="gift",
        encoding=found.encoding,
    )


def _take(block: Block, gathering: Gathering, language: str) -> None:
    gathering.notes.at(block.line, block.key)
    try:
        parts = _parts(block)
        gathering.notes.at(block.line, shown(parts.title) or block.key)
        gathering.take(_question(parts, block, gathering, language))
    except NotTaken as fault:
        gathering.leave_out(fault)


def _parts(block: Block) -> Parts:
    text, title = hidden(block.text).strip(), ""
    if text.startswith("::") and "::" in text[2:]:
        title, text = text[2:].split("::", 1)
    begin = text.find("{")
    if begin < 0:
        return Parts(title, text, None, is_gap=False)
    end = text.find("}", begin)
    if end < 0:
        raise NotTaken("brace_missing", line=block.line_at(len(block.text)))
    before, answer, after = text[:begin], text[begin + 1 : end].strip(), text[end + 1 :]
    if "{" in after:
        raise NotTaken("brace_too_many", line=block.line_at(block.text.rfind("{")))
    is_gap = bool(after.strip())
    return Parts(title, f"{before}{PLACE}{after}" if is_gap else before, answer, is_gap=is_gap)


def _question(parts: Parts, block: Block, gathering: Gathering, language: str) -> Question:
    texts = Texts(gathering.notes, language)
    stem = texts.stem(parts.stem)
    if parts.answer is None:
        raise NotTaken("description_left_out", text=stem[:80])
    answer, _, general = _cut(parts.answer)
    if not stem:
        raise NotTaken("no_text")
    title = shown(parts.title)
    common: dict[str, Any] = {
        "stem": words(language, stem.replace(PLACE, BLANK)),
        "title": title,
        "why": texts.words(general),
        "category": gathering.category,
        "tags": tuple(block.tags),
    }
    made = _made(answer, texts, common)
    if parts.is_gap:
        made = _as_gap(made, words(language, with_brackets(stem, gathering.notes)))
    key = gathering.key_for(block.key, slug(title))
    return replace(made, key=key)


def _cut(answer: str) -> tuple[str, str, str]:
    before, mark, general = answer.rpartition("####")
    return (before.strip(), mark, general) if mark else (answer, "", "")


def _made(answer: str, texts: Texts, common: dict[str, Any]) -> Question:
    for fits, make in KINDS:
        if fits(answer):
            return make(answer, texts, {"key": "", **common})
    raise NotTaken("no_answers")


TRUE_OR_FALSE = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(#.*)?", re.DOTALL | re.IGNORECASE)
KINDS: tuple[
    tuple[Callable[[str], object], Callable[[str, Texts, dict[str, Any]], Question]], ...
] = (
    (lambda answer: not answer, lambda _answer, _texts, common: Essay(**common)),
    (lambda answer: answer.startswith("#"), answers.numeric),
    (lambda answer: "~" in answer, answers.choice),
    (lambda answer: "=" in answer and "->" in answer, answers.matching),
    (TRUE_OR_FALSE.fullmatch, answers.true_false),
    (lambda answer: True, answers.short),
)


def _as_gap(question: Question, text: Words) -> Question:
    """A question whose answer stands within its text, where it is a gap; else as it was."""
    gap = _gap(question)
    if gap is None:
        return question
    placed = {language: one.replace(PLACE, "{1}") for language, one in text.items()}
    return Gapped(
        key=question.key,
        stem={},
        title=question.title,
        why=question.why,
        category=question.category,
        tags=question.tags,
        text=placed,
        gaps=(gap,),
    )


def _gap(question: Question) -> Gap | None:
    if isinstance(question, Single) and not question.is_true_or_false:
        return Gap(
            answers=tuple(
                Accepted(to_plain(text), language, option.weight, option.why)
                for option in question.options
                for language, text in option.text.items()
            ),
            chosen=True,
        )
    if isinstance(question, Short):
        return Gap(answers=question.answers)
    return Gap(numbers=question.numbers) if isinstance(question, Numeric) else None
