"""What somebody says who joins an edition."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.learning.commands.seats import SeatWish
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


class SeatForm(JoinForm):
    """What somebody types who asks for a seat without an account."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("It stands on your certificate. You can change it later."),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send you a link to confirm it. Later you sign in with it."),
        max_length=200,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    country = forms.ChoiceField(
        label=_("In which country do you work?"),
        help_text=_("Some editions are for certain countries."),
        choices=countries,
    )
    works_at = forms.CharField(
        label=_("Your organisation"),
        help_text=_("Leave it open if you come on your own."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    field_order = ("name", "email", "country", "works_at", "language")

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_now("One field has to stay empty. Empty it and send again."))
        return ""

    @property
    def wish(self) -> SeatWish:
        """What was typed, as the command takes it."""
        typed: dict[str, Any] = {**self.cleaned_data}
        del typed["website"]
        return SeatWish(**typed)
