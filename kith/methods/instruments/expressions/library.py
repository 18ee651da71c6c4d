"""What the functions do. The table of functions gives them their names."""

import math
import operator
from collections.abc import Callable
from datetime import datetime
from functools import reduce

from kith.methods.instruments.expressions.patterns import fits
from kith.methods.instruments.expressions.values import (
    SECONDS_A_DAY,
    Nodes,
    Value,
    as_boolean,
    as_number,
    as_string,
    days,
    moment,
    moment_of,
)

FORMATS: dict[str, Callable[[datetime], str]] = {
    "%Y": lambda at: f"{at.year:04d}",
    "%y": lambda at: f"{at.year % 100:02d}",
    "%m": lambda at: f"{at.month:02d}",
    "%n": lambda at: str(at.month),
    "%d": lambda at: f"{at.day:02d}",
    "%e": lambda at: str(at.day),
    "%H": lambda at: f"{at.hour:02d}",
    "%h": lambda at: str(at.hour),
    "%M": lambda at: f"{at.minute:02d}",
    "%S": lambda at: f"{at.second:02d}",
}
"""Signs of format-date. Names of months and days are left out: they belong to a language."""


def flat(values: tuple[Value, ...]) -> list[Value]:
    """All values, those of a repeat one by one."""
    found: list[Value] = []
    for value in values:
        found += value if isinstance(value, Nodes) else [value]
    return found


def texts(values: tuple[Value, ...]) -> list[str]:
    return [as_string(one) for one in flat(values)]


def numbers(values: tuple[Value, ...]) -> list[float]:
    return [as_number(one) for one in flat(values)]


def first_answered(*values: Value) -> str:
    return next((text for text in map(as_string, values) if text), "")


def total(*values: Value) -> float:
    # One after the other, as a browser adds: sum() of later Pythons rounds in another way.
    return reduce(operator.add, numbers(values), 0.0)


def least(*values: Value) -> float:
    found = numbers(values)
    return math.nan if not found or any(map(math.isnan, found)) else min(found)


def most(*values: Value) -> float:
    found = numbers(values)
    return math.nan if not found or any(map(math.isnan, found)) else max(found)


def divide(left: float, right: float) -> float:
    if right == 0 or math.isnan(right):
        if left == 0 or math.isnan(left) or math.isnan(right):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1.0, right)
    return left / right


def remainder(left: float, right: float) -> float:
    """What is left after dividing; it has the sign of the left side."""
    if right == 0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


def power(base: float, exponent: float) -> float:
    """Whole exponents by multiplying, which all machines do alike; others to twelve digits."""
    if math.isnan(base) or not math.isfinite(exponent):
        return math.nan
    if exponent == math.trunc(exponent):
        found = _multiplied(base, abs(int(exponent)))
        return divide(1.0, found) if exponent < 0 else found
    if base == 0:
        return 0.0 if exponent > 0 else math.inf
    return to_twelve_digits(math.pow, base, exponent) if base > 0 else math.nan


def _multiplied(base: float, times: int) -> float:
    found = 1.0
    while times:
        if times % 2:
            found *= base
        base *= base
        times //= 2
    return found


def to_twelve_digits(work: Callable[..., float], *numbers: float) -> float:
    """A result whose last digits machines round apart, to twelve digits."""
    try:
        found = work(*numbers)
    except OverflowError:
        return math.inf
    return float(f"{found:.11e}") if math.isfinite(found) else found


def square_root(number: float) -> float:
    return math.sqrt(number) if number >= 0 else math.nan


def exponential(number: float) -> float:
    return to_twelve_digits(math.exp, number)


def logarithm(number: float) -> float:
    if number == 0:
        return -math.inf
    return to_twelve_digits(math.log, number) if number > 0 else math.nan


def decimal_logarithm(number: float) -> float:
    if number == 0:
        return -math.inf
    return to_twelve_digits(math.log10, number) if number > 0 else math.nan


NO_LIMIT = -1


def checked(least: float, most: float, *values: Value) -> bool:
    """Whether at least and at most so many hold."""
    return _within(sum(1.0 for one in values if as_boolean(one)), least, most)


def checked_by_weight(least: float, most: float, *values: Value) -> bool:
    """The same, each followed by the weight it counts with."""
    weights = [as_number(values[at + 1]) for at in range(0, len(values) - 1, 2)
               if as_boolean(values[at])]  # fmt: skip
    return _within(reduce(operator.add, weights, 0.0), least, most)


def _within(number: float, least: float, most: float) -> bool:
    return (least == NO_LIMIT or number >= least) and (most == NO_LIMIT or number <= most)


def whole(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def ceiling(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


def rounded(number: float, places: float = 0.0) -> float:
    """The nearest number with so many places; halves go up, as XPath has it."""
    if not (math.isfinite(number) and math.isfinite(places)):
        return number
    factor = float(f"1e{max(-15, min(15, int(places)))}")
    grown = number * factor + 0.5
    return math.floor(grown) / factor if math.isfinite(grown) else number


def part(text: str, start: float, end: float = math.inf) -> str:
    """Characters from start, counted from 0, up to before end; negative ones count from the end."""
    if math.isnan(start) or math.isnan(end):
        return ""
    size = len(text)
    bounds = (int(max(-size, min(size, at))) for at in (start, end))
    first, last = (at + size if at < 0 else at for at in bounds)
    return text[first:last]


def before(text: str, sign: str) -> str:
    return text.partition(sign)[0] if sign and sign in text else ""


def after(text: str, sign: str) -> str:
    return text.partition(sign)[2] if sign else text


def exchanged(text: str, old: str, new: str) -> str:
    """Each character of old becomes the one of new in its place, or goes away."""
    table: dict[int, str] = {}
    for at, sign in enumerate(old):
        table.setdefault(ord(sign), new[at : at + 1])
    return text.translate(table)


def is_selected(answer: str, code: str) -> bool:
    return code in answer.split()


def selected_at(answer: str, place: float) -> str:
    codes = answer.split()
    known = math.isfinite(place) and 0 <= int(place) < len(codes)
    return codes[int(place)] if known else ""


def fits_pattern(text: str, pattern: str) -> bool:
    return fits(text, pattern)


def day(value: Value) -> str:
    at = _at(value)
    return "" if at is None else at.date().isoformat()


def day_and_time(value: Value) -> str:
    at = _at(value)
    return "" if at is None else at.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")


def day_as_number(value: Value) -> float:
    at = _at(value)
    return math.nan if at is None else days(at)


def time_as_number(text: str) -> float:
    """18:00 is 0.75"""
    at = moment(f"1970-01-01T{text.strip()}")
    return math.nan if at is None else (at.hour * 3600 + at.minute * 60 + at.second) / SECONDS_A_DAY


def formatted(value: Value, pattern: str) -> str:
    at = _at(value)
    if at is None:
        return ""
    for sign, shown in FORMATS.items():
        pattern = pattern.replace(sign, shown(at))
    return pattern


def _at(value: Value) -> datetime | None:
    if isinstance(value, str | Nodes):
        text = as_string(value)
        found = moment(text)
        return found if found else moment_of(as_number(text))
    return moment_of(as_number(value))
