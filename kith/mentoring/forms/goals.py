"""Forms about goals and small steps."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.mentoring.forms.shared import LINE, page_language
from kith.mentoring.rules.states import ChosenBy, Who
from kith.progress.rules import all_domains
from kith.web.forms import CardText, ChoiceCards, Choices, KithForm


def _domains() -> list[tuple[str, str]]:
    return [(one.key, one.short_name.say(page_language())) for one in all_domains()]


def _focus_first(areas: list[tuple[str, str]], focus: Sequence[int]) -> list[tuple[str, str]]:
    """What the programme is about comes first, in its order; domains are counted from 1."""
    first = [areas[number - 1] for number in focus]
    return [*first, *(area for area in areas if area not in first)]


class _DomainCards(ChoiceCards):
    """The eight domains with their pictograms."""

    def __init__(self) -> None:
        super().__init__({one.key: CardText(icon=one.pictogram.key) for one in all_domains()})


class GoalForm(KithForm):
    """A goal in the participant's words."""

    title = forms.CharField(
        label=_("What shall be different?"),
        help_text=_("In the participant's own words, such as: I go to the doctor on my own."),
        max_length=LINE,
    )
    domain_key = forms.ChoiceField(label=_("Area"), choices=_domains, widget=_DomainCards)
    chosen_by = forms.ChoiceField(label=_("Who chose it?"), widget=Choices)
    due_on = forms.DateField(
        label=_("By when?"),
        help_text=_("Leave it open if there is no date."),
        widget=forms.DateInput,
        required=False,
    )

    def __init__(
        self, *args: Any, participant: str, focus: Sequence[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        areas = cast(forms.ChoiceField, self.fields["domain_key"])
        areas.choices = _focus_first(_domains(), focus)
        field = cast(forms.ChoiceField, self.fields["chosen_by"])
        field.choices = [
            (ChosenBy.PARTICIPANT.value, participant),
            (ChosenBy.TOGETHER.value, _("Both together")),
        ]
        field.initial = ChosenBy.PARTICIPANT.value


class StepForm(KithForm):
    """A small step."""

    text = forms.CharField(label=_("Next small step"), max_length=LINE)
    who = forms.ChoiceField(label=_("Who does it?"), widget=Choices)
    due_on = forms.DateField(
        label=_("By when would be good?"),
        help_text=_("Leave it open if there is no date."),
        widget=forms.DateInput,
        required=False,
    )

    def __init__(self, *args: Any, people: Mapping[Who, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["who"])
        field.choices = [(who.value, name) for who, name in people.items()]
        field.initial = Who.PARTICIPANT.value
