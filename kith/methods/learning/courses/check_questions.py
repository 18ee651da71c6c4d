"""Questions and tasks of a course: what each tests, and that nothing is left unsaid."""

from dataclasses import replace

from kith.methods.learning.courses.asking import screen_of_question
from kith.methods.learning.courses.findings import Findings
from kith.methods.learning.courses.pages import Page
from kith.methods.learning.courses.schema import Course, Module, Vignette
from kith.methods.learning.questions.checks import course_faults
from kith.methods.learning.questions.faults import Fault
from kith.methods.learning.questions.schema import ENGLISH, Essay, Question

START = 60
MISSING = "language_missing"


def check_questions(module: Module, page: Page, languages: tuple[str, ...]) -> None:
    """That each tests a sentence of the text and has all its words."""
    for question in module.questions:
        findings = page.questions
        _take(course_faults(question, languages=languages), findings)
        if question.tests and screen_of_question(module, question) is None:
            line, place = findings.line_of_question(question.key), f"{question.key}, tests"
            start = question.tests[:START]
            findings.add("sentence_not_found", line=line, place=place, start=start)


def check_tasks(vignette: Vignette, course: Course, page: Page) -> None:
    """That each task has criteria, its words in every language, and says where they are taught."""
    for task in vignette.tasks:
        faults = course_faults(_with_tests(task), languages=course.languages)
        _take(faults, page.about)
        line = page.about.line_of_question(task.key)
        if not task.criteria:
            page.about.add("criteria_missing", line=line, place=task.key)
        for one in task.criteria:
            _check_taught(one.taught, course, page.about, f"{task.key}, {one.key}", line)


def _check_taught(
    taught: str, course: Course, findings: Findings, place: str, line: int | None
) -> None:
    key, _, name = taught.partition("/")
    module = course.module(key)
    if not taught:
        findings.advise("taught_missing", line=line, place=place)
    elif module is None or module.screen(name) is None:
        findings.add("taught_unknown", line=line, place=place, taught=taught)


def _take(faults: list[Fault], findings: Findings) -> None:
    """English has to be there; other languages may come later."""
    others = [one for one in faults if one.params.get("language", ENGLISH) != ENGLISH]
    findings.take(one for one in faults if one not in others)
    for one in others:
        line, place = findings.line_of_question(one.question), f"{one.question}, {one.key}"
        findings.advise("translation_missing", line=line, place=place, **one.params)


def _with_tests(task: Essay) -> Question:
    """A task tests no single sentence; its criteria say where they are taught."""
    return replace(task, tests=task.key)
