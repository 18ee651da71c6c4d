"""Editions and learners in words for people."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kith.learning.rules.joining import NotNow
from kith.learning.rules.states import Judged, RequestState, SeatState, WorkState
from kith.methods.learning.courses.schema import Opens
from kith.methods.learning.questions.schema import Words, say
from kith.web.words import and_list, country_name, full_day, isolated, locale, near

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MINUTES_AN_HOUR = 60

OPENS_WORDS: dict[Opens, "StrOrPromise"] = {
    Opens.MENTORING: gettext_lazy("It opens the first match to a mentor."),
    Opens.ASSESSMENT: gettext_lazy("It opens the assessment sheet."),
    Opens.NOTHING: gettext_lazy("It shows what you learned; it opens nothing else."),
}
SEAT_WORDS: dict[SeatState, "StrOrPromise"] = {
    SeatState.LEARNING: gettext_lazy("learning"),
    SeatState.PASSED: gettext_lazy("passed"),
    SeatState.LEFT: gettext_lazy("left"),
}
JUDGED_WORDS: dict[Judged, "StrOrPromise"] = {
    Judged.THERE: gettext_lazy("there"),
    Judged.PARTLY: gettext_lazy("partly there"),
    Judged.NOT_YET: gettext_lazy("not yet"),
}
WORK_WORDS: dict[WorkState, "StrOrPromise"] = {
    WorkState.DRAFT: gettext_lazy("begun"),
    WorkState.HANDED_IN: gettext_lazy("waits to be read"),
    WorkState.RETURNED: gettext_lazy("asked for more"),
    WorkState.ACCEPTED: gettext_lazy("accepted"),
}
REQUEST_WORDS: dict[RequestState, "StrOrPromise"] = {
    RequestState.NEW: gettext_lazy("waits for an answer"),
    RequestState.ANSWERED: gettext_lazy("answered"),
    RequestState.CLOSED: gettext_lazy("closed"),
}


def here(words: Words) -> str:
    """A text of a course in the language of the page, else in English."""
    return say(words, get_language() or "en")


def language_words(code: str) -> str:
    """A language in the language of the page."""
    return str(locale().languages.get(code, code))


def languages_words(codes: Sequence[str]) -> str:
    """The languages that one can read a course in."""
    return _("In %(languages)s") % {"languages": and_list([language_words(one) for one in codes])}


def days_words(first: date, last: date) -> str:
    """ "1 November 2026 to 28 February 2027", as the language of the page puts it."""
    return _("%(first)s to %(last)s") % {"first": full_day(first), "last": full_day(last)}


def countries_words(codes: Collection[str]) -> str:
    """For whom an edition is, by where people work."""
    if not codes:
        return _("For people from everywhere")
    names = and_list(sorted(country_name(code) for code in codes))
    return _("For people who work in %(countries)s") % {"countries": names}


def seats_words(seats: int | None, taken: int) -> str:
    """How many seats are left."""
    if seats is None:
        return _("Room for everybody")
    left = max(0, seats - taken)
    if not left:
        return _("All seats are taken")
    return ngettext("%(left)d seat left", "%(left)d seats left", left) % {"left": left}


def length_words(minutes: int) -> str:
    """ "about 4 hours 40 minutes" of reading, activities and quizzes."""
    hours, rest = divmod(minutes, MINUTES_AN_HOUR)
    parts = []
    if hours:
        parts.append(ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours})
    if rest or not hours:
        parts.append(ngettext("%(number)d minute", "%(number)d minutes", rest) % {"number": rest})
    return " ".join(parts)


def moment_words(at: datetime, minutes: int) -> str:
    """ "Monday, 30 November 2026, 10:00, 120 minutes"."""
    local = timezone.localtime(at)
    day = format_date(local.date(), format="full", locale=locale())
    time = format_time(local.time(), format="short", locale=locale())
    length = ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    return _("%(day)s, %(time)s, %(length)s") % {"day": day, "time": time, "length": length}


def closing_words(closes_on: date, today: date) -> str:
    """Until when one can join."""
    return _("Join by: %(when)s") % {"when": near(closes_on, today)}


def not_now_words(
    reason: NotNow, *, countries: Sequence[str], closes_on: date, today: date, country: str
) -> str:
    """Kindly: why somebody who works in a country cannot join an edition."""
    if reason is NotNow.OTHER_COUNTRY:
        names = and_list(sorted(country_name(code) for code in countries))
        return _("It is for people who work in %(countries)s, and you work in %(country)s.") % {
            "countries": names,
            "country": country_name(country),
        }
    if reason is NotNow.CLOSED:
        return _("The last day to join was %(when)s.") % {"when": near(closes_on, today)}
    if reason is NotNow.FULL:
        return _("All seats are taken.")
    return _("It does not take place.")


def edition_title(course: Words, title: str) -> str:
    """ "Understanding vulnerability: Winter"."""
    return f"{here(course)}: {isolated(title)}"


def percent_words(share: float | None) -> str:
    """A share of 0 to 1 in percent; empty where it is not known."""
    return "" if share is None else format_percent(share, locale=locale())


def figure_words(figure: float | None) -> str:
    """A figure with two places; empty where it is not known."""
    return "" if figure is None else format_decimal(figure, "0.00", locale=locale())
