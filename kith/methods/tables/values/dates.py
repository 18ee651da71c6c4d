"""Dates in the many ways people write them: Polish, English, German, Ukrainian, Russian, Arabic."""

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kith.methods.tables.remarks import Remark, remark
from kith.methods.tables.table import Value
from kith.methods.tables.text import plain, says_nothing

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH"})
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
SERIALS = range(20_000, 80_000)  # 1954 to 2119, as spreadsheets count days
_SERIAL_ZERO = dt.date(1899, 12, 30)

_MONTHS: dict[int, str] = {
    1: "sty jan січ янв يناير جانفي",
    2: "lut feb лют фев فبراير شباط",
    3: "mar берез бер мар مارس اذار",
    4: "kwi apr квіт кві апр ابريل نيسان",
    5: "maj may mai трав тра маи мая май مايو ايار",
    6: "cze jun черв чер июн يونيو حزيران",
    7: "lip jul лип июл يوليو تموز",
    8: "sie aug серп сер авг اغسطس اب",
    9: "wrz sep вер сен سبتمبر ايلول",
    10: "paz oct okt жовт жов окт اكتوبر",
    11: "lis nov лист лис ноя نوفمبر",
    12: "gru dec dez груд гру дек ديسمبر",
}
_TWO_WORD_MONTHS = {
    "كانون الثاني": 1, "كانون الاول": 12, "تشرين الاول": 10, "تشرين الثاني": 11,
}  # fmt: skip
_STEMS = {plain(stem): month for month, stems in _MONTHS.items() for stem in stems.split()}
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

