"""What every view of this room needs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.queries.members import own_sides
from kith.mentoring.rules.members import mentors_side
from kith.mentoring.rules.states import MatchState
from kith.messaging.models import Message
from kith.messaging.queries import threads
from kith.people.rules import Side
from kith.web.acts import actor_of


def match_or_404(request: HttpRequest, pk: UUID) -> Match:
    """A match of one's own; 404 hides all others, from staff too."""
    return get_object_or_404(threads.matches(actor_of(request)), pk=pk)


def message_or_404(request: HttpRequest, match: Match, pk: UUID) -> Message:
    """A message of one's own match."""
    return get_object_or_404(threads.messages(actor_of(request), match), pk=pk)


def names(actor: Actor, match: Match) -> str:
    """With whom one writes: the other side, by name."""
    side = own_sides(actor, [match]).get(match.pk)
    return mentors_side(match) if side is Side.PARTICIPANT else called(match.participant)


def around(actor: Actor, match: Match) -> dict[str, object]:
    """What every page of a match's messages says."""
    return {
        "match": match,
        "names": names(actor, match),
        "match_url": reverse("mentoring:match", args=[match.pk]),
        "is_closed": match.state == MatchState.CLOSED.value,
    }


def to_newest(match: Match) -> HttpResponse:
    """To the messages of a match, where the newest stands."""
    answer = redirect("messaging:thread", match.pk)
    answer["Location"] += "#newest"
    return answer
