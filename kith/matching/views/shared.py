"""What every view of this room needs."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kith.matching.models import Proposal, Round
from kith.matching.queries import rounds as queries
from kith.matching.queries.board import proposals
from kith.programmes.models import Programme
from kith.web.acts import actor_of


def programme_or_404(request: HttpRequest, pk: UUID) -> Programme:
    """A running programme; 404 hides all others."""
    return get_object_or_404(queries.running_programmes(actor_of(request)), pk=pk)


def round_or_404(request: HttpRequest, pk: UUID) -> Round:
    """A round of this organisation."""
    return get_object_or_404(queries.rounds(actor_of(request)), pk=pk)


def proposal_or_404(request: HttpRequest, pk: UUID) -> Proposal:
    """A proposed pair of this organisation."""
    return get_object_or_404(proposals(actor_of(request)), pk=pk)
