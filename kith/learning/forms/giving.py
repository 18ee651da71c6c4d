"""What trainers type: editions, live sessions, announcements, extra time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.gate.models import Membership
from kith.learning.commands.planning import EditionPlan
from kith.learning.models import Edition, Seat
from kith.learning.rules.joining import PARTNER_COUNTRIES
from kith.learning.rules.passing import MOST_EXTRA_PERCENT
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.web.words import and_list, countries, country_name, isolated

EVERYWHERE, PARTNERS, CHOSEN = "everywhere", "partners", "chosen"
MOST_SEATS = 100_000
LEAST_MINUTES, MOST_MINUTES = 15, 600


def _where() -> list[tuple[str, str]]:
    partners = and_list(sorted(country_name(code) for code in PARTNER_COUNTRIES))
    return [
        (EVERYWHERE, _now("From everywhere")),
        (PARTNERS, _now("The seven partner countries: %(names)s") % {"names": partners}),
        (CHOSEN, _now("The countries that I mark below")),
    ]


class EditionForm(KithForm):
    """When a course is given, and for whom."""

    title = forms.CharField(
        label=_("Name of the edition"),
        help_text=_("Such as: Winter 2026, or: For schools in Lublin."),
        max_length=120,
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    closes_on = forms.DateField(
        label=_("Last day to join"),
        help_text=_("On this day one can still join, on the next one not."),
        widget=forms.DateInput,
    )
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    where = forms.ChoiceField(
        label=_("Who may join, by the country they work in?"),
        choices=_where,
        initial=EVERYWHERE,
        widget=Choices,
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"), choices=countries, required=False, widget=ManyChoices
    )
    seats = forms.IntegerField(
        label=_("Seats"),
        help_text=_("Leave it open if there is room for everybody."),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
    )
    trainer = forms.ChoiceField(label=_("Trainer"), required=False)
    is_public = forms.BooleanField(label=_("Show it on the public page of courses"), required=False)

    def __init__(self, *args: Any, trainers: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trainers = {str(one.pk): one for one in trainers}
        field = cast(forms.ChoiceField, self.fields["trainer"])
        names = [(key, isolated(one.name)) for key, one in self.trainers.items()]
        field.choices = [("", _now("Nobody yet")), *names]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("where") == CHOSEN and not typed.get("countries"):
            self.add_error("countries", _now("Mark at least one country."))
        return typed

    @property
    def plan(self) -> EditionPlan:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        chosen = {PARTNERS: PARTNER_COUNTRIES, CHOSEN: tuple(typed["countries"])}
        return EditionPlan(
            title=typed["title"],
            starts_on=typed["starts_on"],
            closes_on=typed["closes_on"],
            ends_on=typed["ends_on"],
            countries=chosen.get(typed["where"], ()),
            seats=typed["seats"],
            is_public=typed["is_public"],
            trainer=self.trainers.get(typed["trainer"]),
        )


def first_values(edition: Edition) -> dict[str, Any]:
    """What the form of a planned edition begins with."""
    names = ("title", "starts_on", "closes_on", "ends_on", "countries", "seats", "is_public")
    where = CHOSEN if edition.countries else EVERYWHERE
    if set(edition.countries) == set(PARTNER_COUNTRIES):
        where = PARTNERS
    return {
        **{name: getattr(edition, name) for name in names},
        "where": where,
        "trainer": str(edition.trainer_id or ""),
    }


class SessionForm(KithForm):
    """A meeting of an edition, in a room or online."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=_("How long"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=120
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

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("place") and not typed.get("link") and not self.errors:
            self.add_error("place", _now("Say where it is, or give a link."))
        return typed

    @property
    def when(self) -> dict[str, Any]:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        moment = datetime.combine(typed["day"], typed["time"])
        kept = {name: typed[name] for name in ("minutes", "place", "link")}
        return {"starts_at": timezone.make_aware(moment), **kept}


class AttendanceForm(KithForm):
    """Who of the learners on a page took part."""

    came = forms.MultipleChoiceField(
        label=_("Who took part?"), required=False, widget=ManyChoices, choices=[]
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["came"])
        field.choices = [(str(one.member_id), isolated(one.member.name)) for one in seats]

    @property
    def keys(self) -> list[UUID]:
        """The memberships of those who took part."""
        return [UUID(key) for key in self.cleaned_data["came"]]


class TellForm(KithForm):
    """Something for everybody in an edition."""

    title = forms.CharField(label=_("Heading"), max_length=120)
    body = forms.CharField(
        label=_("What shall everybody know?"),
        help_text=_("All learners of this edition read it. Write nothing about one person."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class ExtraTimeForm(KithForm):
    """More time for tests, for one learner."""

    percent = forms.IntegerField(
        label=_("Extra time for tests"),
        help_text=_("50 makes 60 minutes into 90. Nobody has to say why it is needed."),
        min_value=0,
        max_value=MOST_EXTRA_PERCENT,
    )
