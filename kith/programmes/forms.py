"""Opening and adapting a programme; places in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as in_context

from kith.base.content import Unfit
from kith.people.models import Person
from kith.programmes.models import Programme
from kith.programmes.rules import (
    REASONS_OF,
    CheckKind,
    MentorCheck,
    PlannedContact,
    ProgrammeTemplate,
    Side,
    Unit,
    rhythm,
    shortest_length,
    stretched,
    usual_validity,
)
from kith.programmes.rules.sentences import often_words, weeks_words
from kith.programmes.rules.words import REASON_NAMES, check_name
from kith.web.forms import KithForm, ManyChoices

RHYTHMS = (1, 2, 3, 4)
LONGEST_WEEKS = 104
LONGEST_MEETING = 480


class ProgrammeForm(KithForm):
    """What a programme adapts. `cleaned_data["rules"]` is the whole of it, ready to keep."""

    name = forms.CharField(
        label=gettext_lazy("Name of the programme"),
        max_length=120,
        help_text=gettext_lazy("People in the programme see this name."),
    )
    length_weeks = forms.IntegerField(
        label=gettext_lazy("Length"),
        help_text=gettext_lazy(
            "The beginning and the end keep their weeks; the longest phase takes up the rest."
        ),
    )
    checks = forms.MultipleChoiceField(
        label=gettext_lazy("Before the first match, every mentor has"),
        widget=ManyChoices(),
        required=False,
    )
    references = forms.IntegerField(
        label=gettext_lazy("How many references"), min_value=1, max_value=4
    )
    child_checks = forms.MultipleChoiceField(
        label=gettext_lazy("Where children are about, also"), widget=ManyChoices(), required=False
    )
    training_hours = forms.IntegerField(
        label=gettext_lazy("Training before the first match"),
        min_value=0,
        max_value=200,
        help_text=gettext_lazy("With 0 hours, no training is required."),
    )
    training_valid_months = forms.IntegerField(
        label=gettext_lazy("The training is valid for"), min_value=1, max_value=120
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Matches of one mentor at the same time, at most"),
        min_value=1,
        max_value=20,
    )
    days_without_match = forms.IntegerField(
        label=gettext_lazy("Someone waits for a mentor longer than"), min_value=7, max_value=365
    )
    first_meeting_days = forms.IntegerField(
        label=gettext_lazy("The first meeting has not taken place after"),
        min_value=3,
        max_value=90,
    )
    cancelled_in_a_row = forms.IntegerField(
        label=gettext_lazy("Meetings called off one after the other"), min_value=2, max_value=10
    )
    check_expires_in_days = forms.IntegerField(
        label=gettext_lazy("A check of a mentor ends within"), min_value=7, max_value=180
    )

    def __init__(self, *args: Any, rules: ProgrammeTemplate, name: str, **kwargs: Any) -> None:
        self.rules = rules
        super().__init__(*args, initial=_initial(rules, name), **kwargs)
        kinds = [(kind.value, check_name(kind)) for kind in CheckKind]
        self.fields["checks"].choices = kinds  # type: ignore[attr-defined]
        self.fields["child_checks"].choices = kinds  # type: ignore[attr-defined]
        self._limit_length()
        for number, contact in enumerate(rules.contact):
            self._add_rhythm(number, contact)

    def _limit_length(self) -> None:
        shortest = shortest_length(self.rules)
        self.fields["length_weeks"] = forms.IntegerField(
            label=self.fields["length_weeks"].label,
            help_text=self.fields["length_weeks"].help_text,
            min_value=shortest,
            max_value=LONGEST_WEEKS,
        )

    def _add_rhythm(self, number: int, contact: PlannedContact) -> None:
        self.fields[f"often_{number}"] = forms.TypedChoiceField(
            label=gettext_lazy("They meet"),
            coerce=int,
            choices=[(weeks, often_words(weeks)) for weeks in RHYTHMS],
            initial=contact.per_weeks,
        )
        self.fields[f"minutes_{number}"] = forms.IntegerField(
            label=in_context("meeting", "For about"),
            min_value=15,
            max_value=LONGEST_MEETING,
            initial=contact.minutes,
        )
        self.fields[f"quiet_{number}"] = forms.IntegerField(
            label=gettext_lazy("Without a meeting, ask for attention after"),
            min_value=8,
            max_value=180,
            initial=contact.quiet_after_days,
        )

    def rhythms(self) -> list[dict[str, Any]]:
        """The fields of each stretch of weeks, under its heading."""
        return [
            {
                "title": _stretch_name(self.rules, contact),
                "often": self[f"often_{number}"],
                "minutes": self[f"minutes_{number}"],
                "quiet": self[f"quiet_{number}"],
            }
            for number, contact in enumerate(self.rules.contact)
        ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        for number in range(len(self.rules.contact)):
            if typed[f"quiet_{number}"] <= typed[f"often_{number}"] * 7:
                self.add_error(f"quiet_{number}", _quiet_sentence(typed[f"often_{number}"]))
        if not self.errors:
            typed["rules"] = self._rules(typed)
        return typed

    def _rules(self, typed: dict[str, Any]) -> ProgrammeTemplate | None:
        try:
            longer = stretched(self.rules, length_weeks=typed["length_weeks"])
            return replace(
                longer,
                contact=tuple(_contact(typed, *pair) for pair in enumerate(longer.contact)),
                checks=_checks(self.rules, typed),
                training=replace(
                    self.rules.training,
                    hours=typed["training_hours"],
                    valid_months=typed["training_valid_months"],
                ),
                attention=replace(
                    self.rules.attention,
                    matches_of_one_mentor=typed["capacity"],
                    days_without_match=typed["days_without_match"],
                    first_meeting_days=typed["first_meeting_days"],
                    cancelled_in_a_row=typed["cancelled_in_a_row"],
                    check_expires_in_days=typed["check_expires_in_days"],
                ),
            )
        except Unfit:
            self.add_error("length_weeks", _("This length does not fit the phases."))
            return None


class EnrolForm(KithForm):
    """Give one person a place."""

    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme"), queryset=Programme.objects.none(), empty_label=None
    )
    waiting_since = forms.DateField(
        label=gettext_lazy("Waiting since"),
        required=False,
        widget=forms.DateInput(),
        help_text=gettext_lazy("Left empty: the day this person asked, or today."),
    )

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]


class EnrolManyForm(KithForm):
    """The people who are ticked on one page of the list."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("People"),
        widget=ManyChoices(),
        error_messages={"required": gettext_lazy("Tick at least one person.")},
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(person.pk), str(person.name)) for person in people]
        self.fields["people"].choices = names  # type: ignore[attr-defined]


