"""Questions of a questionnaire as fields of a form. Whether an answer holds, the methods say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.methods.instruments.answers import OK, Fault
from kith.methods.instruments.filling import Cell
from kith.methods.instruments.schema import CHOOSING, Kind, Span
from kith.web.forms.choices import CardText, ChoiceCards, ManyChoiceCards
from kith.web.forms.dress import KithForm, dress
from kith.web.words import Text

FAULT_WORDS: dict[str, Text] = {
    "required": _("Answer this question, or choose “Rather not say”."),
    "constraint": _("This answer does not fit the question. Please look at it again."),
    "not_whole": _("Write a whole number, such as 12."),
    "not_number": _("Write a number, such as 12.5."),
    "not_day": _("Choose a day from the calendar."),
    "not_time": _("Write the time as 17:30."),
    "not_moment": _("Choose a day and a time."),
    "not_step": _("Choose a number from %(start)s to %(end)s, in steps of %(step)s."),
    "not_choice": _("Choose an answer from the list."),
    "choice_again": _("One answer is there twice. Choose each once."),
}
MOST_CARDS = 30
"""More choices than this stand in a list to open."""
MOST_STEPS = 11
"""Steps of a range that stand side by side; a longer one is a number to write."""
LONGEST_ANSWER = 4_000
NOTHING: tuple[str, Text] = ("", "—")


@dataclass(frozen=True)
class Question:
    """A cell of a questionnaire and the key of its answer."""

    key: str
    cell: Cell


def fault_words(fault: Fault) -> str:
    """Why an answer does not hold: in the words of the questionnaire, or in ours."""
    return fault.own or str(FAULT_WORDS[fault.code]) % dict(fault.params)


class Moment(forms.TextInput):
    """A day and a time in one input, as browsers write it: 2026-03-31T18:30."""

    input_type = "datetime-local"


class RankChoices(forms.MultiWidget):
    """One list to open for each place, the first place first."""

    template_name = "web/widgets/rank.html"
    use_fieldset = True

    def __init__(self, choices: Sequence[tuple[str, Text]], attrs: dict[str, Any] | None = None):
        places = [forms.Select({"class": "form-select"}, [NOTHING, *choices]) for _place in choices]
        super().__init__(places, attrs)

    def decompress(self, value: Any) -> list[str]:
        return list(value or ())


class AnswerField(forms.Field):
    """The answer to one question as the text that is kept."""

    def __init__(self, question: Question, *, for_staff: bool) -> None:
        cell = question.cell
        guidance = cell.guidance if for_staff else ""
        super().__init__(
            label=cell.label or cell.hint,
            help_text=" ".join(filter(None, [cell.hint if cell.label else "", guidance])),
            required=False,
            initial=initial_of(cell),
            widget=widget_of(cell),
        )

    def clean(self, value: Any) -> str:
        if isinstance(value, bool):
            return OK if value else ""
        if isinstance(value, list | tuple):
            return " ".join(str(one) for one in value if one)
        return str(value or "").strip()[:LONGEST_ANSWER]


class QuestionsForm(KithForm):
    """The questions of one screen or of a whole page; `answers` gives what was typed."""

    def __init__(
        self,
        sent: Mapping[str, Any] | None = None,
        *,
        questions: Sequence[Question],
        for_staff: bool = False,
    ) -> None:
        super().__init__(sent)
        self.cells = {one.key: one.cell for one in questions}
        for one in questions:
            if not one.cell.read_only:
                self.fields[one.key] = AnswerField(one, for_staff=for_staff)
        dress(self.fields.values())

    def answers(self) -> dict[str, str]:
        """Key -> answer as text; empty where nothing was said."""
        return dict(self.cleaned_data)

    def show_fault(self, key: str, fault: Fault) -> None:
        """Say at a question why its answer does not hold."""
        self.add_error(key, fault_words(fault))


def initial_of(cell: Cell) -> Any:
    """What a widget shows for the answer that is kept."""
    if cell.item.kind is Kind.ACKNOWLEDGE:
        return cell.value == OK
    if cell.item.kind in {Kind.SELECT_MULTIPLE, Kind.RANK}:
        return cell.value.split()
    return cell.value


def widget_of(cell: Cell) -> forms.Widget:
    """The input that fits a question and a phone."""
    item = cell.item
    if item.kind in CHOOSING:
        return _choosing(cell)
    if item.kind is Kind.RANGE:
        return _range(cell)
    if item.kind is Kind.TEXT:
        return _text(cell)
    return SIMPLE[item.kind]()


def _text(cell: Cell) -> forms.Widget:
    appearance = cell.item.appearance.split()
    if "numbers" in appearance:
        return forms.TextInput({"inputmode": "numeric", "maxlength": "200"})
    if "multiline" in appearance or cell.item.lines > 1:
        return forms.Textarea({"rows": str(cell.item.lines or 4), "maxlength": str(LONGEST_ANSWER)})
    return forms.TextInput({"maxlength": str(LONGEST_ANSWER)})


def _choosing(cell: Cell) -> forms.Widget:
    choices = list(cell.options)
    if cell.item.kind is Kind.RANK:
        return RankChoices(choices)
    is_one = cell.item.kind is Kind.SELECT_ONE
    if is_one and ("minimal" in cell.item.appearance.split() or len(choices) > MOST_CARDS):
        return forms.Select(choices=[NOTHING, *choices])
    cards: ChoiceCards | ManyChoiceCards = (ChoiceCards if is_one else ManyChoiceCards)(NO_TEXTS)
    cards.choices = choices
    return cards


def _range(cell: Cell) -> forms.Widget:
    span = cell.item.span
    if span is None:
        return forms.TextInput()
    steps = round((float(span.end) - float(span.start)) / float(span.step))
    if steps < MOST_STEPS:
        row = ChoiceCards(NO_TEXTS, {"data-in-a-row": "yes"})
        row.choices = [(text, text) for text in steps_of(span, steps)]
        return row
    limits = {"min": span.start, "max": span.end, "step": span.step, "inputmode": "decimal"}
    return forms.NumberInput(limits)


def steps_of(span: Span, steps: int) -> list[str]:
    """The numbers of a short range as people write them: 0, 0.5, 1."""
    start, step = Decimal(span.start), Decimal(span.step)
    return [f"{(start + number * step).normalize():f}" for number in range(steps + 1)]


NO_TEXTS: dict[str, CardText] = {}
SIMPLE: dict[Kind, Callable[[], forms.Widget]] = {
    Kind.INTEGER: lambda: forms.TextInput({"inputmode": "numeric", "maxlength": "11"}),
    Kind.DECIMAL: lambda: forms.TextInput({"inputmode": "decimal", "maxlength": "32"}),
    Kind.DATE: forms.DateInput,
    Kind.TIME: forms.TimeInput,
    Kind.DATETIME: Moment,
    Kind.ACKNOWLEDGE: forms.CheckboxInput,
}
