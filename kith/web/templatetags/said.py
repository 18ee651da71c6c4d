"""Days, lists and texts of several languages as people read them, on every page without a load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.utils.translation import get_language

from kith.base.content import FALLBACK_LANGUAGE
from kith.web import words

register = template.Library()


@register.simple_tag
def ago(day: date | None, today: date) -> str:
    """A date in words near today: "23 days ago, on 30 October"."""
    return words.near(day, today) if day else ""


@register.filter
def longdate(day: date | None) -> str:
    return words.full_day(day) if day else ""


@register.simple_tag(name="words")
def word_list(items: Sequence[object]) -> str:
    """ "Olena, Marta and Yusuf" in the language of the page."""
    return words.and_list(items)


@register.simple_tag
def in_language(words: Mapping[str, str], language: str = "") -> str:
    """A text that is kept in several languages: in that of the page, else in English, else any."""
    code = language or get_language() or FALLBACK_LANGUAGE
    return words.get(code) or words.get(FALLBACK_LANGUAGE) or next(iter(words.values()), "")
