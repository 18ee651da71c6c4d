"""`kith`: the command line. Exit codes: 0 done, 1 failed, 2 wrong use."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from types import ModuleType

from kith.config.match_size import keep_small_rounds_plain

DONE, FAILED, WRONG_USE = 0, 1, 2
MATCH, REPLAY = "kith.config.match_command", "kith.config.replay_command"


@dataclass(frozen=True)
class Command:
    """One word after `kith`; its module is loaded only when the word is used."""

    name: str
    purpose: str
    example: str
    module: str = ""
    before: Callable[[Sequence[str]], None] | None = None

    def load(self) -> ModuleType:
        return importlib.import_module(self.module or f"kith.config.commands.{self.name}")


COMMANDS = (
    Command("run", "Start Kith and print its address.", "kith run --port 8080 --open"),
    Command("worker", "Work on what waits behind the pages.", "kith worker --once"),
    Command("demo", "Fill the demo with made-up people.", "kith demo --people 500 --seed 7"),
    Command(
        "import",
        "Take in a list of participants or mentors.",
        "kith import participants list.xlsx --dry-run",
        "kith.config.commands.import_list",
    ),
    Command(
        "match",
        "Propose pairs from two files.",
        "kith match --help",
        MATCH,
        keep_small_rounds_plain,
    ),
    Command(
        "replay",
        "Play two files through by weeks.",
        "kith replay --help",
        REPLAY,
        keep_small_rounds_plain,
    ),
    Command(
        "instruments",
        "Say what of a questionnaire's file will work.",
        "kith instruments check form.xlsx",
    ),
    Command(
        "course",
        "Check, stamp or preview a course written as files.",
        "kith course check helping-newcomers",
    ),
    Command(
        "questions",
        "Take questions of a quiz from other systems, and write them for those.",
        "kith questions import bank.xml --out questions.toml",
    ),
    Command(
        "package",
        "Write a course as a package for other learning systems.",
        "kith package my-course --format scorm12 --language pl --out my-course.zip",
    ),
    Command("agreement", "Say how far raters agree.", "kith agreement ratings.csv --level ordinal"),
    Command(
        "credential",
        "Check a credential of learning.",
        "kith credential verify badge.png --key keys.json --status list.jwt",
    ),
    Command("audit", "Check the record of what was done.", "kith audit verify --json"),
    Command("retention", "Erase what must be kept no longer.", "kith retention run --dry-run"),
    Command("keys", "Renew the house key.", "kith keys rotate"),
    Command("doctor", "Find out what is wrong, with a remedy.", "kith doctor --json"),
    Command("migrate", "Bring the database up to date.", "kith migrate"),
    Command("manage", "Django's own commands, for developers.", "kith manage check"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen = next((one for one in COMMANDS if words[:1] == [one.name]), None)
    if chosen is None:
        return _overview(words)
    try:
        return _run(chosen, words[1:])
    except KeyboardInterrupt:
        return FAILED


def _run(chosen: Command, words: Sequence[str]) -> int:
    from kith.config.problems import KNOWN  # noqa: PLC0415 - `kith --help` answers at once

    if chosen.before is not None:
        chosen.before(words)
    module = chosen.load()
    parser = argparse.ArgumentParser(
        prog=f"kith {chosen.name}",
        description=chosen.purpose,
        epilog=f"Example: {chosen.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    options = parser.parse_args(words)
    try:
        return int(module.run(options))
    except KNOWN as problem:
        _say(str(problem), as_json=getattr(options, "json", False))
        return FAILED


def _overview(words: Sequence[str]) -> int:
    """`kith` and `kith --help`: every command in one line. Anything else here is wrong use."""
    width = max(len(one.name) for one in COMMANDS)
    lines = [f"  {one.name:<{width}}  {one.purpose}" for one in COMMANDS]
    parser = argparse.ArgumentParser(
        prog="kith",
        usage="kith COMMAND [--help]",
        description="Mentoring for newcomers, on your own server.\n\nCommands:\n"
        + "\n".join(lines),
        epilog="Example: kith run --port 8080\nExit codes: 0 done, 1 failed, 2 wrong use.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument(
        "command", nargs="?", choices=[one.name for one in COMMANDS], help=argparse.SUPPRESS
    )
    parser.parse_args(words)
    parser.print_help()
    return DONE


def _version() -> str:
    return f"kith {version('kith')}"


def _say(problem: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"problem": problem}, ensure_ascii=False))
    else:
        print(problem, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
