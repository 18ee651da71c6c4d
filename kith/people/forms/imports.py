"""Forms of an import: the file, its columns, unknown words, who is who, and corrections."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kith.methods.tables import TARGETS, Kind
from kith.people.models import ImportRow
from kith.people.rules import Choice, ImportKind, labels
from kith.people.rules.listrows import Plain
from kith.web.forms import Choices, KithForm, WeekField, dress
from kith.web.words import isolated

MOST_TIMES = 8
FAIR_LEVEL = 3


class UploadForm(KithForm):
    """A file, and who is on it."""

    kind = forms.ChoiceField(
        label=_("Who is on the list"),
        choices=[
            (ImportKind.PARTICIPANTS, _("Participants")),
            (ImportKind.MENTORS, _("Mentors")),
        ],
        widget=Choices,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A spreadsheet saved as .xlsx or .csv, as you keep it today."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )


class SheetForm(KithForm):
    """Which sheet of the file, and who is on it."""

    kind = UploadForm.base_fields["kind"]
    sheet = forms.ChoiceField(label=_("Sheet"))

    def __init__(self, *args: Any, sheets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        if len(sheets) < 2:
            del self.fields["sheet"]

    def chosen(self) -> dict[str, str]:
        """The kind of people and the sheet; an empty name when the file has only one."""
        return {"kind": self.cleaned_data["kind"], "sheet": self.cleaned_data.get("sheet", "")}


class ColumnsForm(KithForm):
    """What each column is: one field for each heading."""

    def __init__(
        self, *args: Any, kind: str, headings: Sequence[str], chosen: Mapping[str, str], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.headings = {f"column-{number}": text for number, text in enumerate(headings)}
        offered = [(target.value, labels.TARGETS[target]) for target in TARGETS[Kind(kind)]]
        for name, heading in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=heading,
                required=False,
                choices=[("", _("Leave out")), *offered],
                initial=chosen.get(heading, ""),
            )
        dress(self.fields.values())

    def columns(self) -> dict[str, str]:
        """Heading → target; empty for a column that is left out."""
        return {heading: self.cleaned_data[name] for name, heading in self.headings.items()}


class WordsForm(KithForm):
    """What words mean that Kith does not know; what stays open goes to the note."""

    def __init__(self, *args: Any, unknown: Sequence[Sequence[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[str, str]] = {}
        times = 0
        for number, (target, text, count) in enumerate(unknown):
            times += target == "availability"
            if target == "availability" and times > MOST_TIMES:
                continue
            name = f"word-{number}"
            self.asked[name] = (target, text)
            self.fields[name] = _word_field(target, text, count)
        dress(self.fields.values())

    def words(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(target, text) → codes, for the words that were answered."""
        answers = {pair: self.cleaned_data[name] for name, pair in self.asked.items()}
        return {pair: _codes(pair[0], answer) for pair, answer in answers.items() if answer}


def _word_field(target: str, text: str, count: int) -> forms.Field:
    label = f"“{isolated(text)}”"
    seen = ngettext("In %(count)d row", "In %(count)d rows", count) % {"count": count}
    if target == "availability":
        return WeekField(label=label, required=False, help_text=seen)
    offered: list[Any] = [("", _("Leave in the note"))]
    if target == "languages":
        offered += labels.languages()
    else:
        offered += labels.NEEDS.items()
    return forms.ChoiceField(label=label, required=False, choices=offered, help_text=seen)


def _codes(target: str, answer: Any) -> tuple[str, ...]:
    if target == "availability":
        return tuple(answer)
    return (f"{answer}:{FAIR_LEVEL}",) if target == "languages" else (str(answer),)


class ConfirmForm(KithForm):
    """The one yes before anything is stored."""

    adults = forms.BooleanField(label=_("Everyone on this list is 18 or older"))


class TwinForm(KithForm):
    """Who one row is."""

    def __init__(self, *args: Any, row: ImportRow, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"row-{row.number}", **kwargs)
        asked = (Choice.SAME, Choice.NEW, Choice.LEAVE)
        self.fields["choice"] = forms.ChoiceField(
            label=_("This row is"),
            choices=[(choice, labels.CHOICES[choice]) for choice in asked],
            initial=row.choice,
            widget=Choices,
        )
        dress(self.fields.values())


class CorrectForm(KithForm):
    """The cells of one row, as they were written."""

    def __init__(self, *args: Any, cells: Plain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"cell-{number}": heading for number, heading in enumerate(cells)}
        for name, heading in self.names.items():
            self.fields[name] = forms.CharField(
                label=heading,
                required=False,
                max_length=5000,
                initial=cells[heading],
                widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            )
        dress(self.fields.values())

    def cells(self) -> dict[str, str]:
        """Heading → text."""
        return {heading: self.cleaned_data[name] for name, heading in self.names.items()}

    def say(self, remarks: Sequence[tuple[str, str]]) -> None:
        """Show remarks at their cells: (heading, sentence)."""
        by_heading = {heading: name for name, heading in self.names.items()}
        for heading, sentence in remarks:
            self.add_error(by_heading.get(heading), sentence)
