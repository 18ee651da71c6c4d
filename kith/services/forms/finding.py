"""Searching the directory, and saying that an entry is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.people.models import Place
from kith.people.rules.labels import languages
from kith.services.forms.shared import ANY, choose
from kith.services.rules import words
from kith.services.rules.states import (
    WrongEntry,
)
from kith.web.forms import Choices, KithForm


class SearchForm(KithForm):
    """What somebody looks for; everything may be left open."""

    q = forms.CharField(
        label=gettext_lazy("What are you looking for?"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A name, a street, a kind of help"),
    )
    need = forms.ChoiceField(label=gettext_lazy("What for"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("In which language"), required=False)
    place = forms.ModelChoiceField(
        label=gettext_lazy("Near"), required=False, queryset=Place.objects.none(), empty_label=None
    )
    km = forms.ChoiceField(
        label=gettext_lazy("How far away"),
        required=False,
        choices=[
            ("", gettext_lazy("Any distance")),
            *[(str(km), f"{km} km") for km in (2, 5, 10, 25, 50)],
        ],
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When open"),
        required=False,
        choices=[
            ("", gettext_lazy("Any time")),
            ("now", gettext_lazy("Open now")),
            ("evening", gettext_lazy("On a weekday evening")),
            ("weekend", gettext_lazy("At the weekend")),
        ],
    )
    free = forms.BooleanField(label=gettext_lazy("Free of charge"), required=False)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["need"], [*ANY, *words.needs_to_choose()])
        choose(self.fields["language"], [*ANY, *languages()])
        near = self.fields["place"]
        near.queryset = places  # type: ignore[attr-defined]
        near.empty_label = _("Anywhere")  # type: ignore[attr-defined]


class ReportForm(KithForm):
    """Something in an entry is wrong."""

    what = forms.TypedChoiceField(
        label=gettext_lazy("What is wrong?"),
        coerce=WrongEntry,
        widget=Choices(),
        choices=list(words.WRONG_ENTRIES.items()),
    )
    note = forms.CharField(
        label=gettext_lazy("What would be right, if you know"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
