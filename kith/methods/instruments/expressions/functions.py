"""The table of functions: the one place that says what an expression may call.

The page for people and the check of the browser's side are made from it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from kith.methods.instruments.expressions import library as does
from kith.methods.instruments.expressions.scope import Scope
from kith.methods.instruments.expressions.values import (
    Value,
    as_boolean,
    as_number,
    as_string,
)

MANY = 99


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    takes   kinds of its arguments: text, number, boolean, any, series (all answers to a question
            in a repeat) or question (its name); the last one counts for all that follow
    least   arguments it needs; most: arguments it accepts
    gives   text, number, boolean or any
    """

    name: str
    takes: tuple[str, ...]
    gives: str
    says: str
    work: Callable[..., Value]
    least: int = -1
    most: int = -1
    sees_scope: bool = False

    @property
    def fewest(self) -> int:
        return len(self.takes) if self.least < 0 else self.least

    @property
    def largest(self) -> int:
        return len(self.takes) if self.most < 0 else self.most

    def accepts(self, number: int) -> bool:
        return self.fewest <= number <= self.largest

    @property
    def arity(self) -> str:
        """How many arguments, in words: 2, 2 to 3, or 1 or more."""
        if self.largest == MANY:
            return f"{self.fewest} or more"
        if self.fewest == self.largest:
            return str(self.fewest)
        return f"{self.fewest} to {self.largest}"

    def kind_of(self, place: int) -> str:
        return self.takes[min(place, len(self.takes) - 1)]


def _once(scope: Scope, value: Value) -> Value:
    return scope.current or as_string(value)


def _entry(scope: Scope, question: str, _repeat: str, number: float) -> str:
    found = scope.series.get(question, ())
    known = number == number and 1 <= number <= len(found)  # noqa: PLR0124 - NaN is not itself
    return found[int(number) - 1] if known else ""


def _table(*functions: Function) -> dict[str, Function]:
    return {one.name: one for one in functions}


_A, _N, _T, _B = "any", "number", "text", "boolean"
_F = Function

