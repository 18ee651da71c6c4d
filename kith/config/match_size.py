"""Small rounds of `kith match` and `kith replay` run as plain Python: compiling would take longer.

Asked before the engine is loaded, because numba is chosen when it is. The answers are the same.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

PLAIN = "KITH_WITHOUT_NUMBA"
SMALL_PAIRS = 4_000_000
"""Up to 2,000 x 2,000: about two seconds without compiled code, which takes fifteen to make."""


def keep_small_rounds_plain(words: Sequence[str]) -> None:
    """Leave numba out when both lists are short. Files that cannot be read are told of later."""
    lists = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    lists.add_argument("--participants", type=Path)
    lists.add_argument("--mentors", type=Path)
    try:
        given, _ = lists.parse_known_args(list(words))
        if given.participants and given.mentors and _pairs(given) <= SMALL_PAIRS:
            os.environ.setdefault(PLAIN, "small round")
    except (argparse.ArgumentError, OSError):
        return


def _pairs(given: argparse.Namespace) -> int:
    return _lines(given.participants) * _lines(given.mentors)


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
