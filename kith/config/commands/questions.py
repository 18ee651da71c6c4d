"""kith questions: questions of a quiz from other systems, and for them. Files only."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kith.config.commands.answers import add_json, answer
from kith.config.problems import CommandFailed
from kith.methods.learning.banks.files import NAMES, WRITERS, read_bank, write_bank
from kith.methods.learning.banks.notes import Note, UnreadableBank
from kith.methods.learning.questions.faults import Fault
from kith.methods.learning.questions.reading import read_questions
from kith.methods.learning.questions.schema import Question
from kith.methods.learning.questions.writing import write_questions

DONE, FAILED, UNREADABLE = 0, 1, 2
TOML = "questions.toml"
KIND_NAMES = {**NAMES, "toml": TOML}


class Unreadable(Exception):
    """A file that cannot be read at all."""

    def __init__(self, path: Path, reason: str, *, line: int = 0) -> None:
        self.path, self.reason, self.line = path, reason, line
        place = f", line {line}" if line else ""
        super().__init__(f"{path.name}{place}: {reason}")


class UnwritableFile(CommandFailed):
    def __init__(self, path: Path, said: str) -> None:
        super().__init__(f"The file {path} cannot be written: {said}.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file or a folder holds."""

    questions: tuple[Question, ...]
    kind: str
    encoding: str = "utf-8"
    categories: tuple[str, ...] = ()
    notes: tuple[dict[str, Any], ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="import|export")
    taking = actions.add_parser(
        "import",
        help="read a bank of questions, and say what was not taken",
        description=(
            "Reads GIFT, Moodle XML, Aiken, QTI 2.1 to 3.0 or a Common Cartridge and says with "
            "line and name what could not be taken, or works otherwise here."
        ),
        epilog="Example: kith questions import bank.xml --language pl --out questions.toml",
    )
    taking.add_argument("file", type=Path, metavar="FILE", help="the bank")
    taking.add_argument("--out", type=Path, metavar="FILE", help="write them as questions.toml")
    giving = actions.add_parser(
        "export",
        help="write questions for another system, and say what it cannot hold",
        description=(
            "Reads a questions.toml, all of them in a folder, or a bank, and writes the texts of "
            "one language. What the format cannot hold is said by question."
        ),
        epilog="Example: kith questions export helping-newcomers --format moodle --out bank.xml",
    )
    giving.add_argument("file", type=Path, metavar="FILE_OR_DIR", help="the questions")
    giving.add_argument("--format", required=True, choices=list(WRITERS), help="what to write")
    giving.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to")
    for one in (taking, giving):
        one.add_argument(
            "--language", default="en", metavar="CODE", help="what banks are written in (en)"
        )
        add_json(one)


def run(options: argparse.Namespace) -> int:
    try:
        taken = _from(options.file, options.language)
    except Unreadable as fault:
        _refuse(fault, as_json=options.json)
        return UNREADABLE
    taken = _given(taken, options)
    found = {
        "file": options.file.name,
        "kind": taken.kind,
        "encoding": taken.encoding,
        "taken": len(taken.questions),
        "kinds": dict(Counter(one.kind.value for one in taken.questions)),
        "categories": list(taken.categories),
        "written": options.out.name if options.out else "",
        "notes": list(taken.notes),
    }
    answer(found, _sentences(found), as_json=options.json)
    return DONE if taken.questions else FAILED


def _refuse(fault: Unreadable, *, as_json: bool) -> None:
    if as_json:
        said = {"file": fault.path.name, "line": fault.line, "reason": fault.reason}
        print(json.dumps({"problem": str(fault), **said}, ensure_ascii=False))
    else:
        print(fault, file=sys.stderr)


def _given(taken: Taken, options: argparse.Namespace) -> Taken:
    """The same after writing, with what was said about that."""
    if options.action == "import":
        if options.out:
            _write(options.out, write_questions(taken.questions).encode("utf-8"))
        return taken
    written = write_bank(taken.questions, kind=options.format, language=options.language)
    _write(options.out, written.content)
    return replace(taken, notes=(*taken.notes, *_told(written.notes)))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise UnwritableFile(path, fault.strerror or "unknown") from fault


def _from(path: Path, language: str) -> Taken:
    if path.is_dir():
        return _from_folder(path)
    content = _bytes(path)
    if path.suffix.lower() == ".toml":
        return _from_toml(path, content)
    try:
        bank = read_bank(content, language=language)
    except UnreadableBank as fault:
        where = path / fault.where if fault.where else path
        raise Unreadable(where, str(fault), line=fault.line) from fault
    return Taken(bank.questions, bank.kind, bank.encoding, bank.categories, _told(bank.notes))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(path, f"It cannot be opened ({fault.strerror or 'unknown'}).") from fault


def _from_toml(path: Path, content: bytes) -> Taken:
    read = read_questions(content)
    for fault in read.faults:
        if fault.reason == "file_unreadable":
            raise Unreadable(path, str(fault))
    return Taken(read.questions, "toml", notes=tuple(_fault(one, "") for one in read.faults))


def _from_folder(folder: Path) -> Taken:
    """All questions.toml below; their folder is the category, and makes keys their own."""
    files = sorted(folder.rglob(TOML))
    if not files:
        raise Unreadable(folder, f"There is no {TOML} in this folder.")
    questions: list[Question] = []
    notes: list[dict[str, Any]] = []
    for file in files:
        taken = _from_toml(file, _bytes(file))
        where = file.parent.relative_to(folder).as_posix().removeprefix(".")
        questions += _named(taken.questions, where)
        notes += [{**one, "where": f"{where}/{TOML}".removeprefix("/")} for one in taken.notes]
    categories = tuple(dict.fromkeys(one.category for one in questions if one.category))
    return Taken(tuple(questions), "toml", categories=categories, notes=tuple(notes))


def _named(questions: Sequence[Question], where: str) -> Iterator[Question]:
    for one in questions:
        key = f"{where.replace('/', '-')}-{one.key}" if where else one.key
        yield replace(one, key=key, category=one.category or where)


def _told(notes: Iterable[Note]) -> tuple[dict[str, Any], ...]:
    return tuple(one.to_dict() for one in notes)


def _fault(one: Fault, where: str) -> dict[str, Any]:
    return {
        "code": one.reason,
        "weight": "left_out",
        "where": where,
        "line": 0,
        "name": ", ".join(part for part in (one.question, one.key) if part),
        "sentence": one.sentence,
    }


def _sentences(found: dict[str, Any]) -> Iterator[str]:
    kinds = ", ".join(f"{kind} ({number})" for kind, number in sorted(found["kinds"].items()))
    yield f"{found['file']}: {KIND_NAMES[found['kind']]}, {found['encoding']}."
    yield f"Questions taken: {found['taken']}{f', {kinds}' if kinds else ''}."
    if found["categories"]:
        yield f"Categories: {', '.join(found['categories'])}."
    if found["written"]:
        yield f"Written: {found['written']}."
    for heading, weight in (("Not taken:", "left_out"), ("Works otherwise:", "changed"),
                            ("Good to know:", "fyi")):  # fmt: skip
        notes = [one for one in found["notes"] if one["weight"] == weight]
        yield from ([heading, *map(_line, notes)] if notes else [])


def _line(note: dict[str, Any]) -> str:
    line = f"line {note['line']}" if note["line"] else ""
    place = ", ".join(part for part in (note["where"], line, note["name"]) if part)
    return f"  {place}: {note['sentence']}" if place else f"  {note['sentence']}"
