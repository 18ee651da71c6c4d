"""Forms of mentoring."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kith.mentoring.rules.checks import check_texts
from kith.mentoring.rules.notes import MeetingNote, TalkNote
from kith.mentoring.rules.states import (
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    USUAL_MINUTES,
    ChosenBy,
    TalkWay,
    Who,
)
from kith.mentoring.rules.texts import topic_areas, ways_of_meeting
from kith.mentoring.rules.words import CLOSE_WORDS, TALK_WORDS
from kith.people.rules import Side
from kith.progress.rules import all_domains
from kith.web.forms import (
    CardText,
    ChoiceCards,
    Choices,
    KithForm,
    ManyChoices,
    SignatureField,
)

LINE, NOTE = 200, 500


def _language() -> str:
    return get_language() or "en"


def _ways() -> list[tuple[str, str]]:
    return [(one.key.value, one.name.say(_language())) for one in ways_of_meeting()]


def _topics() -> list[tuple[str, str]]:
    return [(one.key, one.name.say(_language())) for one in topic_areas()]


class MeetingForm(KithForm):
    """A meeting that took place. Nothing of what was said is asked for."""

    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    minutes = forms.IntegerField(
        label=_("How long"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        initial=USUAL_MINUTES,
    )
    way = forms.ChoiceField(label=_("How"), choices=_ways, widget=Choices)
    topics = forms.MultipleChoiceField(
        label=_("What it was about"),
        help_text=_("Only the area. What was said stays between you."),
        choices=_topics,
        widget=ManyChoices,
        required=False,
    )
    next_step = forms.CharField(
        label=_("Next step"),
        help_text=_("One line, such as: call the school together."),
        max_length=LINE,
        required=False,
    )

    @property
    def note(self) -> MeetingNote:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        return MeetingNote(**{**typed, "topics": tuple(typed["topics"])})


class PlanForm(KithForm):
    """When the two meet next."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    way = forms.ChoiceField(label=_("How"), choices=_ways, widget=Choices)

    @property
    def planned_at(self) -> datetime:
        """Day and time in the time zone of this installation."""
        typed = self.cleaned_data
        return timezone.make_aware(datetime.combine(typed["day"], typed["time"]))


def _domains() -> list[tuple[str, str]]:
    return [(one.key, one.short_name.say(_language())) for one in all_domains()]


class _DomainCards(ChoiceCards):
    """The eight domains with their pictograms."""

    def __init__(self) -> None:
        super().__init__({one.key: CardText(icon=one.pictogram.key) for one in all_domains()})


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


class GoalForm(KithForm):
    """A goal in the participant's words."""

    title = forms.CharField(
        label=_("What shall be different?"),
        help_text=_("In the participant's own words, such as: I go to the doctor on my own."),
        max_length=LINE,
    )
    domain_key = forms.ChoiceField(label=_("Area"), choices=_domains, widget=_DomainCards)
    chosen_by = forms.ChoiceField(label=_("Who chose it?"), widget=Choices)
    due_on = forms.DateField(
        label=_("By when?"),
        help_text=_("Leave it open if there is no date."),
        widget=forms.DateInput,
        required=False,
    )

    def __init__(self, *args: Any, participant: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["chosen_by"])
        field.choices = [
            (ChosenBy.PARTICIPANT.value, participant),
            (ChosenBy.TOGETHER.value, _("Both together")),
        ]
        field.initial = ChosenBy.PARTICIPANT.value


class StepForm(KithForm):
    """A small step."""

    text = forms.CharField(label=_("Next small step"), max_length=LINE)
    who = forms.ChoiceField(label=_("Who does it?"), widget=Choices)

    def __init__(self, *args: Any, people: Mapping[Who, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["who"])
        field.choices = [(who.value, name) for who, name in people.items()]
        field.initial = Who.PARTICIPANT.value


class SignForm(KithForm):
    """A signature under the agreement."""

    signature = SignatureField(label=_("Signature"))


class CheckForm(KithForm):
    """Six statements about the match, for one side."""

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts, language = check_texts(), _language()
        options = [(one.key.value, one.name.say(language)) for one in texts.options]
        for one in texts.of(side):
            self.fields[one.key] = forms.ChoiceField(
                label=one.name.say(language), choices=options, widget=Choices
            )


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


def first_values(*, today: date, way: str) -> dict[str, Any]:
    """What a new note of a meeting begins with."""
    return {"held_on": today, "minutes": USUAL_MINUTES, "way": way}
