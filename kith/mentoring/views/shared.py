"""What every view of this room needs."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.mentoring.queries import lists
from kith.web.forms import KithForm, refuse


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def match_or_404(request: HttpRequest, pk: UUID) -> Match:
    """A match this actor may open; 404 hides all others."""
    rows = lists.matches(actor_of(request)).select_related(
        "participant__responsible", "programme__organisation"
    )
    return get_object_or_404(rows, pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, or None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def done(form: KithForm, act: Callable[[], object]) -> bool:
    """Run the one command of a form; what it refuses becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


def to_match(match: Match, part: str = "") -> HttpResponse:
    """Back to the page of the match, at one of its parts."""
    answer: Any = redirect("mentoring:match", match.pk)
    if part:
        answer["Location"] += f"#{part}"
    return cast(HttpResponse, answer)
