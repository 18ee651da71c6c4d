"""What every view of this room needs."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from kith.people import queries
from kith.people.models import Person
from kith.web.acts import actor_of


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
