"""kith package: a course of one's own as a package that other learning systems play."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kith.config.commands.answers import add_json, answer
from kith.config.problems import CommandFailed
from kith.methods.learning.courses.reading import Reading, read_course
from kith.methods.learning.courses.stored import picture_files
from kith.methods.learning.packages.schema import Standard
from kith.methods.learning.packages.writing.packing import NoSuchLanguage, write_package

DONE, FAULTY = 0, 1
FORMATS = (Standard.SCORM_12.value, Standard.CMI5.value)


class Unreadable(CommandFailed):
    def __init__(self, folder: Path, said: str) -> None:
        super().__init__(f"The folder {folder} cannot be read as a course: {said}.")


class NotWritten(CommandFailed):
    def __init__(self, said: str) -> None:
        super().__init__(said)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Reads a course from its folder and writes it as one zip file: texts, pictures, quizzes "
        "that mark themselves, the place where somebody stopped, and the result."
    )
    parser.epilog = "Example: kith package my-course --format scorm12 --language pl --out my.zip"
    parser.add_argument("folder", type=Path, metavar="DIR", help="the course")
    parser.add_argument("--format", required=True, choices=FORMATS, help="what to write")
    parser.add_argument("--language", default="en", metavar="CODE", help="whose texts (en)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    read = _read(options.folder)
    if read.course is None or read.faults:
        found = {"faults": [str(one) for one in read.faults], "written": ""}
        answer(found, found["faults"] or ["There is no course here."], as_json=options.json)
        return FAULTY
    content = _written(read, options)
    found = _found(read, options, len(content))
    answer(found, _sentences(found), as_json=options.json)
    return DONE


def _read(folder: Path) -> Reading:
    try:
        return read_course(folder)
    except OSError as fault:
        raise Unreadable(folder, fault.strerror or "unknown") from fault


def _written(read: Reading, options: argparse.Namespace) -> bytes:
    course = read.course
    if course is None:
        raise Unreadable(options.folder, "it has no course.toml")
    pictures = {
        one.key: picture_files(one, read.folders[one.key], read.files) for one in course.modules
    }
    try:
        content = write_package(
            course,
            standard=Standard(options.format),
            language=options.language,
            pictures=pictures,
        )
        options.out.write_bytes(content)
    except NoSuchLanguage as fault:
        languages = ", ".join(course.languages)
        raise NotWritten(f"The course has no texts in {fault}; it has {languages}.") from fault
    except OSError as fault:
        raise NotWritten(f"{options.out} cannot be written: {fault.strerror}.") from fault
    return content


def _found(read: Reading, options: argparse.Namespace, size: int) -> dict[str, Any]:
    course = read.course
    modules = course.modules if course else ()
    return {
        "course": course.key if course else "",
        "format": options.format,
        "language": options.language,
        "screens": sum(len(one.screens) for one in modules),
        "questions": sum(len(one.questions) for one in modules),
        "bytes": size,
        "written": options.out.name,
        "faults": [],
    }


def _sentences(found: dict[str, Any]) -> Iterator[str]:
    yield f"Written: {found['written']} ({found['format']}, {found['language']})."
    yield f"{found['screens']} screens, {found['questions']} questions, {found['bytes']} bytes."
