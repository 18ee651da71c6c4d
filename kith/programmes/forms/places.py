"""Places in a programme."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kith.people.models import Person
from kith.programmes.models import Programme
from kith.programmes.rules import REASONS_OF, Side
from kith.programmes.rules.words import REASON_NAMES
from kith.web.forms import KithForm, ManyChoices


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
