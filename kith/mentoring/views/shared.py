"""What every view of this room needs."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kith.mentoring.models import Match
from kith.mentoring.queries import lists
from kith.web.acts import actor_of


def match_or_404(request: HttpRequest, pk: UUID) -> Match:
    """A match this actor may open; 404 hides all others."""
    rows = lists.matches(actor_of(request)).select_related(
        "participant__responsible", "programme__organisation"
    )
    return get_object_or_404(rows, pk=pk)


def map_url(match: Match, *, own: bool) -> str:
    """The map of eight domains: one's own, or that of the participant."""
    if own:
        return reverse("progress:mine")
    return reverse("progress:person", args=[match.participant_id])


def to_match(match: Match, part: str = "") -> HttpResponse:
    """Back to the page of the match, at one of its parts."""
    answer: Any = redirect("mentoring:match", match.pk)
    if part:
        answer["Location"] += f"#{part}"
    return cast(HttpResponse, answer)
