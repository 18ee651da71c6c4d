"""What forms of this room share."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

ANY = [("", gettext_lazy("Any"))]


def choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]
