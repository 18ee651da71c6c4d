"""A course or a unit from its folder. docs/courses.md lists the keys.

Nothing stops at the first fault.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kith.methods.learning.courses.files import MOST_FILES, Files, TooMany, files_in
from kith.methods.learning.courses.findings import Finding
from kith.methods.learning.courses.folder import Folder
from kith.methods.learning.courses.parts import read_module, read_unit_at, read_vignette
from kith.methods.learning.courses.schema import Course, Module, Opens, Part, Unit, Vignette
from kith.methods.learning.courses.values import keyed, needed_number, needed_text, number, one_of
from kith.methods.learning.questions.tables import Table

COURSE, UNIT, MODULE, VIGNETTE = "course.toml", "unit.toml", "module.toml", "vignette.toml"
NUMBERED = re.compile(r"\d\d-.+")
NUMBERS: dict[str, tuple[int, int]] = {
    "version": (1, 100_000),
    "certificate_months": (1, 120),
    "quiz_questions": (1, 100),
    "final_questions_per_module": (0, 50),
    "pass_percent": (1, 100),
}
"""Key of course.toml -> smallest and largest number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A course as far as it could be read, and what is wrong with the rest.

    course   None when course.toml cannot be read or lacks what every page shows
    files    what was read, by path
    folders  key of a module or vignette -> its path
    """

    course: Course | None
    faults: tuple[Finding, ...]
    files: Files
    folders: dict[str, str]


@dataclass(frozen=True, slots=True)
class UnitReading:
    """The same for a unit; the folder of its only part is empty."""

    unit: Unit | None
    faults: tuple[Finding, ...]
    files: Files
    folders: dict[str, str]


def read_course(folder: Path) -> Reading:
    """The course in a folder and every fault in it. Raises OSError."""
    try:
        return course_of(files_in(folder))
    except TooMany:
        return Reading(None, (_too_many(),), {}, {})


def read_unit(folder: Path) -> UnitReading:
    """The unit in a folder and every fault in it. Raises OSError."""
    try:
        return unit_of(files_in(folder))
    except TooMany:
        return UnitReading(None, (_too_many(),), {}, {})


def course_of(files: Files) -> Reading:
    """The course in files by path, as read_course has them. Never raises."""
    folder = Folder(files)
    modules = [read_module(folder, path) for path in _module_folders(folder)]
    vignettes = [read_vignette(folder, path) for path in _folders(files, VIGNETTE)]
    folders = _keyed_once(folder, [one for one in (*modules, *vignettes) if one])
    course = _course(folder, [part for _path, part in folders.values()])
    return Reading(
        course, _sorted(folder.found), files, {key: path for key, (path, _part) in folders.items()}
    )


def unit_of(files: Files) -> UnitReading:
    """The unit in files by path, as read_unit has them. Never raises."""
    folder = Folder(files)
    unit = read_unit_at(folder, "")
    return UnitReading(unit, _sorted(folder.found), files, {unit.key: ""} if unit else {})


def _module_folders(folder: Folder) -> Iterable[str]:
    for path in _folders(folder.files, MODULE):
        if NUMBERED.fullmatch(path):
            yield path
        else:
            folder.file(f"{path}/{MODULE}").add("folder_without_digits")


def _folders(files: Files, name: str) -> list[str]:
    return sorted(path.removesuffix(f"/{name}") for path in files if path.endswith(f"/{name}"))


def _keyed_once(folder: Folder, parts: list[tuple[str, Part]]) -> dict[str, tuple[str, Part]]:
    """Parts by key. The second with a key is a fault and is left out."""
    known: dict[str, tuple[str, Part]] = {}
    for path, part in parts:
        if part.key in known:
            name = VIGNETTE if isinstance(part, Vignette) else MODULE
            folder.file(f"{path}/{name}").add("part_twice", place="key", key=part.key)
        else:
            known[part.key] = (path, part)
    return known


def _course(folder: Folder, parts: list[Part]) -> Course | None:
    table, findings = folder.table(COURSE)
    if table is None:
        return None
    values = _values(table)
    table.close()
    findings.take(table.faults.found)
    modules = tuple(one for one in parts if isinstance(one, Module))
    vignettes = tuple(one for one in parts if isinstance(one, Vignette))
    if not modules:
        findings.add("modules_missing")
    if not (values["key"] and values["title"]):
        return None
    return Course(**values, modules=modules, vignettes=vignettes)


def _values(table: Table) -> dict[str, Any]:
    outcomes = []
    for row in table.needed_tables("outcomes"):
        outcomes.append(row.own_words())
        row.close()
    return {
        "key": keyed(table),
        "title": table.needed_words("title"),
        "summary": table.needed_words("summary"),
        "for_whom": table.needed_words("for_whom"),
        "outcomes": tuple(outcomes),
        "licence": needed_text(table, "licence"),
        **{key: needed_number(table, key, *ends) for key, ends in NUMBERS.items()},
        "live_session": table.truth("live_session", usual=False),
        "opens": one_of(table, "opens", Opens, Opens.NOTHING),
        "refresher_months": number(table, "refresher_months", 1, 120),
        "final_minutes": number(table, "final_minutes", 10, 240),
    }


def _too_many() -> Finding:
    return Finding("", None, "", "folder_too_large", {"most": MOST_FILES})


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: (one.file, one.line or 0)))
