"""Choosing a step in one domain."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kith.progress.rules import Domain, Step, step_words
from kith.web.forms import CardText, ChoiceCards, KithForm


class StepForm(KithForm):
    """Five sentences, from "not yet" to "could help others"; one fits best today."""

    step = forms.TypedChoiceField(
        label=gettext_lazy("Which sentence fits best today?"),
        coerce=Step,
        error_messages={"required": gettext_lazy("Choose a sentence, or leave it open for now.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("Only if you like. Nothing about other people."),
    )

    def __init__(self, *args: Any, domain: Domain, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {step.value: CardText(help=step_words(step).name.say(language)) for step in Step}
        self.fields["step"].widget = ChoiceCards(names)
        sentences = [(step.value, domain.sentence_for(step).say(language)) for step in Step]
        self.fields["step"].choices = sentences  # type: ignore[attr-defined]
        self.fields["step"].widget.attrs["class"] = "form-check-input"
