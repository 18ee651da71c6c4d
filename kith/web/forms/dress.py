"""Forms of the product: their classes, their words, and their summary of errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.utils.translation import gettext_lazy as _

from kith.base.errors import KithError
from kith.web.words import Text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT_ROWS = 4
KIND_WORDS: list[tuple[type[forms.Field], dict[str, StrOrPromise]]] = [
    (forms.MultipleChoiceField, {"required": _("Choose at least one answer.")}),
    (forms.ChoiceField, {"required": _("Choose an answer.")}),
    (forms.DateField, {"invalid": _("Choose a day from the calendar.")}),
    (forms.TimeField, {"invalid": _("Write the time as 17:30.")}),
    (forms.IntegerField, {"invalid": _("Write a whole number.")}),
    (forms.EmailField, {"invalid": _("Write an e-mail address, such as name@example.org.")}),
    (forms.BooleanField, {"required": _("Tick this to go on.")}),
    (forms.FileField, {"required": _("Choose a file."), "empty": _("This file is empty.")}),
    (forms.Field, {"required": _("Fill this in.")}),
]
LIMIT_WORDS: dict[type, StrOrPromise] = {
    MinValueValidator: _("Write %(limit_value)s or more."),
    MaxValueValidator: _("Write %(limit_value)s or less."),
}

CONTROL_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
]


class Renderer(DjangoTemplates):
    """Draws the forms of the product; finds Django's own widgets without an app for them."""

    form_template_name = "web/components/form.html"
    field_template_name = "web/components/field.html"


@dataclass(frozen=True)
class ErrorLink:
    """One error in the summary on top of a form, leading to its field."""

    label: Text
    sentence: str
    target: str


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Errors in the order of the fields, those of the whole form first."""
    whole = [ErrorLink("", str(sentence), "") for sentence in form.non_field_errors()]
    return whole + [
        ErrorLink(field.label, str(sentence), field.id_for_label or field.auto_id)
        for field in form
        for sentence in field.errors
    ]


def refuse(form: forms.BaseForm, error: KithError, *, field: str | None = None) -> None:
    """Show what a command refused as an error of the form, so that nothing typed is lost."""
    form.add_error(field, str(error.sentence))


class Dressed:
    """Stands before ModelForm: class MeetingForm(Dressed, forms.ModelForm)."""

    default_renderer: BaseRenderer | type[BaseRenderer] | None = Renderer
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields.values())


class KithForm(Dressed, forms.Form):
    """A form of the product."""


def dress(fields: Iterable[forms.Field]) -> None:
    """Give the widgets their classes and the inputs that browsers and phones understand."""
    for field in fields:
        widget = field.widget
        if isinstance(widget, forms.DateInput):
            widget.input_type = "date"
            widget.format = "%Y-%m-%d"
        if isinstance(widget, forms.TimeInput):
            widget.input_type = "time"
            widget.format = "%H:%M"
        if isinstance(widget, forms.Textarea):
            _shorten(widget)
        widget.attrs.setdefault("class", _class_of(widget))
        _speak_kindly(field)
        if field.required and not widget.is_hidden:
            widget.attrs.setdefault("aria-required", _required_voice(widget))


def _shorten(text: forms.Textarea) -> None:
    """Four lines, unless the form asked for another height than Django's ten."""
    if text.attrs["rows"] == "10":
        text.attrs["rows"] = TEXT_ROWS


def _speak_kindly(field: forms.Field) -> None:
    """Our words instead of Django's, where a form did not choose its own."""
    for kind, words in KIND_WORDS:
        if isinstance(field, kind):
            for code in words.keys() & field.error_messages.keys():
                if field.error_messages[code] == _django_words(field, code):
                    field.error_messages[code] = words[code]
    for validator in field.validators:
        if isinstance(validator, MinValueValidator | MaxValueValidator):
            validator.message = LIMIT_WORDS.get(type(validator), validator.message)


def _django_words(field: forms.Field, code: str) -> object:
    kinds = (getattr(kind, "default_error_messages", {}) for kind in type(field).__mro__)
    return next((words[code] for words in kinds if code in words), None)


def _class_of(widget: forms.Widget) -> str:
    return next(name for kind, name in CONTROL_CLASSES if isinstance(widget, kind))


def _required_voice(widget: forms.Widget) -> str | bool:
    # A group says so in its legend: aria-required is not allowed on each of its boxes.
    return False if getattr(widget, "use_fieldset", False) or _is_check(widget) else "true"


def _is_check(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.CheckboxInput)
