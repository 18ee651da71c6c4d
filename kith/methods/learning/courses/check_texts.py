"""Texts of a module: how much there is, boxes, sources, pictures, links."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from kith.methods.learning.courses.blocks import (
    cited_keys,
    is_address,
    plain_words,
    tokens_of,
)
from kith.methods.learning.courses.boxes import boxes_in
from kith.methods.learning.courses.claims import unsourced_claims
from kith.methods.learning.courses.figures import (
    counted_minutes,
    figures_of,
    honest_minutes,
)
from kith.methods.learning.courses.pages import Page
from kith.methods.learning.courses.parts import joined
from kith.methods.learning.courses.pictures import check_picture
from kith.methods.learning.courses.schema import Module, Screen, Unit, Vignette
from kith.methods.learning.questions.schema import ENGLISH

MODULE_WORDS, UNIT_WORDS = 2_000, 1_300
SCREEN_WORDS = (60, 375)
"""60 to 300 words are wanted; a quarter more is borne."""
EXAMPLES, ACTIVITIES, QUESTIONS = 2, 1, 15
ALT_LETTERS = 15
START = 60
LINK = re.compile(r"\]\(([^()\s]+)\)")


def check_texts(page: Page) -> None:
    """Boxes, links, HTML and claims of every screen in every language."""
    for language, name, body in page.bodies():
        _check_boxes(page, language, name, body)
        _check_links(page, language, name, body)
        if not isinstance(page.part, Vignette):
            _check_claims(page, language, name, body)
    for screen in page.part.screens:
        _check_length(page, screen)


def check_amounts(module: Module, page: Page, *, quiz_questions: int) -> None:
    """Words, minutes, examples, activities and questions."""
    figures = figures_of(module, quiz_questions=quiz_questions)
    is_unit = isinstance(module, Unit)
    words, least = figures.words.get(ENGLISH, 0), UNIT_WORDS if is_unit else MODULE_WORDS
    english = page.text(ENGLISH)
    if words < least:
        english.add("words_needed", found=words, least=least)
    lower, upper = honest_minutes(counted_minutes(module, quiz_questions=quiz_questions))
    if not lower <= module.minutes <= upper:
        line = page.about.line_of_key("minutes")
        page.about.add("minutes_differ", line=line, said=module.minutes, least=lower, most=upper)
    if is_unit:
        return
    if figures.examples < EXAMPLES:
        english.add("examples_needed", found=figures.examples, least=EXAMPLES)
    if len(figures.activities) < ACTIVITIES:
        english.add("activities_needed", found=len(figures.activities), least=ACTIVITIES)
    if figures.questions < QUESTIONS:
        page.questions.add("questions_needed", found=figures.questions, least=QUESTIONS)


def check_pictures(module: Module, page: Page) -> None:
    """Pictures that texts show, with their words, and the files that they are in."""
    shown = set()
    for language, screen, body in page.bodies():
        for line, name, words in _pictures(body):
            at = page.body_line(language, screen, line)
            found = page.text(language)
            if len(words) < ALT_LETTERS:
                found.add("picture_without_words", line=at, place=screen, least=ALT_LETTERS)
            picture = module.picture(name, language)
            if picture is None:
                found.add("picture_missing", line=at, place=screen, name=name)
            else:
                shown.add(picture.name)
    if not shown:
        page.text(ENGLISH).add("pictures_needed")
    for picture in module.pictures:
        check_picture(page.files[joined(page.path, picture.name)], page.file(picture.name))
        if picture.name not in shown:
            page.file(picture.name).advise("picture_unused", name=picture.name)
    _check_sources(module, page)


def _check_sources(module: Module, page: Page) -> None:
    known, cited = {one.key for one in module.sources}, set()
    for language, screen, body in page.bodies():
        keys = set(cited_keys(body))
        cited |= keys
        for key in sorted(keys - known):
            line = page.body_line(language, screen, _line_with(body, f"@{key}"))
            page.text(language).add("source_unknown", line=line, place=screen, key=key)
    for key in sorted(known - cited):
        line = page.about.line_of_key(f"sources.{key}")
        page.about.advise("source_never_cited", line=line, key=key)


def _check_boxes(page: Page, language: str, screen: str, body: str) -> None:
    for one in boxes_in(body).problems:
        line = page.body_line(language, screen, one.line)
        page.text(language).add(one.reason, line=line, place=screen, **one.params)


def _check_links(page: Page, language: str, screen: str, body: str) -> None:
    for token in tokens_of(body):
        for address in _refused(token.children or ()):
            at = page.body_line(language, screen, token.map[0] if token.map else 0)
            page.text(language).add("link_refused", line=at, place=screen, address=address)


def _refused(children: Sequence[Token]) -> Iterator[str]:
    """Addresses of links that were left as letters, or lead to a picture."""
    text = "".join(one.content for one in children if one.type == "text")
    yield from LINK.findall(text)
    links = (str(one.attrs.get("href", "")) for one in children if one.type == "link_open")
    yield from (one for one in links if not is_address(one))


def _check_claims(page: Page, language: str, screen: str, body: str) -> None:
    for one in unsourced_claims(body, language):
        line = page.body_line(language, screen, one.line)
        start = one.text[:START].rstrip()
        page.text(language).advise(
            "claim_without_source", line=line, place=screen, sign=one.sign, start=start
        )


def _check_length(page: Page, screen: Screen) -> None:
    """Of the English text; a story has screens as short as it likes."""
    least, most = SCREEN_WORDS
    words = len(plain_words(screen.body.get(ENGLISH, "")))
    line, found = page.heading_line(ENGLISH, screen.name), page.text(ENGLISH)
    if not words:
        found.add("screen_empty", line=line, place=screen.name, name=screen.name)
    elif words < least and not isinstance(page.part, Vignette):
        found.advise(
            "screen_short", line=line, place=screen.name, name=screen.name, found=words, least=least
        )
    elif words > most:
        found.advise(
            "screen_long", line=line, place=screen.name, name=screen.name, found=words, most=most
        )


def _pictures(markdown: str) -> Iterator[tuple[int, str, str]]:
    """Line, name and alternative text of every picture."""
    for token in tokens_of(markdown):
        for child in token.children or ():
            if child.type == "image":
                line = token.map[0] if token.map else 0
                yield line, str(child.attrs.get("src", "")), child.content


def _line_with(text: str, part: str) -> int:
    return next(at for at, line in enumerate(text.splitlines()) if part in line)
