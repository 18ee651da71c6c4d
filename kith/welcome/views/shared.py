"""What every view of this room needs."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.people.models import Person
from kith.web.forms import KithForm, refuse
from kith.welcome.models import Application
from kith.welcome.queries import desk


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent; None while the page is only looked at."""
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


def application_or_404(request: HttpRequest, pk: UUID) -> Application:
    """An application this actor may read."""
    return get_object_or_404(desk.applications(actor_of(request)), pk=pk)


def participant_or_404(request: HttpRequest, pk: UUID) -> Person:
    """A participant whose welcome talk this actor may note."""
    return get_object_or_404(desk.people_to_talk(actor_of(request)), pk=pk)


def person_url(pk: UUID) -> str:
    """The record of a person."""
    return reverse("people:person", args=[pk])
