"""kith audit verify: whether the record of what was done is whole."""

import argparse
from collections.abc import Iterator
from typing import Any, cast

from kith.config.boot import boot
from kith.config.commands.answers import add_json, answer

DONE, FAILED = 0, 1

FAULTS = {
    "edited": "line {seq} was edited",
    "missing": "line {seq} is missing",
    "inserted": "line {seq} was inserted",
    "moved": "line {seq} stands in the wrong place",
    "cut off": "the lines from {seq} on were cut off",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify")
    verify = actions.add_parser(
        "verify",
        help="check every link of every organisation's chain",
        description="Checks every link of every organisation's chain of what was done.",
        epilog="Example: kith audit verify --json",
    )
    add_json(verify)


def run(options: argparse.Namespace) -> int:
    boot()
    found = {"organisations": _checked()}
    whole = not any(one["faults"] for one in found["organisations"])
    answer({"whole": whole, **found}, _sentences(found["organisations"]), as_json=options.json)
    return DONE if whole else FAILED


def _checked() -> list[dict[str, Any]]:
    from kith.base.models import Organisation  # noqa: PLC0415 - Django is set up by now
    from kith.config.organisations import actors  # noqa: PLC0415
    from kith.gate import audit  # noqa: PLC0415

    checked = []
    for actor in actors("kith audit verify"):
        lines, faults = audit.verify(cast(Organisation, actor.organisation))
        found = [
            {"line": one.seq, "kind": one.kind, "event": str(one.event_id or "")} for one in faults
        ]
        checked.append(
            {"organisation": str(actor.organisation_id), "lines": lines, "faults": found}
        )
    return checked


def _sentences(checked: list[dict[str, Any]]) -> Iterator[str]:
    if not checked:
        yield "There is no organisation yet, so nothing was recorded."
    for one in checked:
        if not one["faults"]:
            yield f"Organisation {one['organisation']}: {one['lines']} lines, all whole."
        for fault in one["faults"]:
            said = FAULTS[fault["kind"]].format(seq=fault["line"])
            yield f"Organisation {one['organisation']}: {said} ({fault['event'] or 'no row'})."