_ISO = re.compile(r"(?<!\d)(\d{4})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?([-./\s])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_ROMAN_MONTH = re.compile(r"(?<!\d)(\d{1,2})[-./\s]+([ivx]{1,4})[-./\s]+(\d{4}|\d{2})(?!\d)")
_MONTH_YEAR = re.compile(r"^\D*(?<!\d)(\d{1,2})[-./](\d{4})\D*$")
_DAY_MONTH = re.compile(r"^\D*(?<!\d)(\d{1,2})[-./](\d{1,2})\.?\D*$")
_SLASHED = re.compile(r"^\s*(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ABOUT = re.compile(
    r"(?:^|\s)(?:ok|okolo|about|approx|ca|circa|etwa|ungefahr|близько|бл|прибл\w*|حوالي)\b|~"
)

DateAnd = tuple[dt.date | None, Remark | None]


@dataclass(frozen=True, slots=True)
class _Context:
    text: str  # as written
    today: dt.date
    month_first: bool
    order_known: bool


def read_date(value: Value, *, today: dt.date, country: str = "PL", order: str = "") -> DateAnd:
    """A date, or None with a remark that says why.

    order   "dmy" or "mdy" when the rest of the column shows it; "" leaves 4/3/2026 ambiguous
    A month alone becomes its first day; without a year the latest one that is not after today.
    """
    if isinstance(value, dt.datetime):
        return value.date(), None
    if isinstance(value, dt.date):
        return value, None
    if value is None or isinstance(value, bool | dt.time):
        return None, None if value is None else remark("date_unreadable", text=str(value))
    month_first = order == "mdy" or (not order and country in MONTH_FIRST_COUNTRIES)
    written = str(value).strip()
    context = _Context(written, today, month_first, order_known=bool(order))
    if isinstance(value, int | float) or re.fullmatch(r"\d+(\.0+)?", plain(written)):
        return _from_number(float(plain(written)), context)
    return (None, None) if says_nothing(written) else _from_text(plain(written), context)


def date_order(values: Iterable[Value]) -> str:
    """Which comes first in dates like 22/3/2026: "dmy", "mdy", or "" when unclear."""
    found = set()
    for value in values:
        match = _SLASHED.match(plain(value)) if isinstance(value, str) else None
        if match and int(match[1]) > 12 >= int(match[3]):
            found.add("dmy")
        elif match and int(match[3]) > 12 >= int(match[1]):
            found.add("mdy")
    return found.pop() if len(found) == 1 else ""


def _from_number(number: float, context: _Context) -> DateAnd:
    whole = int(number) if math.isfinite(number) else 0
    if whole in SERIALS:
        day = _SERIAL_ZERO + dt.timedelta(days=whole)
        return day, remark("date_from_number", text=context.text, date=day.isoformat())
    if EARLIEST_YEAR <= whole <= LATEST_YEAR:
        day = dt.date(whole, 1, 1)
        return day, remark("date_without_day", text=context.text, date=day.isoformat())
    if 19_000_101 <= whole <= 21_001_231:
        return _built(whole // 10_000, whole // 100 % 100, whole % 100, context)
    return None, remark("date_unreadable", text=context.text)


def _from_text(text: str, context: _Context) -> DateAnd:
    for reader in (_from_digits, _from_roman, _from_words, _from_parts):
        found = reader(text, context)
        if found is not None:
            return _about(found, text, context)
    return None, remark("date_unreadable", text=context.text)


def _from_digits(text: str, context: _Context) -> DateAnd | None:
    if match := _ISO.search(text):
        return _built(int(match[1]), int(match[3]), int(match[4]), context)
    if match := _NUMERIC.search(text):
        return _day_and_month(int(match[1]), int(match[3]), match[4], match[2], context)
    return None


def _day_and_month(first: int, second: int, year: str, sign: str, context: _Context) -> DateAnd:
    """Two numbers and a year: with dots the day comes first, else what country or column say."""
    swap = first <= 12 < second or (context.month_first and sign != "." and second <= 12 >= first)
    day, month = (second, first) if swap else (first, second)
    found, note = _built(_year(year, context.today), month, day, context)
    if found is None:
        return found, note
    unclear = sign in "/-" and first <= 12 >= second and first != second and not context.order_known
    if unclear:
        other = found.replace(month=found.day, day=found.month).isoformat()
        note = remark("date_ambiguous", text=context.text, date=found.isoformat(), other=other)
    elif len(year) == 2:
        note = remark("date_two_digit_year", text=context.text, date=found.isoformat())
    return found, note


def _from_roman(text: str, context: _Context) -> DateAnd | None:
    match = _ROMAN_MONTH.search(text)
    if not match or match[2] not in _ROMAN:
        return None
    month = _ROMAN.index(match[2]) + 1
    return _built(_year(match[3], context.today), month, int(match[1]), context)


def _from_words(text: str, context: _Context) -> DateAnd | None:
    """A month by name, with a day and a year, or without."""
    month = _named_month(text)
    if not month:
        return None
    numbers = re.findall(r"\d+", re.sub(r"\d{1,2}[:.]\d{2}(?!\d)", " ", text))
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if not years and len(days) == 2:
        years, days = days[1:], days[:1]
    if len(years) > 1 or len(days) > 1:
        return None
    return _month_with(month, days, years, context)


def _month_with(month: int, days: list[str], years: list[str], context: _Context) -> DateAnd:
    day = int(days[0]) if days else 1
    year = _year(years[0], context.today) if years else context.today.year
    found, note = _built(year, month, day, context)
    if found is None or (days and years):
        return found, note
    if not years:
        found = _not_after(found, context.today)
    code = "date_without_day" if years else "date_without_year"
    return found, remark(code, text=context.text, date=found.isoformat())


def _from_parts(text: str, context: _Context) -> DateAnd | None:
    """03.2026, 15.03, or a year with words around it."""
    if match := _MONTH_YEAR.match(text):
        return _month_with(int(match[1]), [], [match[2]], context)
    if match := _DAY_MONTH.match(text):
        return _month_with(int(match[2]), [match[1]], [], context)
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
    if len(years) == 1 and len(re.findall(r"\d+", text)) == 1:
        return _from_number(float(years[0]), context)
    return None


def _about(found: DateAnd, text: str, context: _Context) -> DateAnd:
    day, note = found
    if day and _ABOUT.search(text):
        return day, remark("date_about", text=context.text, date=day.isoformat())
    return day, note


def _named_month(text: str) -> int:
    for name, month in _TWO_WORD_MONTHS.items():
        if plain(name) in text:
            return month
    for word in re.findall(r"[^\W\d_]+", text):
        for stem, month in _STEMS.items():
            if word == stem or (len(stem) > 2 and word.startswith(stem)):
                return month
    return 0


def _year(written: str, today: dt.date) -> int:
    if len(written) == 4:
        return int(written)
    century = today.year // 100 * 100
    year = century + int(written)
    return year if year <= today.year + 10 else year - 100


def _not_after(day: dt.date, today: dt.date) -> dt.date:
    if day <= today:
        return day
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _built(year: int, month: int, day: int, context: _Context) -> DateAnd:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None, remark("date_impossible", text=context.text)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None, remark("date_impossible", text=context.text)
    return found, None
