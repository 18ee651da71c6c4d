"""Forms of matching."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.matching.rules.reasons import REASON_WORDS
from kith.matching.rules.states import Answer, Side
from kith.web.forms import CardText, ChoiceCards, Choices, KithForm

LINE = 200


class AcceptForm(KithForm):
    """One line on why these two."""

    why = forms.CharField(
        label=_("Why these two?"),
        help_text=_("One line in your own words. It stays with the match."),
        max_length=LINE,
    )


class RejectForm(KithForm):
    """Why a pair is not brought together."""

    reason = forms.ChoiceField(
        label=_("What speaks against it?"), choices=list(REASON_WORDS.items()), widget=Choices
    )
    note = forms.CharField(label=_("Note"), max_length=LINE, required=False)


ANSWER_LABELS = [
    (Answer.YES.value, _("Yes, I would like to meet")),
    (Answer.NO.value, _("No, thank you")),
    (Answer.ASK.value, _("I have a question first")),
]


class AnswerForm(KithForm):
    """Someone's own answer; nobody has to say why."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWER_LABELS,
        widget=ChoiceCards(
            {
                Answer.YES.value: CardText(
                    _("When the other person says yes too, you learn each other's names."),
                    "check",
                ),
                Answer.NO.value: CardText(
                    _("You need not say why. We go on looking for you."), "close"
                ),
                Answer.ASK.value: CardText(_("Your coordinator calls you."), "question"),
            }
        ),
    )


class NotedAnswerForm(KithForm):
    """An answer that somebody gave by phone."""

    side = forms.ChoiceField(choices=[(side.value, side.value) for side in Side])
    answer = forms.ChoiceField(choices=[(one.value, one.value) for one in Answer if one])
