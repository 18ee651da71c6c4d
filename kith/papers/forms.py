"""Forms of working papers, made from the columns of a section, and of letters."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.papers.rules.shapes import Cell, Column
from kith.web.forms import CentsField, Choices, KithForm, ManyChoices

MakesField = Callable[..., forms.Field]
MOST_TEXT = 2000
MOST_LINE = 300


class TextForm(KithForm):
    """One text of a section, or somebody's words."""

    text = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, help: str, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help


class LineForm(KithForm):
    """One line of a table: a field for each column."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        options: Mapping[str, Sequence[tuple[str, Any]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for column in columns:
            self.fields[column.key] = _field(column, options.get(column.key, ()))

    def values(self) -> dict[str, Any]:
        """The line as it is stored: plain values, empty ones left out."""
        found = {column.key: _plain(self.cleaned_data[column.key]) for column in self.columns}
        return {key: value for key, value in found.items() if value not in ("", None, [], False)}


class TicksForm(KithForm):
    """Sentences somebody can say of themselves."""

    ticks = forms.MultipleChoiceField(label=_("I can"), required=False, widget=ManyChoices)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["ticks"]).choices = list(choices)


class LetterForm(KithForm):
    """What somebody wrote or chose for a letter."""

    words = forms.CharField(
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    goals = forms.MultipleChoiceField(
        label=_("Goals that were reached"),
        help_text=_("Only those you tick stand in the letter."),
        required=False,
        widget=ManyChoices,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), widget=Choices)

    def __init__(
        self,
        *args: Any,
        label: str,
        goals: Sequence[tuple[str, str]],
        languages: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        cast(forms.ChoiceField, self.fields["language"]).choices = list(languages)
        cast(forms.MultipleChoiceField, self.fields["goals"]).choices = list(goals)
        if not goals:
            del self.fields["goals"]
        if not label:
            del self.fields["words"]

    def values(self) -> dict[str, Any]:
        """What the letter is made of."""
        data = self.cleaned_data
        return {
            "words": data.get("words", ""),
            "goals": data.get("goals", []),
            "language": data["language"],
        }


def _field(column: Column, options: Sequence[tuple[str, Any]]) -> forms.Field:
    common: dict[str, Any] = {
        "label": column.label,
        "help_text": column.help,
        "required": column.must,
    }
    if column.cell is Cell.SEVERAL:
        return forms.MultipleChoiceField(choices=list(options), widget=ManyChoices, **common)
    if options:
        empty = [] if column.must else [("", _("Open"))]
        return forms.ChoiceField(choices=[*empty, *options], **common)
    make: MakesField = _FIELDS.get(column.cell, _line_field)
    return make(**common)


def _line_field(**common: Any) -> forms.Field:
    words = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(max_length=MOST_LINE, widget=words, **common)


def _day_field(**common: Any) -> forms.Field:
    return forms.DateField(widget=forms.DateInput, **common)


def _done_field(**common: Any) -> forms.Field:
    return forms.BooleanField(**common)


def _time_field(**common: Any) -> forms.Field:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}), **common)


def _cents_field(**common: Any) -> forms.Field:
    return CentsField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)


_FIELDS: dict[Cell, MakesField] = {
    Cell.DAY: _day_field,
    Cell.TIME: _time_field,
    Cell.MONEY: _cents_field,
    Cell.DONE: _done_field,
}


def _plain(value: Any) -> Any:
    if isinstance(value, date) or hasattr(value, "strftime"):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value
