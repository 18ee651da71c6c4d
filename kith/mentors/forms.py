"""The shape of what people type in this room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.mentors.rules.conduct import sentences_of
from kith.people.rules.labels import language_name
from kith.web.forms import KithForm, dress

MOST_LETTERS = 4000


class AcceptForm(KithForm):
    """A yes to the code of conduct, to the words of one language."""

    language = forms.CharField(widget=forms.HiddenInput, max_length=8)
    agrees = forms.BooleanField(label=_("I have read this and I promise it."))


class OwnSentencesForm(KithForm):
    """The organisation's own sentences, a field for each language of the pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _own_name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(
                label=language_name(code),
                required=False,
                max_length=MOST_LETTERS,
                help_text=_("One sentence on each line."),
                widget=forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "auto"}),
            )
        dress(self.fields.values())

    @staticmethod
    def initial_of(own: Mapping[str, Sequence[str]]) -> dict[str, str]:
        return {language: "\n".join(lines) for language, lines in own.items()}

    def sentences(self) -> dict[str, list[str]]:
        """What was written, by language."""
        return {code: sentences_of(self.cleaned_data[code]) for code in self.fields}