class ReasonsForm(KithForm):
    """Why it takes long, practically."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Why it takes long"), widget=ManyChoices(), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(),
        help_text=gettext_lazy(
            "Practical things only. The person can read this; write nothing about others."
        ),
    )

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(reason.value, REASON_NAMES[reason]) for reason in REASONS_OF[side]]
        self.fields["reasons"].choices = choices  # type: ignore[attr-defined]


class PauseForm(KithForm):
    """A break, with or without an end."""

    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(),
        help_text=gettext_lazy("On this day Kith reminds you. Leave it empty for an open break."),
    )


def _initial(rules: ProgrammeTemplate, name: str) -> dict[str, Any]:
    always = [check.kind.value for check in rules.checks if not check.only_with_minors]
    references = (check.count for check in rules.checks if check.kind is CheckKind.REFERENCES)
    return {
        "name": name,
        "length_weeks": rules.length_weeks,
        "checks": always,
        "child_checks": [check.kind.value for check in rules.checks if check.only_with_minors],
        "references": next(references, 1),
        "training_hours": rules.training.hours,
        "training_valid_months": rules.training.valid_months,
        "capacity": rules.attention.matches_of_one_mentor,
        "days_without_match": rules.attention.days_without_match,
        "first_meeting_days": rules.attention.first_meeting_days,
        "cancelled_in_a_row": rules.attention.cancelled_in_a_row,
        "check_expires_in_days": rules.attention.check_expires_in_days,
    }


def _stretch_name(rules: ProgrammeTemplate, contact: PlannedContact) -> str:
    weeks = weeks_words(contact.from_week, contact.to_week)
    if len({one.unit for one in rules.contact}) == 1:
        return weeks
    unit = _("In pairs") if contact.unit is Unit.PAIR else _("In circles")
    return f"{unit}, {weeks}"


def _quiet_sentence(per_weeks: int) -> str:
    days = per_weeks * 7
    return _("More than %(days)d days: earlier, a match that keeps its rhythm would stand out.") % {
        "days": days
    }


def _contact(typed: dict[str, Any], number: int, contact: PlannedContact) -> PlannedContact:
    changed = rhythm(
        contact, per_weeks=typed[f"often_{number}"], minutes=typed[f"minutes_{number}"]
    )
    return replace(changed, quiet_after_days=typed[f"quiet_{number}"])


def _checks(rules: ProgrammeTemplate, typed: dict[str, Any]) -> tuple[MentorCheck, ...]:
    known = {check.kind: check for check in rules.checks}
    chosen = {*_kinds(typed["checks"]), *_kinds(typed["child_checks"])}
    # Those of the programme keep their order, new ones come after them.
    in_order = [*known, *(kind for kind in CheckKind if kind not in known)]
    return tuple(
        MentorCheck(
            kind=kind,
            count=typed["references"] if kind is CheckKind.REFERENCES else 1,
            valid_months=known[kind].valid_months if kind in known else usual_validity(kind),
            only_with_minors=kind.value not in typed["checks"],
        )
        for kind in in_order
        if kind in chosen
    )


def _kinds(values: Iterable[str]) -> list[CheckKind]:
    return [CheckKind(value) for value in values]
