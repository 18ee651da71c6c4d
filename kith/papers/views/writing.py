"""Writing in a working paper, on one small page for each act."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.base.errors import Refused
from kith.mentoring.queries.agreement import usual_minutes
from kith.papers import commands, forms
from kith.papers.queries import Opened
from kith.papers.rules.shapes import Shape
from kith.papers.views import shown
from kith.papers.views.shared import around, language, opened_or_404, section_or_404, to_paper
from kith.people.models import Person
from kith.web.acts import actor_of, done
from kith.web.forms import KithForm


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: UUID, key: str, section: str) -> HttpResponse:
    """The one text of a section."""
    paper = opened_or_404(request, pk, key)
    found, _shape = section_or_404(request, paper, section, Shape.WORDS)
    form = forms.TextForm(
        request.POST or None,
        label=found.title.say(language()),
        help=found.guide.say(language()),
        initial={"text": paper.content(section).get("text", ""), "seen": paper.number(section)},
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.write_text(
            actor_of(request),
            match=paper.match,
            document=key,
            section=section,
            now=clock.now(),
            **form.cleaned_data,
        ),
    ):
        return _saved(request, paper, section)
    return _form(request, paper, section, form, found.title.say(language()))


@require_http_methods(["GET", "POST"])
def voice(request: HttpRequest, pk: UUID, key: str, section: str, voice: UUID) -> HttpResponse:
    """The words of one person, or about one goal."""
    paper = opened_or_404(request, pk, key)
    found, _shape = section_or_404(request, paper, section, Shape.VOICES, Shape.GOALS)
    one = _voice_or_404(request, paper, section, voice)
    form = forms.TextForm(
        request.POST or None,
        label=one.name,
        help=found.guide.say(language()),
        initial={"text": one.text, "seen": paper.number(section)},
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.write_voice(
            actor_of(request),
            match=paper.match,
            document=key,
            section=section,
            voice=voice,
            now=clock.now(),
            **form.cleaned_data,
        ),
    ):
        return _saved(request, paper, section)
    return _form(request, paper, section, form, found.title.say(language()))


@require_http_methods(["GET", "POST"])
def line(
    request: HttpRequest, pk: UUID, key: str, section: str, line: str | None = None
) -> HttpResponse:
    """A line of a table: a new one, or one that stands there."""
    paper = opened_or_404(request, pk, key)
    found, shape = section_or_404(request, paper, section, Shape.ROWS)
    before = _line_or_404(paper, section, line) if line else {}
    form = forms.LineForm(
        request.POST or None,
        columns=shape.columns,
        options=shown.options(paper, shape, language(), clock.today()),
        initial=before,
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.put_line(
            actor_of(request),
            match=paper.match,
            document=key,
            section=section,
            line=line,
            values=form.values(),
            now=clock.now(),
        ),
    ):
        return _saved(request, paper, section)
    return _form(request, paper, section, form, found.title.say(language()), line=line)


@require_POST
def take_out(request: HttpRequest, pk: UUID, key: str, section: str, line: str) -> HttpResponse:
    """Take a line out of a table."""
    paper = opened_or_404(request, pk, key)
    section_or_404(request, paper, section, Shape.ROWS)
    try:
        commands.take_line_out(
            actor_of(request),
            match=paper.match,
            document=key,
            section=section,
            line=line,
            now=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_paper(paper, section)


@require_POST
def plan_line(request: HttpRequest, pk: UUID, key: str, section: str, line: str) -> HttpResponse:
    """A planned day becomes a meeting of the match."""
    paper = opened_or_404(request, pk, key)
    _found, shape = section_or_404(request, paper, section, Shape.ROWS)
    row = _line_or_404(paper, section, line)
    if not shape.plans:
        raise Http404
    day = date.fromisoformat(row["on"]) if row.get("on") else clock.today()
    try:
        commands.plan_line(
            actor_of(request),
            match=paper.match,
            document=key,
            section=section,
            line=line,
            minutes=usual_minutes(paper.match, day),
            now=clock.now(),
        )
        messages.success(request, _("The meeting is planned. Everybody is told."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_paper(paper, section)


@require_http_methods(["GET", "POST"])
def ticks(request: HttpRequest, pk: UUID, key: str, section: str) -> HttpResponse:
    """The sentences a learner can say of themselves."""
    paper = opened_or_404(request, pk, key)
    found, _shape = section_or_404(request, paper, section, Shape.TICKS)
    now = next(one for one in _sections(request, paper) if one.key == section)
    choices = [(name, [(one.key, one.text) for one in group]) for name, group in now.groups]
    form = forms.TicksForm(
        request.POST or None,
        choices=choices,
        initial={"ticks": list(paper.content(section).get("ticks", {}))},
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.tick_sentences(
            actor_of(request),
            match=paper.match,
            document=key,
            section=section,
            keys=form.cleaned_data["ticks"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        return _saved(request, paper, section)
    return _form(request, paper, section, form, found.title.say(language()))


@require_POST
def say_yes(request: HttpRequest, pk: UUID, key: str, person: UUID) -> HttpResponse:
    """One person's yes to the paper as it stands."""
    paper = opened_or_404(request, pk, key)
    row = _one_of_two(paper, person)
    seen = request.POST.get("seen", "")
    try:
        commands.say_yes(
            actor_of(request),
            match=paper.match,
            document=key,
            person=row,
            seen=int(seen) if seen.isdigit() else 0,
            today=clock.today(),
        )
        messages.success(request, _("The yes is noted. It counts until the paper is changed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return to_paper(paper)


def _one_of_two(paper: Opened, person: UUID) -> Person:
    two = {one.pk: one for one in (paper.match.participant, paper.match.mentor)}
    if person not in two:
        raise Http404
    return two[person]


def _sections(request: HttpRequest, paper: Opened) -> list[shown.ShownSection]:
    return shown.sections(actor_of(request), paper, language())


def _voice_or_404(request: HttpRequest, paper: Opened, section: str, key: UUID) -> shown.Voice:
    here = next(one for one in _sections(request, paper) if one.key == section)
    found = next((one for one in here.voices if one.key == str(key) and one.may_write), None)
    if found is None:
        raise Http404
    return found


def _line_or_404(paper: Opened, section: str, key: str) -> dict[str, Any]:
    lines = paper.content(section).get("rows", [])
    found = next((one for one in lines if one["id"] == key), None)
    if found is None:
        raise Http404
    return dict(found)


def _saved(request: HttpRequest, paper: Opened, section: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return to_paper(paper, section)


def _form(
    request: HttpRequest,
    paper: Opened,
    section: str,
    form: KithForm,
    title: str,
    line: str | None = None,
) -> HttpResponse:
    page = {
        **around(paper.match),
        "document": paper.document,
        "paper_title": paper.document.title.say(language()),
        "form": form,
        "title": title,
        "section": section,
        "line": line,
        "back": f"{reverse('papers:paper', args=[paper.match.pk, paper.document.key])}#{section}",
    }
    return render(request, "papers/form.html", page, status=422 if form.errors else 200)
