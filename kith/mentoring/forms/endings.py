"""Forms about the end of a match."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.mentoring.rules.words import CLOSE_WORDS
from kith.web.forms import Choices, KithForm


class FarewellForm(KithForm):
    """The day on which the two say goodbye."""

    farewell_on = forms.DateField(
        label=_("Day of the farewell"),
        help_text=_("A meeting of its own, with something nice about it."),
        widget=forms.DateInput,
    )


class MoreTimeForm(KithForm):
    """Until when the two go on."""

    until = forms.DateField(label=_("They go on until"), widget=forms.DateInput)


class CloseForm(KithForm):
    """Why a match ends, and whether the participant would like to go on with someone else."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        help_text=_("Nobody has to say more than this."),
        choices=list(CLOSE_WORDS.items()),
        widget=Choices,
    )
    waits_again = forms.BooleanField(
        label=_("The participant would like another mentor"), required=False
    )
