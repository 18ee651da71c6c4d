"""One accessible way to draw forms, and the few widgets that HTML does not have."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.base.errors import KithError

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict
    from django_stubs_ext import StrOrPromise

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_PREFIX = "data:image/png;base64,"
SIGNATURE_BYTES = 200_000

DAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
PARTS = {
    "am": (_("Morning"), _("8–12")),
    "pm": (_("Afternoon"), _("12–17")),
    "eve": (_("Evening"), _("17–21")),
}
SLOTS = [(f"{day}-{part}", (day, part)) for day in DAYS for part in PARTS]

CONTROL_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
]


class Renderer(TemplatesSetting):
    """Draws every form and field of the product. Set as FORM_RENDERER."""

    form_template_name = "web/components/form.html"
    field_template_name = "web/components/field.html"


@dataclass(frozen=True)
class ErrorLink:
    """One error in the summary on top of a form, leading to its field."""

    label: StrOrPromise
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


class KithForm(forms.Form):
    """A form of the product. A ModelForm calls dress() in its own __init__."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields.values())


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
            widget.attrs["rows"] = min(int(widget.attrs.get("rows", 4)), 8)
        widget.attrs.setdefault("class", _class_of(widget))
        if field.required and not widget.is_hidden:
            widget.attrs.setdefault("aria-required", _required_voice(widget))


def _class_of(widget: forms.Widget) -> str:
    return next(name for kind, name in CONTROL_CLASSES if isinstance(widget, kind))


def _required_voice(widget: forms.Widget) -> str | bool:
    # A group says so in its legend: aria-required is not allowed on each of its boxes.
    return False if widget.use_fieldset or _is_check(widget) else "true"


def _is_check(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.CheckboxInput)


# ── Choices ──────────────────────────────────────────────────────────────────────────────────────


class Choices(forms.RadioSelect):
    """Radio buttons, one below the other."""

    template_name = "web/widgets/choices.html"


class ManyChoices(forms.CheckboxSelectMultiple):
    """Checkboxes, one below the other."""

    template_name = "web/widgets/choices.html"


@dataclass(frozen=True)
class CardText:
    """What a choice card says beside its label."""

    help: StrOrPromise = ""
    icon: str = ""


class _Cards:
    """Adds help and pictogram to each option of a choice widget."""

    template_name = "web/widgets/choice_cards.html"
    texts: Mapping[str, CardText]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        text = self.texts.get(str(value), CardText())
        return {**option, "help": text.help, "icon": text.icon}


class ChoiceCards(_Cards, forms.RadioSelect):
    """One choice out of a few, each a card with a sentence on what it means."""

    def __init__(self, texts: Mapping[str, CardText], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.texts = texts


class ManyChoiceCards(_Cards, forms.CheckboxSelectMultiple):
    """Several choices, each a card."""

    def __init__(self, texts: Mapping[str, CardText], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.texts = texts


# ── Week ─────────────────────────────────────────────────────────────────────────────────────────


def slot_label(code: str) -> StrOrPromise:
    """ "mon-am" in words: "Monday, morning"."""
    day, part = code.split("-")
    return cast("StrOrPromise", format_lazy("{}, {}", DAYS[day], PARTS[part][0]))


class WeekGrid(forms.CheckboxSelectMultiple):
    """Seven days by three parts of the day."""

    template_name = "web/widgets/week_grid.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        chosen = {str(code) for code in value or ()}
        prefix = widget["attrs"].get("id", f"id_{name}")
        widget["parts"] = [{"label": label, "hours": hours} for label, hours in PARTS.values()]
        widget["days"] = [
            {"label": label, "slots": [_slot(prefix, f"{day}-{part}", chosen) for part in PARTS]}
            for day, label in DAYS.items()
        ]
        return context


def _slot(prefix: str, code: str, chosen: set[str]) -> dict[str, Any]:
    return {
        "value": code,
        "id": f"{prefix}_{code}",
        "label": slot_label(code),
        "is_checked": code in chosen,
    }


class WeekField(forms.MultipleChoiceField):
    """Availability as a list of codes, "mon-am" to "sun-eve", in the order of the week."""

    widget = WeekGrid

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(code, slot_label(code)) for code, _pair in SLOTS], **kwargs)

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [code for code, _pair in SLOTS if code in chosen]


# ── Languages ────────────────────────────────────────────────────────────────────────────────────


