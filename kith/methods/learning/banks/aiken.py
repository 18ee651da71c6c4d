"""Aiken in and out: a question on a line, options A. or A), and the line ANSWER: B."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kith.methods.learning.banks.bank import Bank, Gathering
from kith.methods.learning.banks.encoding import decoded
from kith.methods.learning.banks.markdown import from_plain, to_plain
from kith.methods.learning.banks.notes import Notes, NotTaken
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Option,
    Question,
    Single,
    key_at,
    say,
)

OPTION = re.compile(r"([A-Z])[.)]\s+(.*\S)\s*")
ANSWER = re.compile(r"ANSWER:\s*(.*?)\s*", re.IGNORECASE)
MOST_OPTIONS = 26


@dataclass(slots=True)
class _Block:
    line: int
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    answer: str | None = None
    strange: tuple[int, str] | None = None


def read_aiken(content: bytes, *, language: str) -> Bank:
    """The questions of an Aiken file, all texts taken as the language. Never raises."""
    notes = Notes()
    found = decoded(content, notes)
    gathering = Gathering(notes)
    for block in _blocks(found.text):
        notes.at(block.line, " ".join(block.stem)[:60])
        try:
            gathering.take(_question(block, gathering, language))
        except NotTaken as fault:
            gathering.leave_out(fault)
    return Bank(tuple(gathering.questions), (), notes.found, "aiken", found.encoding)


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line:
            continue
        block = block or _Block(number)
        if answer := ANSWER.fullmatch(line):
            block.answer = answer[1].rstrip(".)").upper()
            yield block
            block = None
        elif option := OPTION.fullmatch(line):
            block.options[option[1]] = option[2]
        elif block.options:
            # Without its line ANSWER: a question ends where the text of the next one begins.
            if len(block.options) > 1:
                yield block
                block = _Block(number, [line])
            else:
                block.strange = block.strange or (number, line)
        else:
            block.stem.append(line)
    if block:
        yield block


def _question(block: _Block, gathering: Gathering, language: str) -> Question:
    if not block.stem:
        raise NotTaken("no_text")
    if block.strange:
        raise NotTaken("line_unexpected", line=block.strange[0], text=block.strange[1][:80])
    if block.answer is None:
        raise NotTaken("answer_line_missing")
    if len(block.options) < 2:
        raise NotTaken("too_few_options")
    if block.answer not in block.options:
        raise NotTaken("answer_not_there", text=block.answer)
    options = [
        Option(key_at(place), {language: from_plain(text)}, ALL if letter == block.answer else NONE)
        for place, (letter, text) in enumerate(block.options.items())
    ]
    stem = {language: from_plain(" ".join(block.stem))}
    return Single(key=gathering.key_for(), stem=stem, options=tuple(options))


def write_aiken(questions: Sequence[Question], *, language: str, notes: Notes) -> bytes:
    """A file in UTF-8. Only questions with one right option can be written; others are noted."""
    blocks = []
    for question in questions:
        notes.at(0, question.key)
        if _can_be_written(question):
            blocks.append(_written(question, language))
        else:
            notes.add("format_cannot", format="Aiken", kind=question.kind.value)
    return ("\n\n".join(blocks) + "\n").encode()


def _can_be_written(question: Question) -> bool:
    weights = [one.weight for one in question.options] if isinstance(question, Single) else []
    return sorted(weights) == [NONE] * (len(weights) - 1) + [ALL] and len(weights) <= MOST_OPTIONS


def _written(question: Question, language: str) -> str:
    options = question.options if isinstance(question, Single) else ()
    lines = [_line(say(question.stem, language))]
    lines += [
        f"{chr(ord('A') + place)}. {_line(say(one.text, language))}"
        for place, one in enumerate(options)
    ]
    right = next(place for place, one in enumerate(options) if one.weight == ALL)
    return "\n".join([*lines, f"ANSWER: {chr(ord('A') + right)}"])


def _line(markdown: str) -> str:
    return " ".join(to_plain(markdown).split())
