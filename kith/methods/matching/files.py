"""The files of `kith match`: people, decisions and rules in, pairs and explanations out."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeVar

from kith.methods.matching.cells import (
    DECISION_READERS,
    MENTOR_READERS,
    PARTICIPANT_READERS,
    BadText,
)
from kith.methods.matching.problem import BadProblem, Decision, Gate, Gates, Ruling, Weights
from kith.methods.matching.profile import BadProfile, Mentor, Participant
from kith.methods.matching.result import Result
from kith.methods.matching.settings import Waiting

PAIR_COLUMNS = ("participant", "mentor", "fit", "locked")

Readers = Mapping[str, Callable[[str], object]]
Made = TypeVar("Made")


@dataclass(frozen=True, order=True)
class BadCell:
    """What is wrong, and where. Line 1 holds the headings; no column: the line as a whole."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        """One line for the terminal."""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}"


class BadFile(ValueError):
    """A file cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Sequence[BadCell]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class _Row:
    """One line of a CSV file: its filled cells by heading."""

    file: str
    line: int
    cells: Mapping[str, str]

    def bad(self, column: str, reason: str) -> BadCell:
        return BadCell(self.file, self.line, column, reason)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a weights file may set; what it leaves out keeps its default."""

    weights: Weights = field(default_factory=Weights)
    gates: Gates = field(default_factory=Gates)
    waiting: Waiting = field(default_factory=Waiting)


def read_participants(path: Path) -> list[Participant]:
    """Participants of a CSV file. Raises BadFile with everything that is wrong."""
    rows = _rows(path, needed=("id",))
    return _made(rows, PARTICIPANT_READERS, Participant, key=("id",))


def read_mentors(path: Path) -> list[Mentor]:
    """Mentors of a CSV file. Raises BadFile with everything that is wrong."""
    rows = _rows(path, needed=("id",))
    return _made(rows, MENTOR_READERS, Mentor, key=("id",))


def read_decisions(
    path: Path, ruling: Ruling, *, participants: Sequence[Participant], mentors: Sequence[Mentor]
) -> list[Decision]:
    """Locked or rejected pairs of a CSV file with the columns participant and mentor.

    Raises BadFile, also for people who are not in the round.
    """
    rows = _rows(path, needed=("participant", "mentor"))

    def decision(participant: str, mentor: str) -> Decision:
        if participant not in participant_ids:
            raise BadProfile("participant", f"{participant!r} is not in this round")
        if mentor not in mentor_ids:
            raise BadProfile("mentor", f"{mentor!r} is not in this round")
        return Decision(ruling, participant, mentor)

    participant_ids = {person.id for person in participants}
    mentor_ids = {person.id for person in mentors}
    return _made(rows, DECISION_READERS, decision, key=("participant", "mentor"))


def read_rules(path: Path) -> Rules:
    """Weights, gates and waiting from TOML with the tables [weights], [gates] and [waiting]."""
    try:
        return _rules(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise BadFile([BadCell(path.name, 1, "", f"this is not TOML: {error}")]) from error
    except _BadSetting as error:
        raise BadFile([BadCell(path.name, 1, error.name, error.reason)]) from error


def write_pairs(path: Path, result: Result) -> None:
    """One line for each match; the file can be given back as locks."""
    with _whole(path) as out:
        writer = csv.writer(out)
        writer.writerow(PAIR_COLUMNS)
        for pair in result.pairs:
            locked = "yes" if pair.locked else "no"
            writer.writerow((pair.participant, pair.mentor, pair.fit, locked))


def write_explanations(
    path: Path, result: Result, *, progress: Callable[[int], None] = lambda _: None
) -> None:
    """One JSON object for each participant, in their order, with the key of the tie hash.

    progress  is told after each line how many there are
    """
    keys = result.tie_log
    with _whole(path) as out:
        for number, explanation in enumerate(result.explanations(), start=1):
            record = {**asdict(explanation), "tie_key": keys[explanation.participant]}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            progress(number)


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """A file that takes its name only when it is complete: who stops halfway leaves the old one."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadFile([BadCell(path.name, line, "", "the text is not UTF-8")]) from error
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror})"
        raise BadFile([BadCell(path.name, 1, "", reason)]) from error