FUNCTIONS: dict[str, Function] = _table(
    # choosing
    _F("if", (_B, _A, _A), _A, "the second when the first holds, otherwise the third",
       lambda holds, yes, no: yes if holds else no),
    _F("coalesce", (_A,), _T, "the first that is not empty", does.first_answered, 2, MANY),
    _F("once", (_A,), _T, "keeps its first value", _once, sees_scope=True),
    _F("not", (_B,), _B, "the opposite", lambda holds: not holds),
    _F("true", (), _B, "true", lambda: True),
    _F("false", (), _B, "false", lambda: False),
    _F("boolean", (_A,), _B, "false for 0, NaN and empty", as_boolean),
    _F("boolean-from-string", (_T,), _B, "true for “true” and “1”",
       lambda text: text in {"true", "1"}),
    _F("checklist", (_N, _N, _A), _B, "whether at least, and at most, so many hold; -1: no limit",
       does.checked, 3, MANY),
    _F("weighted-checklist", (_N, _N, _A), _B, "the same, each with its weight after it",
       does.checked_by_weight, 4, MANY),
    # choices
    _F("selected", (_T, _T), _B, "whether a choice is among those chosen", does.is_selected),
    _F("selected-at", (_T, _N), _T, "the code chosen at a place, from 0", does.selected_at),
    _F("count-selected", (_T,), _N, "how many are chosen", lambda text: float(len(text.split()))),
    _F("jr:choice-name", (_T, "question"), _T, "the label of a chosen code",
       lambda scope, code, question: scope.label(question, code), sees_scope=True),
    # repeats
    _F("position", ("place",), _N, "which entry of the repeat this is: position(..)",
       lambda scope, _place: float(scope.position), sees_scope=True),
    _F("indexed-repeat", ("question", "question", _N), _T,
       "the answer in one entry of a repeat, from 1", _entry, sees_scope=True),
    _F("count", ("series",), _N, "how many entries", lambda series: float(len(series))),
    _F("count-non-empty", ("series",), _N, "how many entries are answered",
       lambda series: float(sum(1 for one in series if one.strip()))),
    _F("sum", (_A,), _N, "the sum", does.total, 1, MANY),
    _F("min", (_A,), _N, "the smallest", does.least, 1, MANY),
    _F("max", (_A,), _N, "the largest", does.most, 1, MANY),
    _F("join", (_T, _A), _T, "texts with a separator between them",
       lambda sign, *values: sign.join(does.texts(values)), 2, MANY),
    # numbers
    _F("number", (_A,), _N, "as a number; NaN when it is none", as_number),
    _F("int", (_N,), _N, "without the part after the point", does.whole),
    _F("round", (_N, _N), _N, "rounded, to so many places; halves go up", does.rounded, 1),
    _F("floor", (_N,), _N, "the next whole number below", does.floor),
    _F("ceiling", (_N,), _N, "the next whole number above", does.ceiling),
    _F("abs", (_N,), _N, "without its sign", abs),
    _F("pow", (_N, _N), _N, "to the power of", does.power),
    _F("sqrt", (_N,), _N, "the square root", does.square_root),
    _F("exp", (_N,), _N, "e to the power of, to twelve digits", does.exponential),
    _F("exp10", (_N,), _N, "10 to the power of", lambda number: does.power(10.0, number)),
    _F("log", (_N,), _N, "the natural logarithm, to twelve digits", does.logarithm),
    _F("log10", (_N,), _N, "the logarithm to base 10, to twelve digits", does.decimal_logarithm),
    _F("pi", (), _N, "3.141592653589793", lambda: math.pi),
    # texts
    _F("string", (_A,), _T, "as a text", as_string),
    _F("concat", (_A,), _T, "texts one after the other",
       lambda *values: "".join(does.texts(values)), 1, MANY),
    _F("string-length", (_T,), _N, "how many characters", lambda text: float(len(text))),
    _F("substr", (_T, _N, _N), _T, "characters from a place, from 0, up to before another",
       does.part, 2),
    _F("substring-before", (_T, _T), _T, "what stands before a sign", does.before),
    _F("substring-after", (_T, _T), _T, "what stands after a sign", does.after),
    _F("contains", (_T, _T), _B, "whether it holds a text", lambda text, sign: sign in text),
    _F("starts-with", (_T, _T), _B, "whether it begins so", str.startswith),
    _F("ends-with", (_T, _T), _B, "whether it ends so", str.endswith),
    _F("translate", (_T, _T, _T), _T, "signs exchanged one by one", does.exchanged),
    _F("normalize-space", (_T,), _T, "without spaces that nobody needs",
       lambda text: " ".join(text.split())),
    _F("regex", (_T, _T), _B, "whether the whole text fits a pattern", does.fits_pattern),
    # days
    _F("today", (), _T, "today", lambda scope: scope.today, sees_scope=True),
    _F("now", (), _T, "now", lambda scope: scope.now, sees_scope=True),
    _F("date", (_A,), _T, "a day, also from days since 1970-01-01", does.day),
    _F("date-time", (_A,), _T, "a day and time", does.day_and_time),
    _F("decimal-date-time", (_A,), _N, "days since 1970-01-01", does.day_as_number),
    _F("decimal-time", (_T,), _N, "the part of a day: 18:00 is 0.75", does.time_as_number),
    _F("format-date", (_A, _T), _T, "a day written as %d.%m.%Y says", does.formatted),
    _F("format-date-time", (_A, _T), _T, "a moment written as %H:%M says", does.formatted),
)  # fmt: skip

_OTHER_FILE = "all that a questionnaire needs must lie in its own file"
_PLACES = "Kith does not record where somebody is"
_CHANCE = "two looks at one page would show different things"
_ANGLES = "no questionnaire needs angles"

UNSUPPORTED: dict[str, str] = {
    "pulldata": _OTHER_FILE,
    "instance": _OTHER_FILE,
    "current": "write ${name} for the answer to a question",
    "area": _PLACES,
    "distance": _PLACES,
    "geofence": _PLACES,
    "random": _CHANCE,
    "randomize": _CHANCE,
    "uuid": _CHANCE,
    "property": "it would tell apart whose device the answers came from",
    "digest": "answers stay in Kith",
    "extract-signed": "answers stay in Kith",
    "base64-decode": "answers are read as people write them",
    "jr:itext": "languages are columns of the file",
    "intersects": _PLACES,
    **dict.fromkeys(("sin", "cos", "tan", "asin", "acos", "atan", "atan2"), _ANGLES),
    "id": "it needs paths within another program",
    "last": "it needs paths within another program",
    "local-name": "it needs paths within another program",
    "namespace-uri": "it needs paths within another program",
    "name": "it needs paths within another program",
    "lang": "it needs paths within another program",
    "substring": "it is written substr(), which counts from 0",
}
"""Functions of the standard and of XPath that expressions may not call, with the reason."""
