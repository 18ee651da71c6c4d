"""kith course: check, stamp and preview a course or a unit that is written as files."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from kith.config.commands.answers import add_json, answer
from kith.config.preview.reading import NoCourse, Written, read_written
from kith.config.preview.server import PreviewServer
from kith.config.problems import CommandFailed
from kith.methods.learning.courses.figures import Figures
from kith.methods.learning.courses.findings import Finding
from kith.methods.learning.courses.stamping import NothingToStamp, stamp
from kith.methods.learning.questions.tables import LANGUAGE

DONE, FAILED, UNREADABLE = 0, 1, 2
PORT = 8020


class NotStamped(CommandFailed):
    pass


class PortTaken(CommandFailed):
    def __init__(self, port: int, said: str) -> None:
        super().__init__(f"Port {port} cannot be used ({said}). Choose another: --port {port + 1}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|stamp|preview")
    check = actions.add_parser(
        "check",
        help="say what of a course or unit is missing",
        description=(
            "Reads a course or a unit as Kith does and says what is to change and what to look at. "
            "Ends with 1 when there are errors, with 2 when it cannot be read. Nothing is stored."
        ),
        epilog="Example: kith course check helping-newcomers",
    )
    _add_folder(check)
    add_json(check)
    _add_stamp(actions)
    _add_preview(actions)


def _add_stamp(actions: Any) -> None:
    one = actions.add_parser(
        "stamp",
        help="note which English wording the texts of a language were made from",
        description=(
            "Writes translated.toml: every text in the language counts as made from the English "
            "text as it stands now. Do it after translating or looking through all of it."
        ),
        epilog="Example: kith course stamp helping-newcomers pl",
    )
    _add_folder(one)
    one.add_argument("language", type=_language, metavar="LANG", help="such as pl")


def _add_preview(actions: Any) -> None:
    one = actions.add_parser(
        "preview",
        help="show the course in a browser while you write it",
        description="Serves pages on this machine only and reads the files again for each page.",
        epilog="Example: kith course preview helping-newcomers --language pl",
    )
    _add_folder(one)
    one.add_argument("--port", type=_port, default=PORT, help=f"of the pages ({PORT})")
    one.add_argument("--language", type=_language, default="en", metavar="CODE", help="at first")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with course.toml")


def _language(written: str) -> str:
    if LANGUAGE.fullmatch(written):
        return written
    raise argparse.ArgumentTypeError(f"“{written}” is no language")


def _port(written: str) -> int:
    if written.isascii() and written.isdecimal() and int(written) <= 65_535:
        return int(written)
    raise argparse.ArgumentTypeError("it is a number up to 65535; 0 takes any free one")


def run(options: argparse.Namespace) -> int:
    acts = {"check": _check, "stamp": _stamp, "preview": _preview}
    try:
        return acts[options.action](options)
    except NoCourse as fault:
        print(fault, file=sys.stderr)
        return UNREADABLE


def _check(options: argparse.Namespace) -> int:
    written = read_written(options.folder)
    report = written.report
    found = {
        "key": written.key,
        "usable": not report.errors,
        "languages": list(report.languages),
        "parts": [_figures(one) for one in report.figures],
        "findings": [_finding(one) for one in report.findings],
    }
    answer(found, _sentences(written), as_json=options.json)
    if not written.parts:
        return UNREADABLE
    return FAILED if report.errors else DONE


def _figures(one: Figures) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Figures.__slots__}


def _finding(one: Finding) -> dict[str, Any]:
    known = {"weight": one.weight.value, "file": one.file, "line": one.line, "place": one.place}
    return {**known, "reason": one.reason, "params": one.params, "sentence": one.sentence}


def _sentences(written: Written) -> Iterator[str]:
    report = written.report
    yield from _table(report.figures, report.languages)
    for title, findings in (("To change:", report.errors), ("To look at:", report.advice)):
        if findings:
            yield title
            yield from (f"  {one}" for one in findings)
    yield f"{len(report.errors)} to change, {len(report.advice)} to look at."


def _table(figures: tuple[Figures, ...], languages: tuple[str, ...]) -> Iterator[str]:
    if not figures:
        return
    wide = max(len(one.key) for one in figures)
    words = "".join(f"{f'words {code}':>10}" for code in languages)
    yield (
        f"{'':{wide}}{words}{'screens':>9}{'examples':>10}{'activities':>12}"
        f"{'questions':>11}{'minutes':>9}{'counted':>9}"
    )
    for one in figures:
        words = "".join(f"{one.words.get(code, 0):>10}" for code in languages)
        counted = "" if one.counted is None else one.counted
        yield (
            f"{one.key:{wide}}{words}{one.screens:>9}{one.examples:>10}{len(one.activities):>12}"
            f"{one.questions:>11}{one.minutes:>9}{counted:>9}"
        ).rstrip()


def _stamp(options: argparse.Namespace) -> int:
    written = read_written(options.folder)
    try:
        count = stamp(options.folder, written.reading, options.language)
    except NothingToStamp as fault:
        raise NotStamped(str(fault)) from fault
    print(f"{count} texts in “{options.language}” are stamped with the English wording of today.")
    return DONE


def _preview(options: argparse.Namespace) -> int:
    read_written(options.folder)
    try:
        server = PreviewServer(options.folder, port=options.port, language=options.language)
    except OSError as fault:
        raise PortTaken(options.port, fault.strerror or "unknown") from fault
    with server, suppress(KeyboardInterrupt):
        print(f"{server.address} shows {options.folder}; Ctrl-C ends it.", flush=True)
        server.serve_forever()
    return DONE
