"""Languages with their levels, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kith.web.words import Text

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

LEVELS: list[tuple[str, Text]] = [
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
        languages: Sequence[tuple[str, Text]] = (),
        levels: Sequence[tuple[str, Text]] = LEVELS,
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
        languages: Sequence[tuple[str, Text]],
        levels: Sequence[tuple[str, Text]] = LEVELS,
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
