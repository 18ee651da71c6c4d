"""Revoking a certificate, noting hours, checking a code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.learning.rules.certificate_words import HOURS_WORDS, REVOKED_WORDS
from kith.learning.rules.states import HoursKind, Revoked
from kith.web.forms import Choices, KithForm


class RevokeForm(KithForm):
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[(key.value, words) for key, words in REVOKED_WORDS.items()],
        widget=Choices,
    )
    note = forms.CharField(
        label=_("Note for the file"),
        help_text=_("The holder can read it. The public page does not show it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_why(self) -> Revoked:
        return Revoked(self.cleaned_data["why"])


class HoursForm(KithForm):
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=[(key.value, words) for key, words in HOURS_WORDS.items()],
        widget=Choices,
    )
    done_on = forms.DateField(label=_("When?"), widget=forms.DateInput)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=15, max_value=1440)

    def clean_kind(self) -> HoursKind:
        return HoursKind(self.cleaned_data["kind"])


class CodeForm(KithForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Twelve letters and digits, as they stand on the certificate."),
        max_length=24,
    )

    def clean_code(self) -> Any:
        return "".join(self.cleaned_data["code"].upper().split()).replace("-", "")
