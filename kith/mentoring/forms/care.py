"""Forms of talks and of the relationship check."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import NOTE, page_language
from kith.mentoring.rules.checks import check_texts
from kith.mentoring.rules.notes import TalkNote
from kith.mentoring.rules.states import TalkWay
from kith.mentoring.rules.words import TALK_WORDS
from kith.people.rules import Side
from kith.web.forms import Choices, KithForm


class TalkForm(KithForm):
    """The coordinator asked one side how it is going."""

    side = forms.ChoiceField(label=_("With whom?"), widget=Choices)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    way = forms.ChoiceField(label=_("How"), choices=list(TALK_WORDS.items()), widget=Choices)
    reached = forms.TypedChoiceField(
        label=_("Did you reach them?"),
        choices=[("yes", _("Yes, we talked")), ("no", _("No, I will try again"))],
        coerce=lambda value: value == "yes",
        widget=Choices,
        initial="yes",
    )
    note = forms.CharField(
        label=_("What is to be done now"),
        help_text=_("Only what the next step needs. Whoever it is about may read it."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, people: Mapping[Side, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["side"])
        field.choices = [(side.value, name) for side, name in people.items()]

    @property
    def talk(self) -> TalkNote:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        way, side = TalkWay(typed["way"]), Side(typed["side"])
        return TalkNote(side, typed["on"], way, typed["reached"], typed["note"])


class CheckForm(KithForm):
    """Six statements about the match, for one side."""

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts, language = check_texts(), page_language()
        options = [(one.key.value, one.name.say(language)) for one in texts.options]
        for one in texts.of(side):
            self.fields[one.key] = forms.ChoiceField(
                label=one.name.say(language), choices=options, widget=Choices
            )
