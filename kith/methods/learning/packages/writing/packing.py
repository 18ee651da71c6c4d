"""A course as a package in one language: page, questions, pictures, script, table of contents."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kith.methods.learning.courses.schema import Course, Module, Part
from kith.methods.learning.packages.schema import Standard
from kith.methods.learning.packages.writing import manifests
from kith.methods.learning.packages.writing.pages import page_of
from kith.methods.learning.packages.writing.questions import Texts, all_told
from kith.methods.learning.packages.writing.words import words_in

PLAYER = Path(__file__).parent.parent / "static" / "player"
RECORDS = {Standard.SCORM_12: "scorm12.js", Standard.CMI5: "cmi5.js"}
OWN = ("player.css", "marking.js", "questions.js", "player.js")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The same course gives the same bytes."""

Pictures = Mapping[str, Mapping[str, bytes]]
"""Key of a module -> name as the module has it -> bytes."""


class NoSuchLanguage(ValueError):
    """The course has no texts in this language."""


def write_package(
    course: Course, *, standard: Standard, language: str, pictures: Pictures
) -> bytes:
    """A package of SCORM 1.2 or cmi5. Raises NoSuchLanguage."""
    if language not in course.languages:
        raise NoSuchLanguage(language)
    files = _files(course, standard, language, pictures)
    if standard is Standard.SCORM_12:
        told = manifests.scorm_12(course, language, files)
        files = {"imsmanifest.xml": told.encode(), **files}
    else:
        told = manifests.cmi5(course, language, has_score=_has_questions(course))
        files = {"cmi5.xml": told.encode(), **files}
    return _packed(files)


def _files(
    course: Course, standard: Standard, language: str, pictures: Pictures
) -> dict[str, bytes]:
    shown = {
        module.key: {
            one.name: f"pictures/{module.key}/{_flat(one.name)}" for one in module.pictures
        }
        for module in course.modules
    }
    used: set[str] = set()
    addresses = _addresses(shown, language, used)
    told = json.dumps(_told(course, language, addresses), ensure_ascii=True)
    found = {
        "index.html": page_of(course, language, addresses).encode(),
        "data.js": f"self.kithCourse = {told};\n".encode(),
        "record.js": (PLAYER / RECORDS[standard]).read_bytes(),
        **{name: (PLAYER / name).read_bytes() for name in OWN},
    }
    for module in course.modules:
        for name, address in shown[module.key].items():
            if address in used and name in pictures.get(module.key, {}):
                found[address] = pictures[module.key][name]
    return found


def _flat(name: str) -> str:
    return name.removeprefix("pictures/").replace("/", "-")


def _addresses(
    shown: Mapping[str, Mapping[str, str]], language: str, used: set[str]
) -> Callable[[Part], Callable[[str], str | None]]:
    def of_part(part: Part) -> Callable[[str], str | None]:
        def address(name: str) -> str | None:
            picture = part.picture(name, language) if isinstance(part, Module) else None
            if picture is None:
                return None
            used.add(shown[part.key][picture.name])
            return shown[part.key][picture.name]

        return address

    return of_part


def _told(
    course: Course, language: str, addresses: Callable[[Part], Callable[[str], str | None]]
) -> dict[str, Any]:
    """What the script needs beside the page."""
    return {
        "language": language,
        "words": dict(words_in(language)),
        "passPercent": course.pass_percent,
        "quizQuestions": course.quiz_questions,
        "finalQuestions": course.final_questions_per_module,
        "questions": {
            one.key: all_told(one.questions, Texts(language, addresses(one)))
            for one in course.modules
        },
    }


def _has_questions(course: Course) -> bool:
    return any(one.questions for one in course.modules)


def _packed(files: Mapping[str, bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            one = zipfile.ZipInfo(name, LONG_AGO)
            one.compress_type = zipfile.ZIP_DEFLATED
            one.external_attr = 0o644 << 16
            archive.writestr(one, content)
    return found.getvalue()
