"""What every view of this room needs."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.queries.members import own_sides
from kith.mentoring.rules.members import both_sides, mentors_side
from kith.people.rules import Side
from kith.rota.models import Duty
from kith.rota.queries import lists
from kith.web.acts import actor_of


def match_or_404(request: HttpRequest, pk: UUID) -> Match:
    """A match of a group whose rota this actor may see; 404 hides all others."""
    return get_object_or_404(lists.matches(actor_of(request)), pk=pk)


def duty_or_404(match: Match, pk: UUID) -> Duty:
    """A duty of this match."""
    return get_object_or_404(lists.duties(match), pk=pk)


def names(actor: Actor, match: Match) -> str:
    """Whom the page is about: for the group the family, for the family the group, else both."""
    side = own_sides(actor, [match]).get(match.pk)
    if side is None:
        return both_sides(match)
    return mentors_side(match) if side is Side.PARTICIPANT else called(match.participant)


def around(actor: Actor, match: Match) -> dict[str, object]:
    """What every page of a rota says: whose it is, and the way back."""
    return {
        "match": match,
        "names": names(actor, match),
        "match_url": reverse("mentoring:match", args=[match.pk]),
    }


def to_rota(match: Match, part: str = "") -> HttpResponse:
    """Back to the rota, at one of its parts."""
    answer: Any = redirect("rota:rota", match.pk)
    if part:
        answer["Location"] += f"#{part}"
    return cast(HttpResponse, answer)
