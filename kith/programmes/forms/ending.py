"""How a match ends, and when people are asked again."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from kith.programmes.forms.parts import (
    Group,
    PartForm,
    text_fields,
    text_names,
    text_of,
    text_values,
)
from kith.programmes.rules import Closing, ProgrammeTemplate, with_follow_up
from kith.programmes.rules.settings import Part, Reach
from kith.web.forms import ManyChoices

MONTHS = (3, 6, 9, 12, 18, 24)


class EndingForm(PartForm):
    """What marks the end, and afterwards."""

    part = Part.ENDING

    plan_weeks = forms.IntegerField(
        label=gettext_lazy("A good ending is planned before the end"), min_value=1, max_value=26
    )
    follow_up_months = forms.MultipleChoiceField(
        label=gettext_lazy("A short talk, so many months after the end"),
        widget=ManyChoices(),
        help_text=gettext_lazy("Only with those who agreed to it."),
    )

    def build(self) -> None:
        months = sorted({*MONTHS, *self.rules.follow_up_months})
        self.fields["follow_up_months"].choices = [  # type: ignore[attr-defined]
            (str(number), _months(number)) for number in months
        ]
        name, what = gettext_lazy("What it is called"), gettext_lazy("What happens")
        self.fields.update(text_fields("closing_name", name, is_long=False))
        self.fields.update(text_fields("closing_what", what, is_long=True))

    def first_values(self) -> dict[str, Any]:
        closing = self.rules.closing
        return {
            **text_values("closing_name", closing.name),
            **text_values("closing_what", closing.what_happens),
            "plan_weeks": self.rules.attention.no_closing_plan_weeks_before,
            "follow_up_months": [str(number) for number in self.rules.follow_up_months],
        }

    def groups(self) -> list[Group]:
        return [
            self.group(
                gettext_lazy("What marks the end"),
                Reach.AT_ONCE,
                *text_names("closing_name"),
                *text_names("closing_what"),
                text=gettext_lazy(
                    "Participants and mentors read this. Where a language is left empty, people "
                    "read the words of the first language that has some."
                ),
            ),
            self.group(
                gettext_lazy("Planning it"),
                Reach.REMINDERS,
                "plan_weeks",
                units={"plan_weeks": gettext_lazy("weeks")},
            ),
            self.group(gettext_lazy("Asking again"), Reach.NEXT_MATCHES, "follow_up_months"),
        ]

    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        rules = with_follow_up(self.rules, [int(one) for one in typed["follow_up_months"]])
        return replace(
            rules,
            closing=Closing(
                name=text_of(typed, "closing_name"), what_happens=text_of(typed, "closing_what")
            ),
            attention=replace(rules.attention, no_closing_plan_weeks_before=typed["plan_weeks"]),
        )


def _months(number: int) -> str:
    said = ngettext("%(number)d month", "%(number)d months", number)
    return said % {"number": number}
