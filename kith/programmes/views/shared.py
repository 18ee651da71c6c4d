"""What every view of this room needs."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kith.people.models import Person
from kith.people.queries import people
from kith.programmes import queries
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import Side
from kith.web.acts import actor_of


def programme_or_404(request: HttpRequest, pk: UUID) -> Programme:
    """A programme this actor may look at."""
    return get_object_or_404(queries.programmes(actor_of(request)), pk=pk)


def place_or_404(request: HttpRequest, pk: UUID) -> Enrolment:
    """A place this actor may look at."""
    return get_object_or_404(queries.places(actor_of(request)), pk=pk)


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """A person whose record this actor may open."""
    return get_object_or_404(people(actor_of(request)), pk=pk)


def person_url(person_id: UUID) -> str:
    """Where someone's record is."""
    return reverse("people:person", args=[person_id])


def side_asked(request: HttpRequest) -> Side:
    """The side a list is about."""
    return _of(Side, request.GET.get("side", Side.PARTICIPANT.value))


def _of(kind: type[Side], value: str) -> Side:
    try:
        return kind(value)
    except ValueError as fault:
        raise Http404 from fault
