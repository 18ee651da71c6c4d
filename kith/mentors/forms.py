"""The shape of what people type in this room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.mentors.rules.conduct import sentences_of
from kith.mentors.rules.references import LONGEST_ANSWER, questions
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


class RefereeForm(KithForm):
    """Somebody who knows the mentor."""

    name = forms.CharField(
        label=_("Name of the person"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    email = forms.EmailField(label=_("Their e-mail"))
    language = forms.ChoiceField(label=_("Language of the questions"), choices=())
    agrees = forms.BooleanField(label=_("The person knows that you name them and agrees."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, language_name(code)) for code, _own_name in settings.LANGUAGES]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]


class ReferenceForm(KithForm):
    """Five short questions about somebody one knows, in the language of the page."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions().questions:
            self.fields[one.key] = forms.CharField(
                label=one.text.say(language),
                help_text=one.help.say(language),
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )
        dress(self.fields.values())


class CapacityForm(KithForm):
    """How many people a mentor takes on, and from when."""

    capacity = forms.IntegerField(
        label=_("How many people at a time?"),
        min_value=0,
        max_value=20,
        help_text=_("0 means: nobody new for now. One or two is usual."),
    )
    available_since = forms.DateField(
        label=_("From which day?"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Leave it empty if you can begin now."),
    )


class RestForm(KithForm):
    """Until when nobody new shall come."""

    until = forms.DateField(
        label=_("I rest until"),
        widget=forms.DateInput,
        help_text=_("Nobody new is proposed to you until then. No reason is needed."),
    )
