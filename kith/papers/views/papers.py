"""Reading the working papers of a match: the list, one paper, its history, and files."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring.models import Match
from kith.mentoring.rules.members import both_sides
from kith.mentoring.rules.states import MatchState
from kith.papers import queries
from kith.papers.permissions import MAKE_LETTERS, SEE_LETTERS
from kith.papers.queries import Opened
from kith.papers.rules.shapes import ASK_YES, ELSEWHERE
from kith.papers.views import shown
from kith.papers.views.paper_file import paper_file
from kith.papers.views.shared import around, document_or_404, language, match_or_404, opened_or_404
from kith.web.acts import actor_of
from kith.web.components import Event
from kith.web.papers import paper_answer
from kith.web.words import near


@require_GET
def of_match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section and page: the papers of a match, and the letters when it comes to its end."""
    match, actor = match_or_404(request, pk), actor_of(request)
    begun = queries.papers_of(match)
    lines = []
    for document in queries.documents_of(match):
        paper = begun.get(document.key)
        lines.append(
            {
                "title": document.title.say(language()),
                "url": reverse("papers:paper", args=[match.pk, document.key]),
                "when": _written_words(paper.written_at.date())
                if paper and paper.written_at
                else _("Nothing written yet"),
            }
        )
    page = {
        **around(match),
        "lines": lines,
        "shows_letters": allows(actor, MAKE_LETTERS, match)
        or (allows(actor, SEE_LETTERS, match) and match.farewell_on is not None)
        or match.state == MatchState.CLOSED.value,
    }
    return render(request, "papers/of_match.html", page)


@require_GET
def paper(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One paper: every section with what stands there, and the way to write in it."""
    opened = opened_or_404(request, pk, key)
    page = {
        **around(opened.match),
        "document": opened.document,
        "title": opened.document.title.say(language()),
        "sections": shown.sections(actor_of(request), opened, language()),
        "places": _yes_places(request, opened),
        "is_agreed": opened.is_agreed(),
        "version": opened.version,
        "is_closed": opened.match.state == MatchState.CLOSED.value,
        "calendar_url": reverse("calendars:match", args=[pk]) if opened.match.is_group else "",
        "elsewhere_url": reverse("rota:rota", args=[pk]) if key in ELSEWHERE else "",
    }
    return render(request, "papers/paper.html", page)


@require_GET
def history(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Who wrote in which section and when."""
    opened = opened_or_404(request, pk, key)
    titles = {one.key: one.title.say(language()) for one in opened.document.sections}
    events = [
        Event(
            on=row.written_at.date(),
            what=titles.get(row.section, row.section),
            text=str(row.written_by.name) if row.written_by else "",
            icon="pen",
        )
        for row in queries.history(opened.match, opened.document)
    ]
    page = {
        **around(opened.match),
        "document": opened.document,
        "title": opened.document.title.say(language()),
        "events": events,
        "today": clock.today(),
    }
    return render(request, "papers/history.html", page)


@require_GET
def pdf(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """The paper as a file, as it stands today."""
    opened = opened_or_404(request, pk, key)
    found = shown.sections(actor_of(request), opened, language())
    made = paper_file(opened, found, names_of(opened.match), today=clock.today())
    return paper_answer(made, name=key.replace("_", "-"))


@require_GET
def blank(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """The paper as an empty form to print and fill in by hand."""
    match = match_or_404(request, pk)
    document = document_or_404(match, key)
    empty = Opened(match, document, None, {}, [])
    found = shown.sections(actor_of(request), empty, language())
    made = paper_file(empty, found, "", today=clock.today(), is_blank=True)
    return paper_answer(made, name=f"{key.replace('_', '-')}-form")


def names_of(match: Match) -> str:
    """The names of a match."""
    return both_sides(match)


def _written_words(day: date) -> str:
    return _("Written %(when)s") % {"when": near(day, clock.today())}


def _yes_places(request: HttpRequest, opened: Opened) -> list[dict[str, object]]:
    """Where the two say yes to a paper that asks for it, once something stands in it."""
    if opened.document.key not in ASK_YES or not opened.version:
        return []
    said = {yes.person_id: yes for yes in opened.yeses if yes.version == opened.version}
    is_open = opened.match.state != MatchState.CLOSED.value
    return [
        {
            "person": person,
            "name": called(person),
            "yes": said.get(person.pk),
            "may_say": is_open
            and person.pk not in said
            and queries.may_speak_for(actor_of(request), opened.match, person),
        }
        for person in (opened.match.participant, opened.match.mentor)
    ]
