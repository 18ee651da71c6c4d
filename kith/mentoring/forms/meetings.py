"""Forms about meetings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.interpreters.models import Booking
from kith.matching.rules.words import called
from kith.mentoring.forms.shared import LINE, page_language, ways
from kith.mentoring.models import MatchMember
from kith.mentoring.rules.notes import MeetingNote, MeetingPlan
from kith.mentoring.rules.states import (
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    lengths_at_a_tap,
)
from kith.mentoring.rules.texts import topic_areas
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.web.words import full_day

PAIR = 2
LOCAL = "%Y-%m-%dT%H:%M"
"""How an address names a moment, by the clock of this installation."""


def _topics() -> list[tuple[str, str]]:
    return [(one.key, one.name.say(page_language())) for one in topic_areas()]


class MeetingForm(KithForm):
    """A meeting that took place. Nothing of what was said is asked for."""

    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    minutes = forms.IntegerField(
        label=_("How long"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
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

    interpreter_came = forms.BooleanField(label=_("An interpreter was there"), required=False)
    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=ManyChoices, required=False
    )

    def __init__(
        self,
        *args: Any,
        bookings: Sequence[Booking] = (),
        members: Sequence[MatchMember] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bookings = {str(one.pk): one for one in bookings}
        self._offer_bookings(bookings)
        if len(members) <= PAIR:
            del self.fields["present"]
            return
        field: Any = self.fields["present"]
        field.choices = [(str(one.pk), called(one.person)) for one in members]
        self.initial.setdefault("present", [str(one.pk) for one in members])

    def _offer_bookings(self, bookings: Sequence[Booking]) -> None:
        if not bookings:
            del self.fields["interpreter"]
            return
        del self.fields["interpreter_came"]
        field: Any = self.fields["interpreter"]
        field.choices = [("", _("Nobody")), *((str(one.pk), _booked(one)) for one in bookings)]

    @property
    def note(self) -> MeetingNote:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        present = typed.get("present")
        return MeetingNote(
            held_on=typed["held_on"],
            minutes=typed["minutes"],
            way=typed["way"],
            topics=tuple(typed["topics"]),
            next_step=typed["next_step"],
            interpreter_came=typed.get("interpreter_came", False),
            present=None if present is None else frozenset(UUID(key) for key in present),
        )

    @property
    def booking(self) -> Booking | None:
        """The booking of the interpreter who was present."""
        return self.bookings.get(self.cleaned_data.get("interpreter", ""))


def _booked(one: Booking) -> str:
    begun = timezone.localtime(one.starts_at)
    return f"{one.interpreter.name}, {full_day(begun.date())}, {begun:%H:%M}"


class PlanForm(KithForm):
    """When, for how long and where people meet next."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=_("How long"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
    )
    way = forms.ChoiceField(label=_("How"), choices=ways, widget=Choices)
    place = forms.CharField(
        label=_("Place or link"),
        help_text=_("An address, a café, or the link of a video call."),
        max_length=LINE,
        required=False,
    )
    interpreter_wanted = forms.BooleanField(label=_("We need an interpreter"), required=False)

    @property
    def plan(self) -> MeetingPlan:
        """What was typed, with day and time in the time zone of this installation."""
        typed = self.cleaned_data
        return MeetingPlan(
            at=timezone.make_aware(datetime.combine(typed["day"], typed["time"])),
            minutes=typed["minutes"],
            way=typed["way"],
            place=typed["place"],
            interpreter_wanted=typed["interpreter_wanted"],
        )


class LengthForm(forms.Form):
    """A length that one taps instead of typing it."""

    def __init__(self, *given: Any, usual: int) -> None:
        super().__init__(*given)
        self.usual = usual
        self.fields["minutes"] = forms.TypedChoiceField(
            choices=[(one, one) for one in lengths_at_a_tap(usual)], coerce=int
        )

    @property
    def chosen(self) -> int:
        """The length asked for; the usual one for anything else."""
        return cast(int, self.cleaned_data["minutes"]) if self.is_valid() else self.usual


def plan_values(*, way: str, minutes: int, at: str = "") -> dict[str, Any]:
    """What a new plan begins with: a time that was found, where an address names one."""
    first: dict[str, Any] = {"way": way, "minutes": minutes}
    try:
        found = datetime.strptime(at, LOCAL)  # noqa: DTZ007 - by the clock here
    except ValueError:
        return first
    return {**first, "day": found.date(), "time": found.strftime("%H:%M")}


def first_values(*, today: date, way: str, minutes: int) -> dict[str, Any]:
    """What a new note of a meeting begins with."""
    return {"held_on": today, "minutes": minutes, "way": way}
