"""What every view of this room needs."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.mentors.queries import checklist
from kith.people.models import Person
from kith.web.forms import KithForm, refuse


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


def me_or_404(request: HttpRequest) -> Person:
    """The mentor who is signed in."""
    person = checklist.own_mentor(actor_of(request))
    if person is None:
        raise Http404
    return person


def key_or_none(text: str) -> UUID | None:
    """A key that stands in an address, where it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
