"""How a safeguard's test says which one-line change would break it.

`scripts/break_safeguards.py` makes each change in a copy of the house and sees the test fail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., None])


@dataclass(frozen=True)
class Safeguard:
    """A test, the number of its safeguard, and the change in one place that breaks it."""

    number: int
    test: str
    file: str
    line: str
    becomes: str


SAFEGUARDS: list[Safeguard] = []


def safeguard(number: int, *, file: str, line: str, becomes: str) -> Callable[[Test], Test]:
    """Mark a test: replacing `line` by `becomes` in `file` must make it fail."""

    def mark(test: Test) -> Test:
        SAFEGUARDS.append(Safeguard(number, test.__name__, file, line, becomes))
        return test

    return mark
