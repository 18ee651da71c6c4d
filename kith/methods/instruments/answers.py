"""Whether one answer can be an answer to its question."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from kith.methods.instruments.expressions.values import moment
from kith.methods.instruments.schema import Choice, Item, Kind
from kith.methods.instruments.state import State

FAULTS: dict[str, str] = {
    "required": "Please answer this question.",
    "constraint": "This answer does not fit the question.",
    "not_whole": "Please write a whole number, such as 12.",
    "not_number": "Please write a number, such as 12.5.",
    "not_day": "Please write a day of the calendar.",
    "not_time": "Please write a time, such as 18:30.",
    "not_moment": "Please write a day and a time.",
    "not_step": "Please choose a number from {start} to {end}, in steps of {step}.",
    "not_choice": "Please choose from the list.",
    "choice_again": "One choice is there twice.",
}
"""Code -> English sentence. Pages have their own for each code."""
OK = "OK"
"""What is kept when somebody has acknowledged."""

_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer does not hold; own is the message of the form in the reader's language."""

    code: str
    own: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The message of the form, or ours in English."""
        return self.own or FAULTS[self.code].format(**dict(self.params))


def fault_of(
    state: State, item: Item, entry: int, *, required: bool, choices: tuple[Choice, ...]
) -> Fault | None:
    """The first reason why an answer does not hold; None when it does."""
    value = state.visible(item.name, entry)
    words = state.instrument.words
    if not value:
        own = words(item.required_message, state.language)
        return Fault("required", own) if required else None
    if found := _shape(item, value, choices):
        return found
    if item.constraint and not state.holds(item.constraint, item, entry):
        return Fault("constraint", words(item.constraint_message, state.language))
    return None


def _shape(item: Item, value: str, choices: tuple[Choice, ...]) -> Fault | None:
    if item.kind in SHAPES:
        fits, code = SHAPES[item.kind]
        return None if fits(value) else Fault(code)
    if item.kind is Kind.RANGE:
        return _range(item, value)
    codes = {choice.code for choice in choices}
    if item.kind is Kind.SELECT_ONE:
        return None if value in codes else Fault("not_choice")
    if item.kind in {Kind.SELECT_MULTIPLE, Kind.RANK}:
        return _several(value.split(), codes)
    return None


def _several(chosen: list[str], codes: set[str]) -> Fault | None:
    if not codes.issuperset(chosen):
        return Fault("not_choice")
    return Fault("choice_again") if len(set(chosen)) < len(chosen) else None


def _range(item: Item, value: str) -> Fault | None:
    span = item.span
    if span is None:
        return None
    if _is_decimal(value):
        start, end, step = float(span.start), float(span.end), float(span.step)
        steps = (float(value) - start) / step
        if start <= float(value) <= end and math.isclose(steps, round(steps), abs_tol=1e-9):
            return None
    params = (("start", span.start), ("end", span.end), ("step", span.step))
    return Fault("not_step", params=params)


def _is_whole(value: str) -> bool:
    return bool(_WHOLE.fullmatch(value))


def _is_decimal(value: str) -> bool:
    return bool(_NUMBER.fullmatch(value))


def _is_day(value: str) -> bool:
    return bool(_DAY.fullmatch(value)) and moment(value) is not None


def _is_time(value: str) -> bool:
    return bool(_TIME.fullmatch(value)) and moment(f"1970-01-01T{value}") is not None


def _is_moment(value: str) -> bool:
    return "T" in value and moment(value) is not None


def _is_ok(value: str) -> bool:
    return value == OK


SHAPES: dict[Kind, tuple[Callable[[str], bool], str]] = {
    Kind.INTEGER: (_is_whole, "not_whole"),
    Kind.DECIMAL: (_is_decimal, "not_number"),
    Kind.DATE: (_is_day, "not_day"),
    Kind.TIME: (_is_time, "not_time"),
    Kind.DATETIME: (_is_moment, "not_moment"),
    Kind.ACKNOWLEDGE: (_is_ok, "not_choice"),
}
