"""How a command answers: sentences for people, or JSON for programs."""

import argparse
import json
from collections.abc import Iterable
from typing import Any


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="answer in JSON; docs/formats.md lists the keys"
    )


def answer(found: dict[str, Any], sentences: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for sentence in sentences:
        print(sentence)
