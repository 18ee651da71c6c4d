"""Texts of courses and units as HTML, in the language asked for or in English."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kith.consent.rules.words import own_name
from kith.methods.learning.courses.blocks import Labels, cited_keys, html_of, inline_html
from kith.methods.learning.courses.schema import Module, Part, Screen, Source
from kith.methods.learning.courses.stamps import is_stale
from kith.methods.learning.questions.schema import ENGLISH, Words, say
from kith.people.rules.labels import language_name

PictureUrl = Callable[[str, str], str | None]
"""Name of a file and its digest -> address; None where it is not at hand."""


@dataclass(frozen=True)
class Tongue:
    """A language to read in."""

    code: str
    name: str
    direction: str
    is_current: bool


def direction(code: str) -> str:
    """Which way a language is written."""
    try:
        return str(Locale.parse(code.replace("-", "_")).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def tongues(languages: Iterable[str], current: str) -> list[Tongue]:
    """The languages there are; none where there is but one."""
    found = [Tongue(one, own_name(one), direction(one), one == current) for one in languages]
    return found if len(found) > 1 else []


def spoken_in(words: Words, language: str) -> str:
    """The language in which `say` answers."""
    for code in (language, ENGLISH):
        if words.get(code):
            return code
    return next(iter(words), ENGLISH)


@dataclass(frozen=True)
class Shown:
    """A screen of a module, story or unit.

    missing  the language asked for, by name, where the text is in another one
    """

    name: str
    heading: SafeString
    html: SafeString
    language: str
    direction: str
    missing: str
    is_stale: bool
    sources: tuple[tuple[int, Source], ...]


def screen_shown(part: Part, screen: Screen, language: str, url: PictureUrl) -> Shown:
    """One screen in a language, with the sources that it cites."""
    code = spoken_in(screen.body, language)
    body, sources = say(screen.body, language), sources_of(part)
    return Shown(
        name=screen.name,
        heading=line_html(say(screen.heading, language)),
        html=body_html(body, code, part, url),
        language=code,
        direction=direction(code),
        missing="" if code == language else language_name(language),
        is_stale=is_stale(screen, code),
        sources=tuple(one for one in sources if one[1].key in set(cited_keys(body))),
    )


def sources_of(part: Part) -> tuple[tuple[int, Source], ...]:
    """The sources of a module with their numbers; a story has none."""
    return tuple(enumerate(part.sources, start=1)) if isinstance(part, Module) else ()


def body_html(markdown: str, language: str, part: Part, url: PictureUrl) -> SafeString:
    """The HTML of a text, with the labels of its own language."""

    def picture(name: str) -> str | None:
        found = part.picture(name, language) if isinstance(part, Module) else None
        return url(found.name, found.digest) if found else None

    sources = [source for _number, source in sources_of(part)]
    html = html_of(markdown, labels=_labels(language), sources=sources, picture=picture)
    # The writer of this HTML escapes everything that it does not know.
    return mark_safe(html)  # noqa: S308


def line_html(text: str) -> SafeString:
    """The HTML of a heading, an option or another single line."""
    return mark_safe(inline_html(text))  # noqa: S308 - see body_html


def text_html(text: str, language: str) -> SafeString:
    """The HTML of a question's text, which may have several paragraphs."""
    html = html_of(text, labels=_labels(language)) if text else ""
    return mark_safe(html)  # noqa: S308 - see body_html


def said_html(words: Words) -> SafeString:
    """The HTML of a text of several languages, in that of the page."""
    language = translation.get_language() or ENGLISH
    return text_html(say(words, language), spoken_in(words, language))


def _labels(language: str) -> Labels:
    with translation.override(language):
        return Labels(
            answer=_("Show the answer"),
            example=_("Example"),
            note=pgettext("box in a text", "Note"),
            activity=pgettext("box in a text", "Activity"),
            minutes=_("{minutes} min"),
            source=_("Source"),
        )
