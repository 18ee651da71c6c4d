"""Sentences about joint activities."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.activities.rules.plan import Answer, Rhythm
from kith.web.words import locale, near

RHYTHM_WORDS: dict[Rhythm, str | Promise] = {
    Rhythm.ONCE: gettext_lazy("Once"),
    Rhythm.WEEKLY: gettext_lazy("Every week"),
    Rhythm.FORTNIGHTLY: gettext_lazy("Every two weeks"),
    Rhythm.EVERY_FOUR_WEEKS: gettext_lazy("Every four weeks"),
}
ANSWER_WORDS: dict[Answer, str | Promise] = {
    Answer.COMING: gettext_lazy("You are coming"),
    Answer.WAITING: gettext_lazy("You are waiting for a place"),
    Answer.NOT_COMING: gettext_lazy("You are not coming"),
}


def when_words(starts_at: datetime, minutes: int, today: date) -> str:
    """ "Thursday, in 3 days, on 3 December, 17:00 to 19:00"."""
    begin = timezone.localtime(starts_at)
    end = timezone.localtime(starts_at + timedelta(minutes=minutes))
    said = {
        "weekday": format_date(begin, "EEEE", locale=locale()),
        "day": near(begin.date(), today),
        "begin": format_time(begin.time(), format="short", locale=locale()),
        "end": format_time(end.time(), format="short", locale=locale()),
    }
    return _("%(weekday)s, %(day)s, from %(begin)s to %(end)s") % said


def places_words(places: int | None, taken: int) -> str:
    """How many come and how many places are left."""
    if places is None:
        if not taken:
            return _("Everybody is welcome.")
        said = ngettext(
            "Everybody is welcome. %(taken)d person comes so far.",
            "Everybody is welcome. %(taken)d people come so far.",
            taken,
        )
        return said % {"taken": taken}
    left = max(0, places - taken)
    if not left:
        return _("All places are taken. You can wait for one.")
    said = ngettext(
        "%(left)d of %(places)d places is free.", "%(left)d of %(places)d places are free.", left
    )
    return said % {"left": left, "places": places}