def _rows(path: Path, *, needed: Sequence[str]) -> list[_Row]:
    """Every line with something in it. Raises BadFile when the table itself is broken."""
    reader = csv.reader(_text(path).splitlines(keepends=True), strict=True)
    try:
        headings = [heading.strip().casefold() for heading in next(reader, [])]
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise BadFile([BadCell(path.name, reader.line_num, "", f"{error}")]) from error
    faults = _heading_faults(path.name, headings, needed)
    filled = [(line, cells) for line, cells in lines if any(cells)]
    faults += [
        BadCell(path.name, line, "", f"{len(headings)} cells expected, {len(cells)} found")
        for line, cells in filled
        if len(cells) != len(headings)
    ]
    if faults:
        raise BadFile(faults)
    return [
        _Row(
            path.name,
            line,
            {name: cell for name, cell in zip(headings, cells, strict=True) if cell},
        )
        for line, cells in filled
    ]


def _heading_faults(file: str, headings: Sequence[str], needed: Sequence[str]) -> list[BadCell]:
    missing = [
        BadCell(file, 1, name, "this column is needed") for name in needed if name not in headings
    ]
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    return missing + [BadCell(file, 1, name, "this column stands there twice") for name in twice]


def _made(
    rows: Sequence[_Row], readers: Readers, make: Callable[..., Made], *, key: Sequence[str]
) -> list[Made]:
    """One record for each row. Raises BadFile when a cell or a row is wrong, with all of them."""
    made: list[Made] = []
    faults: list[BadCell] = []
    first_line: dict[tuple[str, ...], int] = {}
    for row in rows:
        try:
            values = _values(row, readers, needed=key)
            _refuse_twice(row, key, first_line)
            made.append(make(**values))
        except BadProfile as error:
            faults.append(row.bad(error.field_name, error.reason))
        except BadFile as error:
            faults += error.faults
    if faults:
        raise BadFile(faults)
    return made


def _refuse_twice(row: _Row, key: Sequence[str], first_line: dict[tuple[str, ...], int]) -> None:
    name = tuple(row.cells[one] for one in key)
    if (line := first_line.setdefault(name, row.line)) != row.line:
        raise BadFile([row.bad(key[0], f"{name[0]!r} stands in line {line} already")])


def _values(row: _Row, readers: Readers, *, needed: Sequence[str]) -> dict[str, object]:
    """The cells that have a reader, read; other columns are left alone."""
    values: dict[str, object] = {}
    wrong = [row.bad(name, "this cell is needed") for name in needed if name not in row.cells]
    for name in sorted(readers.keys() & row.cells.keys()):
        try:
            values[name] = readers[name](row.cells[name])
        except BadText as error:
            wrong.append(row.bad(name, str(error)))
        except BadProfile as error:
            wrong.append(row.bad(name, error.reason))
    if wrong:
        raise BadFile(wrong)
    return values


class _BadSetting(ValueError):
    """One setting of a weights file is wrong."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def _rules(tables: Mapping[str, Any]) -> Rules:
    for name, table in tables.items():
        if name not in {"weights", "gates", "waiting"} or not isinstance(table, dict):
            raise _BadSetting(name, "only the tables weights, gates and waiting are known")
    return Rules(
        weights=_setting(Weights, tables.get("weights", {})),
        gates=_setting(Gates, _with_gates(tables.get("gates", {}))),
        waiting=_setting(Waiting, tables.get("waiting", {})),
    )


def _with_gates(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with the names of the gates that are off turned into gates."""
    off = table.get("off", [])
    known = [gate.value for gate in Gate]
    if not isinstance(off, list) or not all(name in known for name in off):
        raise _BadSetting("gates.off", f"a list out of {', '.join(known)} is needed")
    return {**table, "off": frozenset(Gate(name) for name in off)}


def _setting(kind: Callable[..., Made], table: Mapping[str, Any]) -> Made:
    """The settings of one table, each of the type of its default."""
    standard = kind()
    for name, value in table.items():
        if name not in vars(standard):
            raise _BadSetting(name, f"the known names are {', '.join(vars(standard))}")
        if not _fits_type(value, getattr(standard, name)):
            raise _BadSetting(name, f"{value!r} is of the wrong kind")
    try:
        return kind(**table)
    except BadProblem as error:
        raise _BadSetting("", str(error)) from error


def _fits_type(value: object, standard: object) -> bool:
    """True for a value like the default; where decimals may stand, whole numbers may too."""
    if isinstance(standard, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(standard)
