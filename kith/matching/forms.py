"""Forms of matching."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.matching.rules.criteria import CRITERIA, RULES, Required, Weighed
from kith.matching.rules.reasons import REASON_WORDS
from kith.matching.rules.states import Answer, Side
from kith.matching.rules.wishes import MOST_FLOOR, MOST_WEIGHT, Wishes
from kith.programmes.models import Programme
from kith.web.forms import CardText, ChoiceCards, Choices, KithForm, ManyChoices

LINE = 200
STEP = 5
HOW_MUCH: tuple[tuple[int, str | Promise], ...] = (
    (0, _("does not count")),
    (10, _("counts a little")),
    (20, _("counts")),
    (30, _("counts much")),
    (MOST_WEIGHT, _("counts most")),
)
"""What a slider says up to each place."""


class Slider(forms.NumberInput):
    """A slider that says in words where it stands; without a script it is a plain slider."""

    input_type = "range"


def how_much(value: int) -> str:
    """What a slider says at a place."""
    return str(next(words for most, words in HOW_MUCH if value <= most))


class WishesForm(KithForm):
    """What counts in a round and what must hold."""

    objective = forms.ChoiceField(
        label=_("What is wanted first?"),
        choices=[("sum", _("The best for all together")), ("leximin", _("The worst served first"))],
        widget=ChoiceCards(
            {
                "sum": CardText(
                    _("As many pairs as possible, then the best fit in total."), "people"
                ),
                "leximin": CardText(
                    _(
                        "As many pairs as possible, then as few poor ones as possible, and the"
                        " best fit in total only then."
                    ),
                    "match",
                ),
            }
        ),
    )
    waiting = forms.ChoiceField(
        label=_("How much does it count to have waited long?"),
        help_text=_("It only says who goes first where places are short."),
        choices=[("little", _("A little")), ("some", _("Some")), ("much", _("Much"))],
        widget=Choices,
    )
    floor = forms.IntegerField(
        label=_("Leave out pairs that share little"),
        help_text=_("At the left end nobody is left out. Further right, some people wait longer."),
        min_value=0,
        max_value=MOST_FLOOR,
        required=False,
        widget=Slider(attrs={"step": STEP}),
    )

    def __init__(self, *args: Any, wishes: Wishes, **kwargs: Any) -> None:
        initial = {
            "objective": wishes.objective,
            "waiting": wishes.waiting,
            "floor": wishes.floor,
            **{f"weight_{name}": value for name, value in wishes.weights.items()},
            **{f"rule_{name}": name not in wishes.gates_off for name in RULES},
        }
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        for name, criterion in CRITERIA.items():
            self.fields[f"weight_{name}"] = forms.IntegerField(
                label=str(criterion.name),
                help_text=str(criterion.sentence),
                min_value=0,
                max_value=MOST_WEIGHT,
                required=False,
                widget=Slider(attrs={"step": STEP}),
            )
        for name, rule in RULES.items():
            self.fields[f"rule_{name}"] = forms.BooleanField(
                label=str(rule.name), help_text=str(rule.sentence), required=False
            )

    @property
    def how_much(self) -> str:
        """What a slider says up to each place, for the script beside it."""
        return json.dumps([[most, str(words)] for most, words in HOW_MUCH])

    def sliders(self) -> Iterator[tuple[BoundField, Weighed, str]]:
        """Each weight with its sentence, its evidence and where it stands in words."""
        for name, criterion in CRITERIA.items():
            field = self[f"weight_{name}"]
            yield field, criterion, _said(field)

    def rules(self) -> Iterator[tuple[BoundField, Required]]:
        """Each soft rule with its sentence."""
        for name, rule in RULES.items():
            yield self[f"rule_{name}"], rule

    def wishes(self) -> Wishes:
        """What was set."""
        given = self.cleaned_data
        return Wishes(
            weights={name: given[f"weight_{name}"] or 0 for name in CRITERIA},
            gates_off=tuple(sorted(name for name in RULES if not given[f"rule_{name}"])),
            floor=given["floor"] or 0,
            objective=given["objective"],
            waiting=given["waiting"],
        )


def _said(field: BoundField) -> str:
    value = str(field.value() or 0)
    return how_much(min(int(value), MOST_WEIGHT)) if value.isdecimal() else ""


class RoundForm(WishesForm):
    """A new round: whose waiting lists, what counts, what must hold."""

    programmes = forms.MultipleChoiceField(
        label=_("Whose waiting lists?"),
        help_text=_("A mentor in several programmes is proposed once for each free place."),
        widget=ManyChoices,
    )
    is_rolling = forms.BooleanField(
        label=_("Keep it going"),
        help_text=_(
            "Whoever comes later takes part from that day and sees the best pairs at once."
        ),
        required=False,
    )

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programmes"]
        field.choices = [(str(one.pk), one.name) for one in programmes]  # type: ignore[attr-defined]


class DespiteForm(KithForm):
    """Why a pair is kept although a soft rule speaks against it."""

    why = forms.CharField(
        label=_("Why does this rule not count for these two?"),
        help_text=_("One line in your own words. It stays with the pair."),
        max_length=LINE,
    )


class AcceptForm(KithForm):
    """One line on why these two."""

    why = forms.CharField(
        label=_("Why these two?"),
        help_text=_("One line in your own words. It stays with the match."),
        max_length=LINE,
    )


class RejectForm(KithForm):
    """Why a pair is not brought together."""

    reason = forms.ChoiceField(
        label=_("What speaks against it?"), choices=list(REASON_WORDS.items()), widget=Choices
    )
    note = forms.CharField(label=_("Note"), max_length=LINE, required=False)


ANSWER_LABELS = [
    (Answer.YES.value, _("Yes, I would like to meet")),
    (Answer.NO.value, _("No, thank you")),
    (Answer.ASK.value, _("I have a question first")),
]


class AnswerForm(KithForm):
    """Someone's own answer; nobody has to say why."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=ANSWER_LABELS,
        widget=ChoiceCards(
            {
                Answer.YES.value: CardText(
                    _("When the other person says yes too, you learn each other's names."),
                    "check",
                ),
                Answer.NO.value: CardText(
                    _("You need not say why. We go on looking for you."), "close"
                ),
                Answer.ASK.value: CardText(_("Your coordinator calls you."), "question"),
            }
        ),
    )


class NotedAnswerForm(KithForm):
    """An answer that somebody gave by phone."""

    side = forms.ChoiceField(choices=[(side.value, side.value) for side in Side])
    answer = forms.ChoiceField(choices=[(one.value, one.value) for one in Answer if one])
