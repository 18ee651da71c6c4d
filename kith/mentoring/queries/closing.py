"""What belongs to a good ending of a match: steps done and left, as this room and others know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.consent.queries import newest
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring.models import ClosingTalk, Match, Meeting
from kith.mentoring.permissions import TALK
from kith.mentoring.rules.closing import FOLLOW_UP
from kith.mentoring.rules.states import MeetingState
from kith.people.rules import Side
from kith.web.words import isolated


@dataclass(frozen=True)
class ClosingStep:
    """One step of an ending: what, whether it is done, and where it is done."""

    what: str
    is_done: bool
    url: str
    act: str
    order: int = 50


Steps = Callable[[Actor, Match], Iterable[ClosingStep]]
_sources: list[Steps] = []


def add_steps(source: Steps) -> None:
    """Let a room above add steps, from its wiring."""
    if source not in _sources:
        _sources.append(source)


def steps(actor: Actor, match: Match) -> list[ClosingStep]:
    """Every step of the ending, in order."""
    found = list(_own_steps(match))
    for source in _sources:
        found += source(actor, match)
    return sorted(found, key=lambda one: one.order)


def closing_talks(actor: Actor, match: Match) -> dict[str, ClosingTalk]:
    """The closing talks by side, for those who hold them."""
    if not allows(actor, TALK, match):
        return {}
    return {row.side: row for row in ClosingTalk.objects.filter(match=match)}


def _own_steps(match: Match) -> Iterable[ClosingStep]:
    talked = set(ClosingTalk.objects.filter(match=match).values_list("side", flat=True))
    both = ((Side.PARTICIPANT, match.participant), (Side.MENTOR, match.mentor))
    for number, (side, person) in enumerate(both):
        yield ClosingStep(
            _("Closing talk with %(name)s alone") % {"name": isolated(called(person))},
            side.value in talked,
            reverse("mentoring:closing_talk", args=[match.pk, side.value]),
            _("Note the talk"),
            10 + number,
        )
    yield ClosingStep(
        _("Both look back together"),
        match.looked_back_on is not None,
        reverse("mentoring:look_back", args=[match.pk]),
        _("Look back"),
        5,
    )
    yield ClosingStep(
        _("Ask whether you may ask again later"),
        newest(match.participant, FOLLOW_UP) is not None,
        reverse("consent:talk", args=[match.participant_id, FOLLOW_UP]),
        _("Ask for the consent"),
        20,
    )
    yield ClosingStep(
        _("The two said goodbye"),
        _said_goodbye(match),
        reverse("mentoring:new_meeting", args=[match.pk]) if match.closed_on is None else "",
        _("Note the farewell"),
        30,
    )


def _said_goodbye(match: Match) -> bool:
    """A meeting was held on the day of the farewell or after it."""
    if match.farewell_on is None:
        return False
    held = Q(state=MeetingState.HELD.value, held_on__gte=match.farewell_on)
    return Meeting.objects.filter(held, match=match).exists()
