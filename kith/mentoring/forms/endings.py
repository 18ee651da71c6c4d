"""Forms about the end of a match."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import NOTE, page_language
from kith.mentoring.rules.closing import (
    NEXT_OF,
    NEXT_WORDS,
    ClosingNote,
    FollowUpNote,
    FollowUpState,
    Question,
    closing_texts,
)
from kith.mentoring.rules.states import TalkWay
from kith.mentoring.rules.words import CLOSE_WORDS, TALK_WORDS
from kith.people.rules import Side
from kith.web.forms import Choices, KithForm, ManyChoices


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


class WordsForm(KithForm):
    """A talk with one side: voluntary questions, what could come next, and a note."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    way = forms.ChoiceField(label=_("How"), choices=list(TALK_WORDS.items()), widget=Choices)
    wants = forms.MultipleChoiceField(
        label=_("What would help next?"), required=False, widget=ManyChoices
    )
    note = forms.CharField(
        label=_("What you agreed"),
        help_text=_("Only what the next step needs. Whoever it is about may read it."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, questions: Sequence[Question], side: Side, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = page_language()
        options = [(one.key.value, one.name.say(language)) for one in closing_texts().options]
        self.question_names = [one.key for one in questions]
        for one in questions:
            self.fields[one.key] = forms.ChoiceField(
                label=one.name.say(language),
                choices=[*options, ("", _("Rather not say"))],
                required=False,
                widget=Choices,
            )
        wants = cast(forms.MultipleChoiceField, self.fields["wants"])
        wants.choices = [(one.value, NEXT_WORDS[one]) for one in NEXT_OF[side]]

    @property
    def questions(self) -> list[Any]:
        """The fields of the questions, in order."""
        return [self[name] for name in self.question_names]

    @property
    def answers(self) -> dict[str, str]:
        """What was answered; a question left out is not there."""
        typed = self.cleaned_data
        return {name: typed[name] for name in self.question_names if typed.get(name)}


class ClosingTalkForm(WordsForm):
    """The closing talk with one side alone."""

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, questions=closing_texts().of(side), side=side, **kwargs)

    @property
    def talk(self) -> ClosingNote:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        way, wants = TalkWay(typed["way"]), tuple(typed["wants"])
        return ClosingNote(typed["on"], way, self.answers, wants, typed["note"])


class FollowUpForm(WordsForm):
    """A short talk some months after the end."""

    state = forms.ChoiceField(
        label=_("Did you reach them?"),
        choices=[
            (FollowUpState.HELD.value, _("Yes, we talked")),
            (FollowUpState.NOT_REACHED.value, _("No, not after several tries")),
            (FollowUpState.NOT_WISHED.value, _("They would rather not talk now")),
        ],
        initial=FollowUpState.HELD.value,
        widget=Choices,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        questions = closing_texts().follow_up
        super().__init__(*args, questions=questions, side=Side.PARTICIPANT, **kwargs)

    @property
    def talk(self) -> FollowUpNote:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        way, wants = TalkWay(typed["way"]), tuple(typed["wants"])
        state = FollowUpState(typed["state"])
        return FollowUpNote(state, typed["on"], way, self.answers, wants, typed["note"])
