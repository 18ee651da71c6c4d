"""kith instruments check: what of a questionnaire's file will work, and what will not."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from kith.config.commands.answers import add_json, answer
from kith.config.problems import CommandFailed
from kith.methods.instruments.files import read_questionnaire_at
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.reading import Reading
from kith.methods.instruments.summary import Summary
from kith.methods.instruments.xlsform.languages import language_code, language_heading

DONE, FAILED = 0, 1


class UnreadableFile(CommandFailed):
    def __init__(self, path: Path, *, said: str) -> None:
        super().__init__(f"The file {path} cannot be read: {said}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="check")
    check = actions.add_parser(
        "check",
        help="say what of a questionnaire will work, and what will not",
        description=(
            "Reads an XLSForm (.xlsx, .xls or .md) or a pack (.toml, or its folder) as an upload "
            "does and says what will work, what works otherwise and what is refused, with the row. "
            "Ends with 1 when the file would be refused. Nothing is stored."
        ),
        epilog="Example: kith instruments check form.xlsx",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="the questionnaire")
    check.add_argument(
        "--language",
        type=_language,
        default="en",
        metavar="CODE",
        help="what the file is written in when its columns do not say so",
    )
    add_json(check)


def _language(written: str) -> str:
    if code := language_code(written):
        return code
    raise argparse.ArgumentTypeError(f"“{written}” is no language")


def run(options: argparse.Namespace) -> int:
    reading = _read(options.file, options.language)
    usable = reading.instrument is not None
    summary = Summary.of(reading.instrument).to_dict() if reading.instrument else {}
    found = {
        "file": options.file.name,
        "usable": usable,
        **summary,
        "findings": [one.to_dict() for one in reading.findings],
    }
    answer(found, _sentences(options.file.name, reading), as_json=options.json)
    return DONE if usable else FAILED


def _read(path: Path, language: str) -> Reading:
    try:
        return read_questionnaire_at(path, language=language)
    except OSError as fault:
        raise UnreadableFile(path, said=fault.strerror or "unknown") from fault


def _sentences(name: str, reading: Reading) -> Iterator[str]:
    if reading.instrument is None:
        yield f"{name} cannot be used yet. Please change these places:"
        yield from map(_line, reading.refusals)
    else:
        yield f"{name} can be used."
        yield from _what_works(Summary.of(reading.instrument))
    if reading.notes:
        yield "Good to know:"
        yield from map(_line, reading.notes)


def _what_works(summary: Summary) -> Iterator[str]:
    yield f"  title: {summary.title}"
    yield f"  languages: {', '.join(map(language_heading, summary.languages))}"
    yield f"  questions: {summary.questions}"
    yield f"  types: {_counted(summary.types)}"
    if summary.rules:
        yield f"  rules: {_counted(summary.rules)}"
    if summary.functions:
        yield f"  functions: {', '.join(summary.functions)}"


def _counted(numbers: dict[str, int]) -> str:
    return ", ".join(f"{name} ({number})" for name, number in sorted(numbers.items()))


def _line(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.place else ""
    return f"  {place}{finding.sentence}"
