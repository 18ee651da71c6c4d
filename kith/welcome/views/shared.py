"""What every view of this room needs."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kith.people.models import Person
from kith.web.acts import actor_of
from kith.welcome.models import Application
from kith.welcome.queries import desk


def application_or_404(request: HttpRequest, pk: UUID) -> Application:
    """An application this actor may read."""
    return get_object_or_404(desk.applications(actor_of(request)), pk=pk)


def participant_or_404(request: HttpRequest, pk: UUID) -> Person:
    """A participant whose welcome talk this actor may note."""
    return get_object_or_404(desk.people_to_talk(actor_of(request)), pk=pk)


def person_url(pk: UUID) -> str:
    """The record of a person."""
    return reverse("people:person", args=[pk])
