"""Forms about meetings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.interpreters.models import Booking
from kith.mentoring.forms.shared import LINE, page_language, ways
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.rules.states import LONGEST_MINUTES, SHORTEST_MINUTES, USUAL_MINUTES
from kith.mentoring.rules.texts import topic_areas
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.web.words import full_day


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

    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        help_text=_("Who was booked and came. That is what they are paid for."),
        widget=Choices,
        required=False,
    )

    def __init__(self, *args: Any, bookings: Sequence[Booking] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bookings = {str(one.pk): one for one in bookings}
        if not bookings:
            del self.fields["interpreter"]
            return
        field: Any = self.fields["interpreter"]
        field.choices = [("", _("Nobody")), *((str(one.pk), _booked(one)) for one in bookings)]

    @property
    def note(self) -> MeetingNote:
        """What was typed, as the command takes it."""
        typed = {key: said for key, said in self.cleaned_data.items() if key != "interpreter"}
        return MeetingNote(**{**typed, "topics": tuple(typed["topics"])})

    @property
    def booking(self) -> Booking | None:
        """The booking of the interpreter who was present."""
        return self.bookings.get(self.cleaned_data.get("interpreter", ""))


def _booked(one: Booking) -> str:
    begun = timezone.localtime(one.starts_at)
    return f"{one.interpreter.name}, {full_day(begun.date())}, {begun:%H:%M}"


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
