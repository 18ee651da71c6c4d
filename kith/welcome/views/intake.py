"""The questions of a programme on a public page, after the fixed fields and without scripts."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from kith.base import clock
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.web.forms import dress
from kith.web.forms.questions import AnswerField, Question, QuestionsForm, fault_words
from kith.welcome.commands import Answered
from kith.welcome.queries.intake import Sheet, sheets

ON_PAGE = "asked"
"""Which questions the page before showed."""


@dataclass
class Part:
    """One questionnaire on the page: its title and the fields that are shown now."""

    sheet: Sheet
    title: str
    answers: Answered
    fields: dict[str, AnswerField]
    faults: dict[str, str]
    bound: list[forms.BoundField] = field(default_factory=list)


@dataclass
class Intake:
    """Everything that is asked, and whether the page before showed all of it."""

    parts: list[Part]
    brings_more: bool = False

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
        part.bound = [form[name] for name in part.fields]
    seen = set(sent.get(ON_PAGE, "").split()) if sent is not None else set()
    names = {name for part in parts for name in part.fields}
    return Intake(parts, brings_more=sent is not None and not names <= seen)


def say_faults(form: forms.Form, intake: Intake) -> None:
    """Say at each question why its answer does not hold. Nothing has to be answered."""
    for part in intake.parts:
        for name, words in part.faults.items():
            form.add_error(name, words)


def _part(number: int, sheet: Sheet, *, sent: QueryDict | None, language: str) -> Part:
    now, prefix = clock.now(), f"q{number}-"
    blank = sheet.filled({}, language=language, now=now)
    given = _typed(sheet.cells(blank), prefix, sent) if sent is not None else {}
    filled = sheet.filled(given, language=language, now=now)
    shown = [(key, cell) for key, cell in sheet.cells(filled) if cell.shown]
    open_keys = [key for key, cell in shown if not cell.value]
    faults = {
        prefix + key: fault_words(cell.fault)
        for key, cell in shown
        if cell.fault is not None and not cell.missing
    }
    return Part(
        sheet=sheet,
        title=sheet.title(language),
        answers=Answered(sheet.asking, sheet.version, language, filled.answers, open_keys),
        fields={
            prefix + key: AnswerField(Question(prefix + key, cell), for_staff=False)
            for key, cell in shown
        },
        faults=faults,
    )


def _typed(cells: Any, prefix: str, sent: QueryDict) -> dict[str, str]:
    form = QuestionsForm(sent, questions=[Question(prefix + key, cell) for key, cell in cells])
    return {
        name.removeprefix(prefix): text
        for name, text in (form.answers() if form.is_valid() else {}).items()
    }
