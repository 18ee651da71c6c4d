"""kith import: take in a list of participants or mentors, as the pages do, in one go."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kith.config.boot import boot
from kith.config.commands.answers import add_json, answer
from kith.config.problems import CommandFailed

if TYPE_CHECKING:
    from kith.gate.actor import Actor
    from kith.people.commands import ImportOutcome

DONE = 0


class NoOrganisation(CommandFailed):
    def __init__(self) -> None:
        super().__init__("There is no organisation yet: start kith run and begin your own Kith.")


class WhichOrganisation(CommandFailed):
    def __init__(self, names: list[str]) -> None:
        super().__init__(f"Say for which organisation with --organisation: {'; '.join(names)}.")


class UnreadableFile(CommandFailed):
    def __init__(self, path: Path, *, said: str) -> None:
        super().__init__(f"The file {path} cannot be read: {said}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="participants|mentors")
    for kind in ("participants", "mentors"):
        one = kinds.add_parser(
            kind,
            help=f"take in a list of {kind}",
            description=(
                f"Takes in a list of {kind}: XLSX or CSV, as it is kept today. Rows that can go in "
                "do, the others are reported. By this you say that all of them are adults."
            ),
            epilog=f"Example: kith import {kind} list.xlsx --dry-run",
        )
        _add_choices(one)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the list: .xlsx or .csv")
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help='what columns and words mean: the "mapping" of an earlier --json answer',
    )
    parser.add_argument("--organisation", type=UUID, metavar="KEY", help="where there are several")
    parser.add_argument("--dry-run", action="store_true", help="report every row, store nobody")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    content = _bytes(options.file)
    mapping = _mapping(options.mapping) if options.mapping else None
    boot()
    outcome = _import(options, content, mapping)
    answer(outcome.to_dict(), _sentences(outcome), as_json=options.json)
    return DONE


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UnreadableFile(path, said=fault.strerror or "unknown") from fault


def _mapping(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(_bytes(path))
    except ValueError as fault:
        raise UnreadableFile(path, said="it is no JSON") from fault
    if not isinstance(stored, dict):
        raise UnreadableFile(path, said="it is no mapping")
    # The whole answer of an earlier import serves as well as the mapping in it.
    found: dict[str, Any] = stored.get("mapping", stored)
    return found


def _import(
    options: argparse.Namespace, content: bytes, mapping: dict[str, Any] | None
) -> "ImportOutcome":
    from kith.base import clock, scope  # noqa: PLC0415 - Django is set up by now
    from kith.people.commands import import_list  # noqa: PLC0415

    actor = _actor(options.organisation)
    with scope.entered(actor.organisation_id):
        return import_list(
            actor,
            kind=options.kind,
            content=content,
            filename=options.file.name,
            mapping=mapping,
            dry_run=options.dry_run,
            today=clock.today(),
            now=clock.now(),
        )


def _actor(wanted: UUID | None) -> "Actor":
    from kith.config.organisations import actors  # noqa: PLC0415
    from kith.people.permissions import COMMAND_LINE  # noqa: PLC0415

    known = list(actors(COMMAND_LINE))
    found = [actor for actor in known if wanted in (None, actor.organisation_id)]
    if not known:
        raise NoOrganisation
    if len(found) != 1:
        raise WhichOrganisation([f"{one.organisation_id} ({one.organisation})" for one in known])
    return found[0]


def _sentences(outcome: "ImportOutcome") -> Iterator[str]:
    verb = "taken in" if outcome.stored else "would be taken in"
    yield f"{outcome.read} rows read."
    counts = {
        f"new people {verb}": outcome.new,
        "were the same person as an earlier row": outcome.same,
        "were known already": outcome.known,
        "must be corrected first": outcome.to_correct,
        "were left out": outcome.left_out,
        "are no entries: titles, headings, totals, blank rows": outcome.not_entries,
    }
    yield from (f"{count:>7} {words}" for words, count in counts.items() if count)
    for row in outcome.rows:
        state = "" if row.good else "correct: "
        yield from (f"row {row.row}: {state}{remark}" for remark in row.remarks)
