"""Values of expressions and their conversions, as sections 3.4 and 4 of XPath 1.0 say.

One addition, which OpenRosa makes too: a text that is a date is a number of days since 1970-01-01.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal


class Nodes(tuple[str, ...]):
    """The answers to one question in all entries of a repeat, in order."""

    __slots__ = ()


Value = str | float | bool | Nodes

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS_A_DAY = 86_400
LAST_DAY = (date.max - date(1970, 1, 1)).days
FIRST_DAY = (date.min - date(1970, 1, 1)).days


def as_string(value: Value) -> str:
    if isinstance(value, Nodes):
        return value[0] if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _digits(value) if isinstance(value, float) else value


def as_number(value: Value) -> float:
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return value if isinstance(value, float) else _number(as_string(value))


def as_boolean(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return value if isinstance(value, bool) else len(value) > 0


def as_nodes(value: Value) -> Nodes:
    return value if isinstance(value, Nodes) else Nodes((as_string(value),))


def moment(text: str) -> datetime | None:
    """The moment that a text such as 2026-03-31 or 2026-03-31T18:30 names, as the wall shows it."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def days(at: datetime) -> float:
    """Days since 1970-01-01; hours are parts of a day."""
    gone = at - _EPOCH
    return gone.days + gone.seconds / SECONDS_A_DAY


def moment_of(number: float) -> datetime | None:
    """The moment so many days after 1970-01-01, to the second."""
    if not FIRST_DAY <= number < LAST_DAY:
        return None
    whole = math.floor(number)
    seconds = math.floor((number - whole) * SECONDS_A_DAY + 0.5)
    return _EPOCH + timedelta(days=whole, seconds=seconds)


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    at = moment(text)
    return math.nan if at is None else float(days(at))


def _digits(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    # XPath knows no exponents: 0.0000001, not 1e-07.
    return format(Decimal(repr(value)), "f").removesuffix(".0")
