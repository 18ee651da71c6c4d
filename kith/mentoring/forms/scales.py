"""Forms about the outcomes of a goal."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import LINE
from kith.mentoring.rules.scaling import Outcome
from kith.mentoring.rules.words import OUTCOME_WORDS
from kith.web.forms import Choices, KithForm


class OutcomesForm(KithForm):
    """Five outcomes in the participant's words, and which of them is true now."""

    at_start = forms.ChoiceField(
        label=_("Which of them is true now?"),
        choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()],
        widget=Choices,
    )
    field_order = [*(one.value for one in Outcome), "at_start"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one, words in OUTCOME_WORDS.items():
            self.fields[one.value] = forms.CharField(label=str(words), max_length=LINE)
        self.order_fields(self.field_order)

    @property
    def words(self) -> dict[Outcome, str]:
        """What was typed for each outcome."""
        return {one: self.cleaned_data[one.value] for one in Outcome}


class OutcomeForm(KithForm):
    """Which of the five is true now, in the words of those who described them."""

    outcome = forms.ChoiceField(label=_("What is true now?"), widget=Choices)

    def __init__(self, *args: Any, words: Mapping[Outcome, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["outcome"])
        field.choices = [(one.value, said) for one, said in words.items()]
