"""The shape of what is typed about joint activities."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.activities.models import Activity, SignUp
from kith.activities.rules.plan import (
    LONGEST_MINUTES,
    MOST_GUESTS,
    MOST_PLACES,
    SHORTEST_MINUTES,
    USUAL_MINUTES,
    Plan,
    Rhythm,
)
from kith.activities.rules.words import RHYTHM_WORDS
from kith.people.models import Person
from kith.programmes.models import Programme
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.web.words import isolated


class ActivityForm(KithForm):
    """One activity, or one that repeats."""

    programme = forms.ChoiceField(
        label=_("Programme"),
        help_text=_("Everybody with a place in it sees the activity, matched or not."),
        widget=Choices,
    )
    title = forms.CharField(
        label=_("What"), help_text=_("Such as: Language café, Walk in the park."), max_length=120
    )
    about = forms.CharField(
        label=_("More about it"),
        help_text=_("In plain words: what happens, what to bring, whether children are welcome."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=_("How long"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        initial=USUAL_MINUTES,
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[(one.value, words) for one, words in RHYTHM_WORDS.items()],
        initial=Rhythm.ONCE.value,
        widget=Choices,
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("Leave it open if there is no end yet."),
        required=False,
        widget=forms.DateInput,
    )
    place = forms.CharField(
        label=_("Where"),
        help_text=_("Street and door, so that somebody new to the town finds it."),
        max_length=200,
        required=False,
    )
    link = forms.URLField(
        label=_("Link, if it is online"), max_length=300, required=False, assume_scheme="https"
    )
    places = forms.IntegerField(
        label=_("Places"),
        help_text=_("Guests count too. Leave it open if everybody can come."),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
    )

    def __init__(
        self, *args: Any, programmes: Sequence[Programme], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            for name in ("programme", "rhythm", "until"):
                del self.fields[name]
            return
        field = cast(forms.ChoiceField, self.fields["programme"])
        field.choices = [(str(one.pk), one.name) for one in programmes]
        if len(programmes) == 1:
            field.initial = str(programmes[0].pk)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("place") and not typed.get("link") and not self.errors:
            self.add_error("place", _("Say where it is, or give a link."))
        until, day = typed.get("until"), typed.get("day")
        if until and day and until < day:
            self.add_error("until", _("The end comes before the first day."))
        return typed

    @property
    def plan(self) -> Plan:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        return Plan(
            title=typed["title"],
            about=typed["about"],
            place=typed["place"],
            link=typed["link"],
            starts_at=timezone.make_aware(datetime.combine(typed["day"], typed["time"])),
            minutes=typed["minutes"],
            places=typed["places"],
            rhythm=Rhythm(typed.get("rhythm") or Rhythm.ONCE.value),
            until=typed.get("until"),
        )


def first_values(activity: Activity) -> dict[str, Any]:
    """What the form of a planned activity begins with."""
    begin = timezone.localtime(activity.starts_at)
    names = ("title", "minutes", "place", "link", "places")
    return {
        "day": begin.date(),
        "time": begin.time().replace(second=0, microsecond=0),
        "about": str(activity.about),
        **{name: getattr(activity, name) for name in names},
    }


class ComingForm(KithForm):
    """Somebody comes, alone or with others."""

    guests = forms.IntegerField(
        label=_("Who comes with you?"),
        help_text=_("Children and friends. Leave 0 if you come alone."),
        min_value=0,
        max_value=MOST_GUESTS,
        initial=0,
    )


class CallOffForm(KithForm):
    """An activity does not take place."""

    note = forms.CharField(
        label=_("What shall people know?"),
        help_text=_("Such as: We meet again on 3 December. Everybody who signed up reads it."),
        max_length=200,
        required=False,
    )


class EndSeriesForm(KithForm):
    """The last day of a repeating activity."""

    last = forms.DateField(label=_("Last day"), widget=forms.DateInput)


class WhoCameForm(KithForm):
    """Who of those who signed up came, and how many others."""

    came = forms.MultipleChoiceField(
        label=_("Who came?"), required=False, widget=ManyChoices, choices=[]
    )
    others = forms.IntegerField(
        label=_("How many others came?"),
        help_text=_("People who had not signed up. Only their number is kept."),
        min_value=0,
        max_value=MOST_PLACES,
        initial=0,
    )

    def __init__(self, *args: Any, answers: Sequence[SignUp], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["came"])
        field.choices = [(str(one.person_id), _line(one)) for one in answers]
        field.initial = [str(one.person_id) for one in answers if one.came is not False]
        if not answers:
            del self.fields["came"]

    @property
    def keys(self) -> list[UUID]:
        """The persons who came."""
        return [UUID(key) for key in self.cleaned_data.get("came", [])]


def _line(one: SignUp) -> str:
    name = isolated(one.person.called or one.person.name)
    return f"{name} + {one.guests}" if one.guests else name


class PictureForm(KithForm):
    """A picture, and who can be recognised on it."""

    picture = forms.FileField(label=_("Picture"), help_text=_("JPEG or PNG, as a phone takes it."))
    alt = forms.CharField(
        label=_("What does it show?"),
        help_text=_("One sentence for people who cannot see it. No names."),
        max_length=200,
    )
    persons = forms.MultipleChoiceField(
        label=_("Who can be recognised?"),
        help_text=_("Only people who agreed to pictures. All others must not be on it."),
        required=False,
        widget=ManyChoices,
        choices=[],
    )
    nobody = forms.BooleanField(label=_("Nobody can be recognised on it"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["persons"])
        field.choices = [(str(one.pk), isolated(one.called or one.name)) for one in people]
        if not people:
            del self.fields["persons"]

    @property
    def keys(self) -> list[UUID]:
        """The persons who can be recognised."""
        return [UUID(key) for key in self.cleaned_data.get("persons", [])]