LEVELS: list[tuple[str, StrOrPromise]] = [
    ("a1", _("a few words (A1)")),
    ("a2", _("simple talk (A2)")),
    ("b1", _("everyday talk (B1)")),
    ("b2", _("most things (B2)")),
    ("c1", _("very well (C1)")),
    ("c2", _("fully (C2)")),
    ("native", _("mother tongue")),
]


@dataclass(frozen=True)
class LanguageLevel:
    language: str
    level: str


class LanguageLevels(forms.Widget):
    """Rows of language and level. Three empty ones are there without a script."""

    template_name = "web/widgets/language_levels.html"
    use_fieldset = True
    spare_rows = 3

    def __init__(
        self,
        languages: Sequence[tuple[str, StrOrPromise]] = (),
        levels: Sequence[tuple[str, StrOrPromise]] = LEVELS,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.languages = languages
        self.levels = levels

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_0_language" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        pairs = [*(value or []), *[LanguageLevel("", "")] * self.spare_rows]
        prefix = widget["attrs"].get("id", f"id_{name}")
        widget["languages"] = self.languages
        widget["levels"] = self.levels
        widget["rows"] = [_language_row(name, prefix, n, pair) for n, pair in enumerate(pairs)]
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[LanguageLevel]:
        pairs = zip(_all(data, f"{name}-language"), _all(data, f"{name}-level"), strict=False)
        return [LanguageLevel(*pair) for pair in pairs if any(pair)]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return f"{name}-language" not in data


def _all(data: Mapping[str, Any], key: str) -> list[str]:
    # A form in a test is often given a plain dict.
    getlist = getattr(data, "getlist", None)
    return list(getlist(key) if getlist else data.get(key, []))


def _language_row(name: str, prefix: str, number: int, pair: LanguageLevel) -> dict[str, str]:
    return {
        "language": pair.language,
        "level": pair.level,
        "language_name": f"{name}-language",
        "level_name": f"{name}-level",
        "language_id": f"{prefix}_{number}_language",
        "level_id": f"{prefix}_{number}_level",
    }


class LanguagesField(forms.Field):
    """A list of LanguageLevel, each language once."""

    widget = LanguageLevels

    def __init__(
        self,
        *,
        languages: Sequence[tuple[str, StrOrPromise]],
        levels: Sequence[tuple[str, StrOrPromise]] = LEVELS,
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=LanguageLevels(languages, levels), **kwargs)
        self.languages = {code for code, _label in languages}
        self.levels = {code for code, _label in levels}

    def clean(self, value: list[LanguageLevel] | None) -> list[LanguageLevel]:
        pairs = value or []
        if self.required and not pairs:
            raise ValidationError(_("Add at least one language."))
        if any(not (pair.language and pair.level) for pair in pairs):
            raise ValidationError(_("Choose both the language and how well it is spoken."))
        if any(p.language not in self.languages or p.level not in self.levels for p in pairs):
            raise ValidationError(_("Choose a language and a level from the lists."))
        if len({pair.language for pair in pairs}) < len(pairs):
            raise ValidationError(_("One language is there twice. Keep one of the two rows."))
        return pairs

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


# ── Signature ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Signature:
    """A drawn picture, a typed name, or both."""

    name: str = ""
    png: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.name or self.png)


class SignaturePad(forms.Widget):
    """Draw with a finger, a pen or the mouse; typing the name always works."""

    template_name = "web/widgets/signature.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        drawn, typed = value if isinstance(value, tuple) else ("", "")
        context["widget"].update(drawn=drawn, typed=typed)
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> tuple[str, str]:
        return data.get(f"{name}-drawn", ""), data.get(f"{name}-typed", "")

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return f"{name}-typed" not in data


class SignatureField(forms.Field):
    """A Signature; the picture is a PNG of at most 200 kB."""

    widget = SignaturePad

    def clean(self, value: tuple[str, str] | None) -> Signature:
        drawn, typed = value or ("", "")
        signature = Signature(name=" ".join(typed.split()), png=_png(drawn))
        if self.required and not signature:
            raise ValidationError(_("Draw your signature or type your full name."))
        return signature


def _png(drawn: str) -> bytes:
    if not drawn:
        return b""
    unreadable = ValidationError(_("The drawing could not be read. Draw it again or type the name."))
    if not drawn.startswith(PNG_PREFIX) or len(drawn) > SIGNATURE_BYTES * 4 // 3:
        raise unreadable
    try:
        picture = base64.b64decode(drawn.removeprefix(PNG_PREFIX), validate=True)
    except binascii.Error:
        raise unreadable from None
    if not picture.startswith(PNG_START):
        raise unreadable
    return picture
