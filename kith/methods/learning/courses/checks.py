"""Everything that is to change or to look at in a course or a unit, and what is counted in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.methods.learning.courses.asking import alike, longest_right, same_sentence
from kith.methods.learning.courses.check_questions import check_questions, check_tasks
from kith.methods.learning.courses.check_texts import check_amounts, check_pictures, check_texts
from kith.methods.learning.courses.check_translations import (
    check_stamps,
    check_titles,
    check_translations,
)
from kith.methods.learning.courses.figures import Figures, figures_of
from kith.methods.learning.courses.findings import Finding, Findings, Weight
from kith.methods.learning.courses.pages import Page
from kith.methods.learning.courses.reading import COURSE, Reading, UnitReading
from kith.methods.learning.courses.schema import Course, Module, Part, Vignette, languages_of


@dataclass(frozen=True, slots=True)
class Report:
    """findings: errors and advice in the order of files and lines."""

    findings: tuple[Finding, ...]
    figures: tuple[Figures, ...]
    languages: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.weight is Weight.ERROR)

    @property
    def advice(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.weight is Weight.ADVICE)


def check_course(reading: Reading) -> Report:
    """What reading found, and what a course asks for beyond being read."""
    course = reading.course
    if course is None:
        return Report(reading.faults, (), ())
    pages = _pages((*course.modules, *course.vignettes), reading)
    about = Findings(COURSE, reading.files.get(COURSE, b"").decode("utf-8-sig", errors="replace"))
    check_titles(course, course.languages, about)
    _check_across(course, pages)
    for page in pages.values():
        _check_page(page, course.languages, quiz_questions=course.quiz_questions)
    for page in pages.values():
        if isinstance(page.part, Vignette):
            check_tasks(page.part, course, page)
    parts = {key: page.part for key, page in pages.items()}
    found = [*about.found, *check_stamps(parts, reading.files), *_found(pages.values())]
    figures = tuple(
        figures_of(one.part, quiz_questions=course.quiz_questions) for one in pages.values()
    )
    return Report(_in_order([*reading.faults, *found]), figures, course.languages)


def check_unit(reading: UnitReading) -> Report:
    """The same for a unit."""
    unit = reading.unit
    if unit is None:
        return Report(reading.faults, (), ())
    languages = languages_of(unit.title)
    pages = _pages((unit,), reading)
    page = pages[unit.key]
    _check_page(page, languages, quiz_questions=0)
    _check_repeated((unit,), pages)
    found = [*check_stamps({unit.key: unit}, reading.files), *page.found]
    figures = (figures_of(unit, quiz_questions=0),)
    return Report(_in_order([*reading.faults, *found]), figures, languages)


def _pages(parts: Iterable[Part], reading: Reading | UnitReading) -> dict[str, Page]:
    return {
        one.key: Page(one, reading.folders.get(one.key, one.key), reading.files) for one in parts
    }


def _check_page(page: Page, languages: tuple[str, ...], *, quiz_questions: int) -> None:
    check_texts(page)
    check_translations(page, languages)
    if isinstance(page.part, Module):
        check_amounts(page.part, page, quiz_questions=quiz_questions)
        check_pictures(page.part, page)
        check_questions(page.part, page, languages)


def _check_across(course: Course, pages: dict[str, Page]) -> None:
    _check_repeated(course.modules, pages)
    for module in course.modules:
        if found := longest_right(module):
            pages[module.key].questions.advise("right_is_longest", found=found[0], count=found[1])


def _check_repeated(modules: tuple[Module, ...], pages: dict[str, Page]) -> None:
    for (key, question), other in same_sentence(modules):
        findings = pages[key].questions
        line = findings.line_of_question(question.key)
        findings.add("sentence_twice", line=line, place=f"{question.key}, tests", other=other)
    for pair in alike(modules):
        (other_key, other_question), (key, question) = pair.first, pair.second
        findings = pages[key].questions
        findings.advise(
            "stems_alike",
            line=findings.line_of_question(question.key),
            place=f"{question.key}, stem",
            other=f"{other_key}/{other_question.key}",
            percent=pair.percent,
        )


def _found(pages: Iterable[Page]) -> list[Finding]:
    return [one for page in pages for one in page.found]


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: (one.file, one.line or 0, one.place)))
