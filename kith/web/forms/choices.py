"""Choices one below the other, or as cards with a sentence on what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from kith.web.words import Text


class Choices(forms.RadioSelect):
    """Radio buttons, one below the other."""

    template_name = "web/widgets/choices.html"


class ManyChoices(forms.CheckboxSelectMultiple):
    """Checkboxes, one below the other."""

    template_name = "web/widgets/choices.html"


@dataclass(frozen=True)
class CardText:
    """What a choice card says beside its label."""

    help: Text = ""
    icon: str = ""


class _Cards:
    """Adds help and pictogram to each option of a choice widget."""

    texts: Mapping[str, CardText]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        text = self.texts.get(str(value), CardText())
        return {**option, "help": text.help, "icon": text.icon}


class ChoiceCards(_Cards, forms.RadioSelect):
    """One choice out of a few, each a card with a sentence on what it means."""

    template_name = "web/widgets/choice_cards.html"

    def __init__(self, texts: Mapping[str, CardText], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.texts = texts


class ManyChoiceCards(_Cards, forms.CheckboxSelectMultiple):
    """Several choices, each a card."""

    template_name = "web/widgets/choice_cards.html"

    def __init__(self, texts: Mapping[str, CardText], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.texts = texts
