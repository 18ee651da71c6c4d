"""What every view of this room needs."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language

from kith.mentoring.models import Match
from kith.mentoring.rules.members import both_sides
from kith.papers import queries
from kith.papers.queries import Opened
from kith.papers.rules.shapes import Section, Shape, section_of
from kith.programmes.rules.templates import DocumentSection, SpecialDocument
from kith.web.acts import actor_of


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def match_or_404(request: HttpRequest, pk: UUID) -> Match:
    """A match whose papers this actor may read; 404 hides all others."""
    return get_object_or_404(queries.matches(actor_of(request)), pk=pk)


def opened_or_404(request: HttpRequest, pk: UUID, key: str) -> Opened:
    """A paper that the programme of the match names; the look is noted."""
    match = match_or_404(request, pk)
    document = document_or_404(match, key)
    return queries.opened(actor_of(request), match=match, document=document)


def document_or_404(match: Match, key: str) -> SpecialDocument:
    """One of the papers that the programme of a match names."""
    found = queries.document_of(match, key)
    if found is None:
        raise Http404
    return found


def section_or_404(
    request: HttpRequest, paper: Opened, key: str, *shapes: Shape
) -> tuple[DocumentSection, Section]:
    """A section in which this actor may write, of one of the shapes."""
    found = next((one for one in paper.document.sections if one.key == key), None)
    if found is None:
        raise Http404
    shape = section_of(paper.document.key, key)
    if shape.shape not in shapes or not queries.may_write(actor_of(request), paper.match, shape):
        raise Http404
    return found, shape


def around(match: Match) -> dict[str, object]:
    """What every page of a match says: whose it is, and the way back to it."""
    return {
        "match": match,
        "names": both_sides(match),
        "match_url": reverse("mentoring:match", args=[match.pk]),
    }


def to_paper(paper: Opened, section: str = "") -> HttpResponse:
    """Back to the paper, at one of its sections."""
    answer = redirect("papers:paper", paper.match.pk, paper.document.key)
    if section:
        answer["Location"] += f"#{section}"
    return answer
