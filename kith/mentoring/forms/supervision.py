"""Forms about supervision."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import page_language
from kith.mentoring.rules.mentors import LONGEST_SUPERVISION, themes
from kith.web.forms import KithForm, ManyChoices

Names = Sequence[tuple[str, str]]


def _themes() -> list[tuple[str, str]]:
    return [(one.key, one.name.say(page_language())) for one in themes()]


class PlanSupervisionForm(KithForm):
    """When a session takes place, and with whom."""

    mentors = forms.MultipleChoiceField(
        label=_("With whom?"),
        help_text=_("One mentor, or several for a session in a group."),
        widget=ManyChoices,
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)

    def __init__(self, *args: Any, mentors: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["mentors"]).choices = list(mentors)

    @property
    def planned_at(self) -> datetime:
        """Day and time in the time zone of this installation."""
        typed = self.cleaned_data
        return timezone.make_aware(datetime.combine(typed["day"], typed["time"]))


class HeldSupervisionForm(KithForm):
    """A session that took place. Nothing of what was said is asked for."""

    came = forms.MultipleChoiceField(label=_("Who came?"), widget=ManyChoices, required=False)
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    minutes = forms.IntegerField(
        label=_("How long"), min_value=1, max_value=LONGEST_SUPERVISION, initial=90
    )
    about = forms.MultipleChoiceField(
        label=_("What it was about"),
        help_text=_("Only the area. Whose story it was is kept nowhere."),
        choices=_themes,
        widget=ManyChoices,
        required=False,
    )

    def __init__(self, *args: Any, invited: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["came"]).choices = list(invited)
