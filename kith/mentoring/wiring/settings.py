"""What a change of a programme's settings brings, said on the preview of the change."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.mentoring.queries.changes import MOST_COUNTED, Reached, reached
from kith.programmes.models import Programme
from kith.programmes.rules import ProgrammeTemplate


def consequences(
    programme: Programme, before: ProgrammeTemplate, after: ProgrammeTemplate, today: date
) -> Iterable[str]:
    """What stays with running matches, and what moves."""
    found = reached(programme, before, after, today=today)
    if not found.running:
        yield _("No match is running in this programme.")
        return
    yield _stays(found.running)
    if found.has_other_dates:
        yield _("Their reminders follow the new dates from the moment you put this into force.")
    if found.asks_now is not None and found.asks_then is not None:
        yield _asks(found)


def _stays(running: int) -> str:
    if running > MOST_COUNTED:
        return _(
            "More than %(number)d running matches keep their agreement and the day on which they "
            "end."
        ) % {"number": MOST_COUNTED}
    said = ngettext(
        "%(number)d running match keeps its agreement and the day on which it ends.",
        "%(number)d running matches keep their agreement and the day on which they end.",
        running,
    )
    return said % {"number": running}


def _asks(found: Reached) -> str:
    if found.asks_now == found.asks_then:
        said = ngettext(
            "As before, %(number)d match asks for a call today.",
            "As before, %(number)d matches ask for a call today.",
            found.asks_then or 0,
        )
        return said % {"number": found.asks_then}
    said = ngettext(
        "Then %(number)d match asks for a call today; at present %(before)d.",
        "Then %(number)d matches ask for a call today; at present %(before)d.",
        found.asks_then or 0,
    )
    return said % {"number": found.asks_then, "before": found.asks_now}
