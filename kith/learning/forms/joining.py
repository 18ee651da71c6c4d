"""What somebody says who joins an edition."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.learning.rules.words import language_words
from kith.web.forms import Choices, KithForm
from kith.web.words import countries


class JoinForm(KithForm):
    """Where somebody works, and in which language they read."""

    country = forms.ChoiceField(
        label=_("In which country do you work?"),
        help_text=_("Some editions are for certain countries. Only the country is kept."),
        choices=countries,
    )
    language = forms.ChoiceField(
        label=_("In which language would you like to read?"),
        help_text=_("You can change it on every page."),
        widget=Choices,
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["language"])
        field.choices = [(code, language_words(code)) for code in languages]
