"""What a change of a programme's settings brings for its running matches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kith.mentoring.models import Match
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import Care, attention_on, care_of
from kith.mentoring.rules.states import RUNNING
from kith.programmes.models import Programme
from kith.programmes.rules import ProgrammeTemplate, Unit

MOST_COUNTED = 999
MOST_LOOKED_AT = 500


@dataclass(frozen=True)
class Reached:
    """Running matches, counted up to MOST_COUNTED + 1, and how many ask for a call.

    asks_now, asks_then  None where no date moves, or where there are too many to look at
    """

    running: int
    has_other_dates: bool
    asks_now: int | None = None
    asks_then: int | None = None


def reached(
    programme: Programme, before: ProgrammeTemplate, after: ProgrammeTemplate, *, today: date
) -> Reached:
    """The matches that a change of settings reaches, and what their reminders would say today."""
    states = [state.value for state in RUNNING]
    rows = Match.objects.filter(programme=programme, state__in=states).order_by("id")
    running = rows[: MOST_COUNTED + 1].count()
    care = {unit.value: care_of(after, unit.value) for unit in Unit}
    if not running or all(care_of(before, unit) == then for unit, then in care.items()):
        return Reached(running, has_other_dates=False)
    if running > MOST_LOOKED_AT:
        return Reached(running, has_other_dates=True)
    found = list(rows)
    now = sum(match.attention_on is not None and match.attention_on <= today for match in found)
    then = _asking(found, care, today)
    return Reached(running, has_other_dates=True, asks_now=now, asks_then=then)


def _asking(matches: list[Match], care: Mapping[str, Care], today: date) -> int:
    """How many would ask for a call today under these rules, of pairs and of groups."""
    dates = dates_of(matches)
    days = (attention_on(dates[match.pk], care[match.unit]) for match in matches)
    return sum(day is not None and day <= today for day in days)
