"""What is typed when a rota is laid out, and when one duty is changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kith.matching.rules.words import called
from kith.mentoring.models import MatchMember
from kith.mentoring.rules.members import roles_of
from kith.mentoring.rules.states import MINUTES_AT_A_TAP
from kith.programmes.rules import ProgrammeTemplate
from kith.rota.models import Duty
from kith.rota.rules.plan import DutyPlan, RotaPlan
from kith.rota.rules.states import (
    LONGEST_MINUTES,
    MOST_WEEKS,
    SHORTEST_MINUTES,
    USUAL_MINUTES,
    USUAL_WEEKS,
    VISIT,
)
from kith.rota.rules.words import role_words
from kith.web.forms import Choices, KithForm, ManyChoices

JUST_A_VISIT = "visit"
"""How a form names the duty without a role: an empty value would read as nothing chosen."""
WEEKS = (USUAL_WEEKS, 8, MOST_WEEKS)


def _role_choices(rules: ProgrammeTemplate) -> list[tuple[str, str]]:
    keys = [VISIT, *(role.key for role in roles_of(rules))]
    return [(key or JUST_A_VISIT, role_words(rules, key)) for key in keys]


def _role(key: str) -> str:
    return VISIT if key == JUST_A_VISIT else key


def _in_weeks(number: int) -> str:
    return ngettext("%(number)d week", "%(number)d weeks", number) % {"number": number}


class WhenForm(KithForm):
    """When a duty is, and for how long."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=_("How long"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        initial=USUAL_MINUTES,
    )

    @property
    def at(self) -> datetime:
        """Day and time in the time zone of this installation."""
        typed = self.cleaned_data
        return timezone.make_aware(datetime.combine(typed["day"], typed["time"]))


class LayOutForm(WhenForm):
    """Many weeks in one act."""

    weeks = forms.TypedChoiceField(label=_("How far"), coerce=int, widget=Choices)
    roles = forms.MultipleChoiceField(
        label=_("What for"),
        help_text=_(
            "Each of these becomes one duty on each day. A duty of a role goes to whoever looks "
            "after it, a visit to whoever had the fewest."
        ),
        widget=ManyChoices,
    )

    def __init__(self, *args: Any, rules: ProgrammeTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("First day")
        self.fields["day"].help_text = _("The other days keep its weekday and its time.")
        _choose(self, "roles", _role_choices(rules))
        _choose(self, "weeks", [(str(number), _in_weeks(number)) for number in WEEKS])

    @property
    def plan(self) -> RotaPlan:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        return RotaPlan(
            at=self.at,
            minutes=typed["minutes"],
            roles=tuple(_role(key) for key in typed["roles"]),
            weeks=typed["weeks"],
        )


class DutyForm(WhenForm):
    """One duty."""

    role = forms.ChoiceField(label=_("What for"), widget=Choices)
    member = forms.ChoiceField(label=_("Who"), required=False, widget=Choices)

    def __init__(
        self,
        *args: Any,
        rules: ProgrammeTemplate,
        group: Sequence[MatchMember],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._group = {str(row.pk): row for row in group}
        _choose(self, "role", _role_choices(rules))
        nobody = ("", str(_("Nobody yet: the group is asked")))
        _choose(self, "member", [nobody, *((str(one.pk), called(one.person)) for one in group)])

    @property
    def plan(self) -> DutyPlan:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        return DutyPlan(at=self.at, minutes=typed["minutes"], role=_role(typed["role"]))

    @property
    def chosen(self) -> MatchMember | None:
        """Who is to take it; nobody where nobody was chosen."""
        return self._group.get(self.cleaned_data["member"])


class MinutesForm(forms.Form):
    """A length that one taps; anything else is what was planned."""

    minutes = forms.TypedChoiceField(choices=[(one, one) for one in MINUTES_AT_A_TAP], coerce=int)

    def chosen(self, *, usual: int) -> int:
        """The minutes that were tapped."""
        if not self.is_valid():
            return usual
        return cast(int, self.cleaned_data["minutes"])


def first_plan(at: datetime, minutes: int, roles: Sequence[str]) -> dict[str, Any]:
    """What laying out begins with."""
    local = timezone.localtime(at)
    return {
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "minutes": minutes or USUAL_MINUTES,
        "weeks": USUAL_WEEKS,
        "roles": [role or JUST_A_VISIT for role in roles] or [JUST_A_VISIT],
    }


def duty_values(duty: Duty) -> dict[str, Any]:
    """A duty as its form shows it."""
    local = timezone.localtime(duty.at)
    return {
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "minutes": duty.minutes,
        "role": duty.role or JUST_A_VISIT,
        "member": _key_of(duty.holder),
    }


def _key_of(member: MatchMember | None) -> str:
    return str(member.pk) if member is not None else ""


def member_key(text: str) -> UUID | None:
    """The key of a button; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)
