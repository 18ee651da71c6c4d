"""What every view of this room needs."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.people import queries
from kith.people.models import Person
from kith.web.forms import KithForm, refuse


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """A person this actor may open; 404 hides all others."""
    rows = queries.people(actor_of(request)).select_related("place", "responsible")
    return get_object_or_404(rows, pk=pk)


def chosen_person(request: HttpRequest) -> Person:
    """The person chosen from a list that was found; 404 when there is none such."""
    try:
        return person_or_404(request, UUID(request.POST.get("person", "")))
    except ValueError as fault:
        raise Http404 from fault


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when nothing is ticked; None when the page is only looked at."""
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
