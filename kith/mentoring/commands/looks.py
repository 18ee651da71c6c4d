"""Looking at the domain map again: drawn, not this time, or not at all. Each costs nothing."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.commands.dates import refresh
from kith.mentoring.models import Match
from kith.mentoring.permissions import PASS_MAP
from kith.mentoring.queries.dates import open_look
from kith.mentoring.rules.states import RUNNING


class NoMapAsked(Refused):
    """The map was drawn meanwhile, or its week has not come."""

    sentence = _("No new map is asked for now.")


@command(PASS_MAP, on="match")
def pass_map(actor: Actor, *, match: Match, today: date, now: datetime) -> Match:
    """Not this time: it is asked again in the next of the programme's weeks. Raises NoMapAsked."""
    if open_look(match, today=today) is None:
        raise NoMapAsked()
    match.looked_on = today
    refresh(match, now=now)
    return match


@command(PASS_MAP, on="match")
def want_maps(actor: Actor, *, match: Match, wanted: bool, today: date, now: datetime) -> Match:
    """Not asked for maps any more, or asked again after all. Nothing else changes."""
    match.no_maps_since = None if wanted else (match.no_maps_since or today)
    refresh(match, now=now)
    return match


def note_map(person_id: UUID, *, today: date, now: datetime) -> None:
    """A participant looked at their map anew. Runs inside the act of the room below."""
    for match in _running(person_id):
        match.looked_on = today
        refresh(match, now=now)


def follow_consent(person_id: UUID, *, given: bool, today: date, now: datetime) -> None:
    """Without the yes to mentoring nobody is asked for a map. Inside the act of the room below."""
    for match in _running(person_id):
        match.no_maps_since = None if given else today
        refresh(match, now=now)


def _running(person_id: UUID) -> list[Match]:
    states = [state.value for state in RUNNING]
    rows = Match.objects.filter(participant=person_id, state__in=states)
    return list(rows.select_related("programme").order_by("id"))
