"""What stands in a line of a table, as people read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from babel.dates import format_time
from django.utils.translation import gettext as _

from kith.papers.rules.shapes import PEOPLE, Cell, Column
from kith.web.money import money
from kith.web.words import and_list, full_day, isolated, locale, month_and_year

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """The names and words that lines point to.

    names     people of the match by their key, also those who left
    roles     the areas that people of a group look after, by key
    currency  the money of the country
    """

    names: Mapping[str, str]
    roles: Mapping[str, str]
    currency: str


def month_words(month: str) -> str:
    """ "December 2026" for "2026-12"."""
    year, number = month.split("-")
    return month_and_year(date(int(year), int(number), 1))


def months_from(first: date, number: int) -> list[str]:
    """So many months from a day on, as they are stored."""
    start = first.year * 12 + first.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, start + number)]


def said(column: Column, line: Line, around: Surroundings) -> str:
    """One cell in words; empty where nothing stands."""
    value = line.get(column.key)
    if value in (None, "", []):
        return ""
    return _SAY.get(column.cell, _text)(column, value, around)


def _text(_column: Column, value: Any, _around: Surroundings) -> str:
    return str(value)


def _day(_column: Column, value: Any, _around: Surroundings) -> str:
    return full_day(date.fromisoformat(value))


def _time(_column: Column, value: Any, _around: Surroundings) -> str:
    return str(format_time(time.fromisoformat(value), format="short", locale=locale()))


def _month(_column: Column, value: Any, _around: Surroundings) -> str:
    return month_words(value)


def _money(_column: Column, value: Any, around: Surroundings) -> str:
    return money(int(value), around.currency)


def _choice(column: Column, value: Any, _around: Surroundings) -> str:
    return next((str(label) for key, label in column.choices if key == value), "")


def _role(_column: Column, value: Any, around: Surroundings) -> str:
    return around.roles.get(value, "")


def _person(_column: Column, value: Any, around: Surroundings) -> str:
    return around.names.get(value, _("somebody who left"))


def _several(_column: Column, value: Any, around: Surroundings) -> str:
    return and_list([isolated(around.names.get(one, "")) for one in value if one in around.names])


def _done(_column: Column, _value: Any, _around: Surroundings) -> str:
    return _("yes")


_SAY: dict[Cell, Callable[[Column, Any, Surroundings], str]] = {
    Cell.DAY: _day,
    Cell.TIME: _time,
    Cell.MONTH: _month,
    Cell.MONEY: _money,
    Cell.CHOICE: _choice,
    Cell.ROLE: _role,
    Cell.DONE: _done,
    Cell.SEVERAL: _several,
    **dict.fromkeys(set(PEOPLE) - {Cell.SEVERAL}, _person),
}


@dataclass(frozen=True)
class Sums:
    """What a budget comes to: what is to be paid and what was, and what comes in."""

    planned: int
    spent: int
    income: int


def sums(lines: Sequence[Line]) -> Sums:
    """The sums of a budget in cents. Income is no expense and stands by itself."""
    expenses = [line for line in lines if line.get("head") != "income"]
    income = [line for line in lines if line.get("head") == "income"]
    return Sums(
        planned=sum(int(line.get("planned") or 0) for line in expenses),
        spent=sum(int(line.get("spent") or 0) for line in expenses),
        income=sum(int(line.get("planned") or 0) for line in income),
    )
