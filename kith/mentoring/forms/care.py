"""Forms of talks, of the relationship check, and of a pause."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import NOTE, page_language
from kith.mentoring.rules.checks import check_texts
from kith.mentoring.rules.notes import PauseNote, TalkNote
from kith.mentoring.rules.states import PauseReason, TalkWay
from kith.mentoring.rules.words import PAUSE_WORDS, TALK_WORDS
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
        label=_("What you agreed as the next step"),
        help_text=_("Only what the next step needs. Whoever it is about may read it."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    again_on = forms.DateField(
        label=_("Call again on"),
        help_text=_("Until then it rests on your list. Leave it empty when all is well."),
        widget=forms.DateInput,
        required=False,
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
        note, again_on = typed["note"], typed["again_on"]
        return TalkNote(side, typed["on"], way, typed["reached"], note, again_on)


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


class PauseForm(KithForm):
    """Why a match rests, since when, and when somebody asks how things stand."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("Nobody has to say more than this."),
        choices=list(PAUSE_WORDS.items()),
        widget=Choices,
    )
    from_on = forms.DateField(label=_("The match rests since"), widget=forms.DateInput)
    until_on = forms.DateField(
        label=_("Probably until"),
        help_text=_("Leave it open if nobody knows yet."),
        widget=forms.DateInput,
        required=False,
    )
    review_on = forms.DateField(
        label=_("Ask how things stand on"),
        help_text=_("On that day the match comes back to your list."),
        widget=forms.DateInput,
    )

    @property
    def note(self) -> PauseNote:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        return PauseNote(
            PauseReason(typed["reason"]), typed["from_on"], typed["until_on"], typed["review_on"]
        )


class LongerPauseForm(KithForm):
    """The match rests for longer."""

    until_on = forms.DateField(
        label=_("Probably until"),
        help_text=_("Leave it open if nobody knows yet."),
        widget=forms.DateInput,
        required=False,
    )
    review_on = forms.DateField(label=_("Ask how things stand on"), widget=forms.DateInput)
