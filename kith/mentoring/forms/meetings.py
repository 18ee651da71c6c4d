"""Forms about meetings."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import LINE, page_language, ways
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.rules.states import LONGEST_MINUTES, SHORTEST_MINUTES, USUAL_MINUTES
from kith.mentoring.rules.texts import topic_areas
from kith.web.forms import Choices, KithForm, ManyChoices


def _topics() -> list[tuple[str, str]]:
    return [(one.key, one.name.say(page_language())) for one in topic_areas()]


class MeetingForm(KithForm):
    """A meeting that took place. Nothing of what was said is asked for."""

    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    minutes = forms.IntegerField(
        label=_("How long"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        initial=USUAL_MINUTES,
    )
    way = forms.ChoiceField(label=_("How"), choices=ways, widget=Choices)
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
    way = forms.ChoiceField(label=_("How"), choices=ways, widget=Choices)

    @property
    def planned_at(self) -> datetime:
        """Day and time in the time zone of this installation."""
        typed = self.cleaned_data
        return timezone.make_aware(datetime.combine(typed["day"], typed["time"]))


def first_values(*, today: date, way: str) -> dict[str, Any]:
    """What a new note of a meeting begins with."""
    return {"held_on": today, "minutes": USUAL_MINUTES, "way": way}
