"""A folder read as what it is, a course or a unit, with everything that was found."""

from dataclasses import dataclass
from pathlib import Path

from kith.methods.learning.courses.checks import Report, check_course, check_unit
from kith.methods.learning.courses.reading import (
    COURSE,
    UNIT,
    Reading,
    UnitReading,
    read_course,
    read_unit,
)
from kith.methods.learning.courses.schema import Part
from kith.methods.learning.questions.schema import Words


class NoCourse(Exception):
    """The folder is neither a course nor a unit, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Written:
    """parts: modules and vignettes, or the unit alone, by key."""

    reading: Reading | UnitReading
    report: Report
    parts: dict[str, Part]

    @property
    def key(self) -> str:
        found = self.reading.course if isinstance(self.reading, Reading) else self.reading.unit
        return found.key if found else ""

    @property
    def title(self) -> Words:
        found = self.reading.course if isinstance(self.reading, Reading) else self.reading.unit
        return found.title if found else {}


def read_written(folder: Path) -> Written:
    """Raises NoCourse."""
    try:
        if (folder / COURSE).is_file():
            return _course(read_course(folder))
        if (folder / UNIT).is_file():
            return _unit(read_unit(folder))
    except OSError as fault:
        raise NoCourse(f"{folder} cannot be read: {fault.strerror or 'unknown'}.") from fault
    raise NoCourse(f"{folder} holds neither {COURSE} nor {UNIT}.")


def _course(reading: Reading) -> Written:
    course = reading.course
    parts: list[Part] = [*course.modules, *course.vignettes] if course else []
    return Written(reading, check_course(reading), {one.key: one for one in parts})


def _unit(reading: UnitReading) -> Written:
    parts: dict[str, Part] = {reading.unit.key: reading.unit} if reading.unit else {}
    return Written(reading, check_unit(reading), parts)
