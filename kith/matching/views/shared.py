"""What every view of this room needs."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.matching.models import Proposal, Round
from kith.matching.queries import rounds as queries
from kith.matching.queries.board import proposals
from kith.programmes.models import Programme
from kith.web.forms import KithForm, refuse


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def programme_or_404(request: HttpRequest, pk: UUID) -> Programme:
    """A running programme; 404 hides all others."""
    return get_object_or_404(queries.running_programmes(actor_of(request)), pk=pk)


def round_or_404(request: HttpRequest, pk: UUID) -> Round:
    """A round of this organisation."""
    return get_object_or_404(queries.rounds(actor_of(request)), pk=pk)


def proposal_or_404(request: HttpRequest, pk: UUID) -> Proposal:
    """A proposed pair of this organisation."""
    return get_object_or_404(proposals(actor_of(request)), pk=pk)


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
