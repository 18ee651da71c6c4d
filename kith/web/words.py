"""Dates, lists and numbers in words, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

# What a page prints: text, or text whose language is chosen when it is printed.
Text = str | Promise

NEAR_DAYS = 60
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


# Our English is the European one: "30 October", "Olena, Marta and Yusuf".
VARIANTS = {"en": "en_GB"}
COMMAS = {"ar": "،"}


def locale() -> Locale:
    code = get_language() or "en"
    return Locale.parse(VARIANTS.get(code, code.replace("-", "_")))


def day_and_month(day: date) -> str:
    return format_skeleton("MMMMd", day, locale=locale())


def weekday_and_day(day: date) -> str:
    """ "Thursday, 3 December", as the language of the page puts it."""
    written = format_skeleton("MMMMEEEEd", day, locale=locale())
    weekday = format_date(day, format="EEEE", locale=locale())
    # Some languages know this form with a short weekday alone: "śr., 2 grudnia".
    return written if weekday in written else comma_list([weekday, day_and_month(day)])


def month_and_year(day: date) -> str:
    """ "December 2026", as the language of the page puts it."""
    return format_skeleton("yMMMM", day, locale=locale())


def full_day(day: date) -> str:
    return format_date(day, format="long", locale=locale())


def near(day: date, today: date) -> str:
    """A date in words: "23 days ago, on 30 October", or the date alone when it is far away."""
    distance = (day - today).days
    if abs(distance) > NEAR_DAYS:
        return _("on %(date)s") % {"date": full_day(day)}
    if abs(distance) <= 1:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[distance]
    written = day_and_month(day) if day.year == today.year else full_day(day)
    return _near(distance) % {"days": abs(distance), "date": written}


def _near(distance: int) -> str:
    days = abs(distance)
    if distance < 0:
        return ngettext("%(days)d day ago, on %(date)s", "%(days)d days ago, on %(date)s", days)
    return ngettext("in %(days)d day, on %(date)s", "in %(days)d days, on %(date)s", days)


def isolated(text: object) -> str:
    """Words that may run the other way, such as a name in a sentence: what stands around them keeps
    its order. For plain text of a page; in templates `<bdi>` does the same."""
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if str(text) else ""


def and_list(items: Sequence[object]) -> str:
    """ "Olena, Marta and Yusuf", as the language writes a list."""
    return format_list([str(item) for item in items], style="standard", locale=locale())


def comma_list(items: Sequence[object]) -> str:
    """ "finding work, health and doctors": for things whose own names hold an "and"."""
    comma = COMMAS.get(get_language() or "en", ",")
    return f"{comma} ".join(str(item) for item in items)


NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}


def countries() -> list[tuple[str, str]]:
    """Countries by their names in the language of the page."""
    names = locale().territories
    pairs = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    known = [(code, name) for code, name in pairs if code not in NO_COUNTRIES]
    return sorted(known, key=lambda pair: _in_order(pair[1]))


def _in_order(name: str) -> str:
    # "Łotwa" stands beside "Libia" and not behind "Zimbabwe".
    return normalize("NFKD", name.replace("Ł", "L")).casefold()


def country_name(code: str) -> str:
    """The name of a country in the language of the page; its two letters where it has none."""
    return str(locale().territories.get(code, code))
