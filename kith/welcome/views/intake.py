"""The questions of a programme on a public page, after the fixed fields and without scripts."""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from kith.base import clock
from kith.methods.instruments.answering import Nested, with_answers, without_empty
from kith.methods.instruments.filling import Filled
from kith.methods.instruments.state import MOST_ENTRIES
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.web.forms import dress
from kith.web.forms.questions import AnswerField, Question, QuestionsForm, fault_words
from kith.welcome.commands import Answered
from kith.welcome.queries.intake import Sheet, sheets

ON_PAGE = "asked"
"""Which questions the page before showed."""
A_NUMBER = re.compile(r"[0-9]{1,3}")
MORE = "more"
"""The button that asks for one more entry of a repeat: q0-kids."""


@dataclass
class Part:
    """One questionnaire on the page: its title and the fields that are shown now.

    bound    the fields, each with the words above it: "Child 2" where an entry begins
    repeats  what somebody may add one more of: the value of the button, and its words
    """

    sheet: Sheet
    title: str
    answers: Answered
    fields: dict[str, AnswerField]
    faults: dict[str, str]
    heads: dict[str, str]
    repeats: list[tuple[str, str]]
    bound: list[tuple[str, forms.BoundField]] = field(default_factory=list)


@dataclass
class Intake:
    """Everything that is asked, and whether the page before showed all of it.

    wants_more  somebody asked for one more entry, and sent nothing off yet
    """

    parts: list[Part]
    brings_more: bool = False
    wants_more: bool = False

    @property
    def on_page(self) -> str:
        """The names of the questions on the page, for the next time."""
        return " ".join(name for part in self.parts for name in part.fields)

    @property
    def answers(self) -> list[Answered]:
        """What was answered, as the command takes it."""
        return [part.answers for part in self.parts]


def ask_along(
    form: forms.Form,
    programme: Programme | None,
    side: Side,
    *,
    sent: QueryDict | None,
    language: str,
) -> Intake:
    """Put the questions of a programme behind the fields of a form, with what was typed."""
    found = sheets(programme, side)
    parts = [
        _part(number, sheet, sent=sent, language=language) for number, sheet in enumerate(found)
    ]
    for part in parts:
        form.fields.update(part.fields)
        dress(part.fields.values())
        part.bound = [(part.heads.get(name, ""), form[name]) for name in part.fields]
    seen = set(sent.get(ON_PAGE, "").split()) if sent is not None else set()
    names = {name for part in parts for name in part.fields}
    wants_more = sent is not None and MORE in sent
    if sent is not None and wants_more:
        _begin_at(form, sent.get(MORE, ""), seen)
    is_new = sent is not None and not names <= seen
    return Intake(parts, brings_more=wants_more or is_new, wants_more=wants_more)


def _begin_at(form: forms.Form, wanted: str, seen: set[str]) -> None:
    """The page opens at the entry that was asked for."""
    new = (name for name in form.fields if name.startswith(f"{wanted}.") and name not in seen)
    if first := next(new, None):
        form.fields[first].widget.attrs |= {"autofocus": True, "data-takes-focus": True}


def say_faults(form: forms.Form, intake: Intake) -> None:
    """Say at each question why its answer does not hold. Nothing has to be answered.

    Who asks for one more entry is still writing: nothing is wrong yet.
    """
    if intake.wants_more:
        form.errors.clear()
        return
    for part in intake.parts:
        for name, words in part.faults.items():
            form.add_error(name, words)


def _part(number: int, sheet: Sheet, *, sent: QueryDict | None, language: str) -> Part:
    now, prefix = clock.now(), f"q{number}-"
    filled = sheet.filled({}, language=language, now=now)
    if sent is not None:
        given = _entries(sheet, prefix, sent)
        filled = sheet.filled(given, language=language, now=now)
        given = with_answers(given, _typed(sheet.cells(filled), prefix, sent))
        filled = sheet.filled(given, language=language, now=now)
    shown = [(key, cell) for key, cell in sheet.cells(filled) if cell.shown]
    faults = {
        prefix + key: fault_words(cell.fault)
        for key, cell in shown
        if cell.fault is not None and not cell.missing
    }
    return Part(
        sheet=sheet,
        title=sheet.title(language),
        answers=_kept(sheet, filled, language),
        fields={
            prefix + key: AnswerField(Question(prefix + key, cell), for_staff=False)
            for key, cell in shown
        },
        faults=faults,
        heads={prefix + key: words for key, words in sheet.heads(filled).items()},
        repeats=[
            (prefix + cell.item.name, cell.label or cell.item.name)
            for cell in filled.shown
            if cell.item.has_free_entries
        ],
    )


def _kept(sheet: Sheet, filled: Filled, language: str) -> Answered:
    """What is kept: entries in which nothing stands are none."""
    kept = sheet.filled(without_empty(filled.answers), language=language, now=clock.now())
    open_keys = [key for key, cell in sheet.cells(kept) if cell.shown and not cell.value]
    return Answered(sheet.asking, sheet.version, language, kept.answers, open_keys)


def _entries(sheet: Sheet, prefix: str, sent: QueryDict) -> Nested:
    """The entries that stood on the page, still empty, and one more where somebody asks for it."""
    given: Nested = {}
    for item in sheet.instrument.walk():
        if not item.has_free_entries:
            continue
        begins = f"{prefix}{item.name}."
        on_page = [name for name in sent.get(ON_PAGE, "").split() if name.startswith(begins)]
        numbers = {name.removeprefix(begins).partition(".")[0] for name in on_page}
        last = max((int(one) for one in numbers if A_NUMBER.fullmatch(one)), default=-1)
        entries = last + 1 + (sent.get(MORE) == prefix + item.name)
        given[item.name] = [{} for _ in range(min(entries, MOST_ENTRIES))]
    return given


def _typed(cells: Any, prefix: str, sent: QueryDict) -> dict[str, str]:
    form = QuestionsForm(sent, questions=[Question(prefix + key, cell) for key, cell in cells])
    return {
        name.removeprefix(prefix): text
        for name, text in (form.answers() if form.is_valid() else {}).items()
    }
