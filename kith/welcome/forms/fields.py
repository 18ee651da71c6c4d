"""Fields that several forms of this room have."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAME_LETTERS = 120
LONG_TEXT = 2000
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NO_PROGRAMME = ""


def line_field(label: "StrOrPromise", *, required: bool = True, **kwargs: Any) -> forms.CharField:
    """One line of text, in whatever direction it is written."""
    attrs = {"dir": "auto", "autocomplete": kwargs.pop("autocomplete", "off")}
    return forms.CharField(
        label=label,
        required=required,
        max_length=NAME_LETTERS,
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


def text_field(
    label: "StrOrPromise", *, required: bool = False, rows: int = 4, **kwargs: Any
) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        **kwargs,
    )


def page_language() -> str:
    """The language of the page."""
    return get_language() or "en"
