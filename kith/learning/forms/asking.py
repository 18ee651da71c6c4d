"""What organisations type who ask for a training, and what they are answered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.learning.commands.asking import Wish
from kith.web.forms import KithForm
from kith.web.words import countries

MOST_PEOPLE = 10_000


class AskForm(KithForm):
    """An organisation asks for a training."""

    asking = forms.CharField(
        label=_("Your organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We answer to this address, and use it for nothing else."),
        max_length=200,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    people = forms.IntegerField(
        label=_("About how many people?"),
        help_text=_("Leave it open if you do not know yet."),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    wish = forms.CharField(
        label=_("What would you like to learn?"),
        help_text=_("Who you are, what you meet in your work, when it would suit. No names."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_now("One field has to stay empty. Empty it and send again."))
        return ""

    def wish_in(self, language: str) -> Wish:
        """What was typed, as the command takes it."""
        typed: dict[str, Any] = {**self.cleaned_data}
        del typed["website"]
        return Wish(**typed, language=language)


class AnswerForm(KithForm):
    """What is answered."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )


class PageForm(KithForm):
    """The public page of courses: its address, and whether it is open."""

    slug = forms.SlugField(
        label=_("Address"),
        help_text=_("Small letters, digits and hyphens, such as: mosty."),
        max_length=40,
    )
    is_open = forms.BooleanField(label=_("The page is open to everybody"), required=False)
