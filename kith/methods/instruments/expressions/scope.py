"""What an expression can see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kith.methods.instruments.expressions.values import Value


def _no_label(_name: str, _code: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Answers around one question.

    values    question -> text as stored, or Nodes when it lies in a repeat that we are outside of
    current   the answer to the question itself: what a point stands for
    series    question -> its answers in all entries of its repeat
    position  which entry of the repeat this is, from 1; 0 outside
    today     such as 2026-03-31; now: such as 2026-03-31T18:30:00
    columns   columns of the choice that a choice filter is asked about
    label     (question, code) -> label of that choice in the language of the reader
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    current: str = ""
    series: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    position: int = 0
    today: str = ""
    now: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    label: Callable[[str, str], str] = _no_label
