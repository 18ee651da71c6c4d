"""Texts that a language lacks, and texts whose English wording has changed since."""

from collections.abc import Mapping

from kith.methods.learning.courses.files import Files
from kith.methods.learning.courses.findings import Finding, Findings
from kith.methods.learning.courses.folder import Folder
from kith.methods.learning.courses.pages import Page
from kith.methods.learning.courses.schema import Course, Part, Unit, Vignette, questions_in
from kith.methods.learning.courses.stamps import (
    FILE,
    languages_in,
    stale_languages,
    stale_questions,
)
from kith.methods.learning.questions.schema import ENGLISH, Words

OUTCOMES = (3, 7)


def check_titles(course: Course, languages: tuple[str, ...], found: Findings) -> None:
    """The texts of course.toml, and how many outcomes there are."""
    texts = {"title": course.title, "summary": course.summary, "for_whom": course.for_whom}
    for place, one in enumerate(course.outcomes, start=1):
        texts[f"outcomes.{place}"] = one
    _check_words(texts, languages, found)
    least, most = OUTCOMES
    if not least <= len(course.outcomes) <= most:
        line = found.line_of_key("outcomes")
        count = len(course.outcomes)
        found.advise(
            "number_of_parts", line=line, place="outcomes", found=count, least=least, most=most
        )


def check_translations(page: Page, languages: tuple[str, ...]) -> None:
    """Titles and screens of a module or vignette in each language, and what is stale."""
    part = page.part
    texts = {"title": part.title}
    if not isinstance(part, Vignette):
        texts["aim"] = part.aim
    if isinstance(part, Unit):
        texts |= {"summary": part.summary, "for_whom": part.for_whom}
    _check_words(texts, languages, page.about)
    for language in languages:
        _check_screens(page, language)
        if language != ENGLISH:
            _check_stale(page, language)
            _check_unstamped(page, language)


def check_stamps(parts: Mapping[str, Part], files: Files) -> list[Finding]:
    """Stamps of screens and questions that there are not."""
    known = {
        f"{key}/{name}"
        for key, part in parts.items()
        for name in [*(one.name for one in part.screens), *(one.key for one in questions_in(part))]
    }
    found = Findings(FILE)
    for kinds in Folder(files).stamps.values():
        for places in kinds.values():
            for place in places.keys() - known:
                found.advise("stamp_unknown", place=place)
    return found.found


def _check_words(texts: Mapping[str, Words], languages: tuple[str, ...], found: Findings) -> None:
    for key, words in texts.items():
        line = found.line_of_key(key)
        if words and ENGLISH not in words:
            found.add("language_missing", line=line, place=key, language=ENGLISH)
        for language in languages:
            if words and language != ENGLISH and language not in words:
                found.advise("translation_missing", line=line, place=key, language=language)


def _check_screens(page: Page, language: str) -> None:
    for screen in page.part.screens:
        if not screen.body.get(language) and language != ENGLISH:
            line = page.heading_line(ENGLISH, screen.name)
            page.text(ENGLISH).advise(
                "translation_missing", line=line, place=screen.name, language=language
            )


def _check_stale(page: Page, language: str) -> None:
    for screen in page.part.screens:
        if language in stale_languages(screen):
            line = page.heading_line(language, screen.name)
            page.text(language).advise(
                "translation_stale", line=line, place=screen.name, language=language
            )
    for key in stale_questions(page.part, language):
        line = page.questions.line_of_question(key)
        page.questions.advise("translation_stale", line=line, place=key, language=language)


def _check_unstamped(page: Page, language: str) -> None:
    stamped = {one.question for one in page.part.stamps if language in one.made_from}
    screens = [one for one in page.part.screens if language in one.body]
    questions = [one for one in questions_in(page.part) if language in languages_in(one)]
    count = sum(language not in one.made_from for one in screens)
    count += sum(one.key not in stamped for one in questions)
    if count:
        page.text(language).advise("translation_unstamped", count=count, language=language)
