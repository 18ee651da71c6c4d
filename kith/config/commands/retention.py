"""kith retention run: erase what must be kept no longer."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from kith.config.boot import boot
from kith.config.commands.answers import add_json, answer

DONE = 0
ACTOR = "kith retention run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="run")
    runner = actions.add_parser(
        "run",
        help="mark what is due, erase what was marked and whose grace is over",
        description="Marks what is due, and erases what was marked and whose grace is over.",
        epilog="Example: kith retention run --as-of 2027-01-31 --dry-run",
    )
    runner.add_argument(
        "--as-of",
        type=date.fromisoformat,
        metavar="DATE",
        help="as if it were this day: 2027-01-31",
    )
    runner.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    add_json(runner)


def run(options: argparse.Namespace) -> int:
    boot()
    from kith.base import clock  # noqa: PLC0415 - Django is set up by now

    as_of = options.as_of or clock.today()
    organisations = _run(as_of, dry_run=options.dry_run)
    found = {
        "as_of": as_of.isoformat(),
        "dry_run": options.dry_run,
        "organisations": organisations,
    }
    answer(found, _sentences(organisations, dry_run=options.dry_run), as_json=options.json)
    return DONE


def _run(as_of: date, *, dry_run: bool) -> list[dict[str, Any]]:
    from kith.config.organisations import actors  # noqa: PLC0415
    from kith.gate.retention import run_retention  # noqa: PLC0415

    done = []
    for actor in actors(ACTOR):
        outcomes = run_retention(actor, as_of=as_of, dry_run=dry_run)
        categories = [asdict(outcome) for outcome in outcomes]
        done.append({"organisation": str(actor.organisation_id), "categories": categories})
    return done


def _sentences(organisations: list[dict[str, Any]], *, dry_run: bool) -> Iterator[str]:
    erased = "to erase" if dry_run else "erased"
    marked = "to mark" if dry_run else "marked"
    for one in organisations:
        yield f"Organisation {one['organisation']}:"
        for line in one["categories"]:
            yield (
                f"  {line['category']}: {line['due']} due, {line['held']} on hold, "
                f"{line['marked']} {marked}, {line['erased']} {erased}"
            )
    if not organisations:
        yield "There is no organisation yet, so nothing is due."
