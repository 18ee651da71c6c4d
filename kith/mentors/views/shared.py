"""What every view of this room needs."""

from uuid import UUID

from django.http import Http404, HttpRequest

from kith.mentors.queries import checklist
from kith.people.models import Person
from kith.web.acts import actor_of


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
