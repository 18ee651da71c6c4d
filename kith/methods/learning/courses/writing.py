"""A course as the files of its folder, so that reading them gives the same course."""

from collections.abc import Iterator, Mapping
from typing import Any

from kith.methods.learning.courses.parts import QUESTIONS_FILE
from kith.methods.learning.courses.reading import COURSE, MODULE, VIGNETTE
from kith.methods.learning.courses.schema import (
    Course,
    Module,
    Part,
    Source,
    Vignette,
    languages_of,
    questions_in,
)
from kith.methods.learning.courses.stamping import as_toml
from kith.methods.learning.courses.stamps import FILE, QUESTIONS, SCREENS
from kith.methods.learning.questions.schema import Essay
from kith.methods.learning.questions.writing import lines_of, row_of, write_questions

Pictures = Mapping[str, Mapping[str, bytes]]
"""Key of a module -> name -> bytes."""

OF_COURSE = (
    "key", "version", "title", "summary", "for_whom", "outcomes", "licence", "certificate_months",
    "quiz_questions", "final_questions_per_module", "pass_percent", "live_session", "opens",
    "final_minutes", "refresher_months",
)  # fmt: skip
OF_TASK = ("key", "stem", "words", "criteria", "example", "notes")


def files_of(course: Course, pictures: Pictures) -> dict[str, bytes]:
    """Path -> content of every file."""
    found = {COURSE: lines_of(_row(course, OF_COURSE))}
    for number, module in enumerate(course.modules, start=1):
        found |= _module_files(module, folder_of(module, number))
    for vignette in course.vignettes:
        found |= _vignette_files(vignette, folder_of(vignette))
    if stamps := _stamps([*course.modules, *course.vignettes]):
        found[FILE] = as_toml(stamps)
    return {path: text.encode() for path, text in found.items()} | picture_paths(course, pictures)


def folder_of(part: Part, number: int = 0) -> str:
    """The folder of a part; modules stand in the order of their numbers."""
    return f"vignettes/{part.key}" if isinstance(part, Vignette) else f"{number:02}-{part.key}"


def picture_paths(course: Course, pictures: Pictures) -> dict[str, bytes]:
    """Path -> content of the pictures alone."""
    return {
        f"{folder_of(module, number)}/{name}": content
        for number, module in enumerate(course.modules, start=1)
        for name, content in pictures.get(module.key, {}).items()
    }


def text_of(part: Part, language: str) -> str:
    """The screens of a part in one language."""
    return "\n\n".join(
        f"## {screen.heading.get(language, '')} {{#{screen.name}}}\n\n{screen.body[language]}"
        for screen in part.screens
        if language in screen.body
    )


def _module_files(module: Module, folder: str) -> dict[str, str]:
    about = lines_of(_row(module, ("key", "title", "aim", "minutes")))
    found = {f"{folder}/{MODULE}": about + "".join(map(_source, module.sources))}
    if module.questions:
        found[f"{folder}/{QUESTIONS_FILE}"] = write_questions(module.questions)
    return found | dict(_texts(module, folder))


def _vignette_files(vignette: Vignette, folder: str) -> dict[str, str]:
    about = lines_of(_row(vignette, ("key", "title", "minutes")))
    tasks = "".join(f"\n[[task]]\n{lines_of(_task(one))}" for one in vignette.tasks)
    return {f"{folder}/{VIGNETTE}": about + tasks} | dict(_texts(vignette, folder))


def _texts(part: Part, folder: str) -> Iterator[tuple[str, str]]:
    languages = languages_of({code: code for screen in part.screens for code in screen.body})
    for language in languages:
        yield f"{folder}/{language}.md", text_of(part, language) + "\n"


def _source(source: Source) -> str:
    row = _row(source, ("title", "publisher", "year", "address"))
    return f"\n[sources.{source.key}]\n{lines_of(row)}"


def _task(task: Essay) -> dict[str, Any]:
    row = row_of(task)
    return {("prompt" if key == "stem" else key): row[key] for key in OF_TASK if key in row}


def _row(record: object, keys: tuple[str, ...]) -> dict[str, Any]:
    values = {key: getattr(record, key) for key in keys}
    return {key: value for key, value in values.items() if value is not None}


def _stamps(parts: list[Part]) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for part in parts:
        for kind, name, made_from in _made(part):
            for language, made in made_from.items():
                kinds = found.setdefault(language, {SCREENS: {}, QUESTIONS: {}})
                kinds[kind][f"{part.key}/{name}"] = made
    return found


def _made(part: Part) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    yield from ((SCREENS, one.name, one.made_from) for one in part.screens)
    known = {one.key for one in questions_in(part)}
    yield from (
        (QUESTIONS, one.question, one.made_from) for one in part.stamps if one.question in known
    )
