"""Screens and answers as templates print them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from kith.methods.instruments.answering import cell_key
from kith.methods.instruments.filling import Cell, Filled
from kith.methods.instruments.schema import UNSEEN, Instrument, Kind
from kith.methods.instruments.screens import Screen, keyed
from kith.methods.instruments.xlsform.languages import own_name
from kith.questionnaires.models import Answers
from kith.questionnaires.queries.content import instrument_of, moments_of
from kith.questionnaires.rules.said import answer_words, is_asked
from kith.web.forms.questions import FAULT_WORDS, Question, QuestionsForm

RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur", "he", "ckb", "yi", "dv"})


@dataclass(frozen=True)
class FindingLine:
    """One finding as a page shows it."""

    place: str
    says: str


@dataclass(frozen=True)
class Tongue:
    """One language of the questions, for the switch above them."""

    code: str
    name: str
    is_current: bool

    @property
    def direction(self) -> str:
        return direction(self.code)


@dataclass(frozen=True)
class Said:
    """A question and what was answered, to read."""

    key: str
    label: str
    answer: str
    path: str = ""
    is_passed_over: bool = False


@dataclass(frozen=True)
class Block:
    """One part of a page with all questions: a heading, a text, a question, or the way to more."""

    kind: str
    key: str
    text: str
    level: int
    is_shown: bool
    field: forms.BoundField | None = None
    entry: int = -1


def direction(language: str) -> str:
    """Which way a language is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def tongues(instrument: Instrument, current: str) -> list[Tongue]:
    """The languages of a questionnaire; none where there is but one."""
    found = [Tongue(code, own_name(code), code == current) for code in instrument.languages]
    return found if len(found) > 1 else []


def language_of(instrument: Instrument, *wanted: str) -> str:
    """The first of the wanted languages that the questionnaire has."""
    known = (code for code in wanted if code in instrument.languages)
    return next(known, instrument.default_language)


def questions_of(screen: Screen) -> list[Question]:
    """The questions of a screen with the keys of their answers, those not asked yet at the end."""
    repeat = screen.repeat.name if screen.repeat else ""
    return [
        Question(cell_key(cell.item.name, cell.entry, repeat), cell)
        for cell in (*screen.questions, *screen.hidden)
    ]


def all_questions(instrument: Instrument, filled: Filled) -> list[Question]:
    """Every question of a questionnaire, asked now or not."""
    return [Question(key, cell) for key, cell in keyed(instrument, filled) if is_asked(cell)]


def said_of(answers: Answers, filled: Filled) -> list[Said]:
    """Every question that was asked, with its answer in words."""
    instrument, passed = instrument_of(answers.version), set(answers.passed_over)
    return [
        Said(
            key=key,
            label=cell.label or cell.hint,
            answer=answer_words(cell),
            is_passed_over=key in passed and not cell.value,
        )
        for key, cell in keyed(instrument, filled)
        if cell.relevant and is_asked(cell) and not cell.item.is_calculated
    ]


def blocks(instrument: Instrument, filled: Filled, form: QuestionsForm) -> list[Block]:
    """A page with all questions, those that are not asked now hidden."""
    fields = {key: form[key] for key in form.fields}
    return list(_blocks(instrument, filled, fields))


def _blocks(
    instrument: Instrument, filled: Filled, fields: Mapping[str, forms.BoundField]
) -> Iterator[Block]:
    walked = _Blocks(filled, fields)
    yield from walked.of(instrument.items, -1, 2, "")


class _Blocks:
    def __init__(self, filled: Filled, fields: Mapping[str, forms.BoundField]) -> None:
        self.cells = {(cell.item.name, cell.entry): cell for cell in filled.cells}
        self.entries, self.fields = filled.entries, fields

    def of(self, items: Sequence[Any], entry: int, level: int, repeat: str) -> Iterator[Block]:
        for item in items:
            cell = self.cells[item.name, entry]
            key = cell_key(item.name, entry, repeat)
            if item.kind is Kind.REPEAT:
                yield from self._repeat(cell, level)
            elif item.kind is Kind.GROUP:
                if cell.label:
                    yield Block("group", key, cell.label, level, cell.shown)
                yield from self.of(item.items, entry, level + 1, repeat)
            elif item.kind is Kind.NOTE or (cell.read_only and item.kind not in UNSEEN):
                text = cell.label if item.kind is Kind.NOTE else f"{cell.label}: {cell.value}"
                yield Block("note", key, text, level, cell.shown)
            elif item.kind not in UNSEEN:
                yield Block("question", key, "", level, cell.shown, self.fields[key])

    def _repeat(self, cell: Cell, level: int) -> Iterator[Block]:
        repeat, number = cell.item, self.entries.get(cell.item.name, 0)
        for entry in range(number):
            text = f"{cell.label} {entry + 1}".strip()
            kind = "entry" if repeat.repeat_count else "own_entry"
            yield Block(kind, repeat.name, text, level, cell.shown, entry=entry)
            yield from self.of(repeat.items, entry, level + 1, repeat.name)
        if not repeat.repeat_count:
            yield Block("another", repeat.name, cell.label, level, cell.shown, entry=number)


def for_browser(filled: Filled, now: datetime, spoken: str) -> dict[str, str]:
    """What the script of the page begins with: answers, day and language, words for faults."""
    words = {code: str(text) for code, text in FAULT_WORDS.items()}
    return {
        "answers_json": json.dumps(filled.answers),
        "moments_json": json.dumps({**moments_of(now), "language": spoken}),
        "faults_json": json.dumps(words),
    }
