"""Sentences about duties."""

from datetime import date, datetime, timedelta

from babel.dates import format_time
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.mentoring.rules.members import role_names
from kith.programmes.rules import ProgrammeTemplate
from kith.rota.rules.plan import Filled
from kith.web.words import NEAR_DAYS, comma_list, full_day, locale, near, weekday_and_day


def role_words(rules: ProgrammeTemplate, role: str) -> str:
    """What a duty is about: the role by its name, else just a visit."""
    return next(iter(role_names(rules, [role])), _("Visit"))


def day_words(at: datetime, today: date) -> str:
    """ "Thursday 3 December"; for today and tomorrow the word beside it."""
    day = timezone.localdate(at)
    distance = (day - today).days
    if abs(distance) > NEAR_DAYS:
        return full_day(day)
    if distance in {0, 1}:
        return comma_list([near(day, today), weekday_and_day(day)])
    return weekday_and_day(day)


def clock_words(at: datetime) -> str:
    """ "17:00"."""
    return format_time(timezone.localtime(at).time(), format="short", locale=locale())


def from_to(at: datetime, minutes: int) -> str:
    """ "from 17:00 to 18:30"."""
    ends = at + timedelta(minutes=minutes)
    return _("from %(begin)s to %(end)s") % {"begin": clock_words(at), "end": clock_words(ends)}


def when_words(at: datetime, today: date) -> str:
    """ "Thursday 3 December, at 17:00"."""
    return _("%(day)s, at %(time)s") % {"day": day_words(at, today), "time": clock_words(at)}


def filled_words(filled: Filled, today: date) -> str:
    """How the next four weeks stand, in one or two sentences."""
    if filled.last_on is None:
        return _("No duty is laid out yet.")
    said = [_taken_words(filled)]
    if filled.looking:
        said.append(
            ngettext(
                "For %(number)d of them somebody looks for a swap.",
                "For %(number)d of them somebody looks for a swap.",
                filled.looking,
            )
            % {"number": filled.looking}
        )
    if not filled.reaches:
        said.append(_("The rota ends %(when)s.") % {"when": near(filled.last_on, today)})
    return " ".join(said)


def _taken_words(filled: Filled) -> str:
    if not filled.number:
        return _("No duty lies in the next four weeks.")
    values = {"number": filled.number, "empty": filled.empty}
    if not filled.empty:
        return (
            ngettext(
                "The one duty of the next four weeks is taken.",
                "All %(number)d duties of the next four weeks are taken.",
                filled.number,
            )
            % values
        )
    return (
        ngettext(
            "In the next four weeks %(empty)d of %(number)d duties has nobody yet.",
            "In the next four weeks %(empty)d of %(number)d duties have nobody yet.",
            filled.empty,
        )
        % values
    )
