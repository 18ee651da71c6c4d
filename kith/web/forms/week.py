"""The week as seven days by three parts of the day."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.web.words import Text

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


def slot_label(code: str) -> Text:
    """ "mon-am" in words: "Monday, morning"."""
    day, part = code.split("-")
    return cast("Text", format_lazy("{}, {}", DAYS[day], PARTS[part][0]))


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
