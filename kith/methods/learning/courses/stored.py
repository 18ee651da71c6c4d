"""Courses and units as plain values that can be kept as JSON, and back. Nothing is lost on the way.

Pictures are kept by name and digest; `picture_files` gives their bytes, to be kept as files.
"""

from typing import cast

from kith.methods.learning.courses.files import Files
from kith.methods.learning.courses.parts import joined
from kith.methods.learning.courses.schema import Course, Module, Unit
from kith.methods.learning.questions.stored import BadStored, Plain, record, sparse

__all__ = [
    "BadStored",
    "course_from_plain",
    "course_to_plain",
    "picture_files",
    "unit_from_plain",
    "unit_to_plain",
]


def course_to_plain(course: Course) -> Plain:
    """The course as dictionaries, lists, texts and whole numbers."""
    return sparse(course)


def course_from_plain(plain: object) -> Course:
    """The course that `course_to_plain` wrote. Raises BadStored on anything else."""
    return cast("Course", record(Course, plain, "course"))


def unit_to_plain(unit: Unit) -> Plain:
    return sparse(unit)


def unit_from_plain(plain: object) -> Unit:
    """The unit that `unit_to_plain` wrote. Raises BadStored on anything else."""
    return cast("Unit", record(Unit, plain, "unit"))


def picture_files(module: Module, folder: str, files: Files) -> dict[str, bytes]:
    """Name -> bytes of a module's pictures, from the files it was read from.

    folder  path of the module, as Reading.folders has it
    """
    return {one.name: files[joined(folder, one.name)] for one in module.pictures}
