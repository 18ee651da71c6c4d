"""Translating a draft side by side."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.learning.commands import translating as commands
from kith.learning.forms.authoring import LanguageForm, PieceForm
from kith.learning.models import CoursePart, CourseVersion
from kith.learning.queries import wordings as queries
from kith.learning.queries.content import frame_of
from kith.learning.rules.pieces import fingerprint
from kith.learning.rules.states import PartKind, VersionState
from kith.learning.rules.translating import (
    Done,
    Piece,
    Place,
    Text,
    course_done,
    course_texts,
    pieces,
    texts_at,
)
from kith.learning.rules.written import DONE_WORDS, PART_WORDS, TEXT_WORDS
from kith.learning.views.drafts import (
    WRONG,
    draft_html,
    part_or_404,
    said,
    version_or_404,
)
from kith.learning.views.texts import direction
from kith.methods.learning.questions.schema import ENGLISH
from kith.people.rules.labels import language_name, languages
from kith.web.acts import actor_of, done, typed

NUMBER = re.compile(r"\.(\d+)")


@require_GET
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The languages of a draft, how far each is, and others to begin."""
    version = _draft_or_404(request, pk)
    form = LanguageForm(request.GET if "language" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("learning:translate", pk, form.cleaned_data["language"])
    course = queries.whole(version)
    found = [(code, _count(course, code)) for code in course.languages if code != ENGLISH]
    page = {
        "version": version,
        "form": form,
        "lines": [(code, language_name(code), there, whole) for code, (there, whole) in found],
    }
    return render(request, "learning/translate_choose.html", page)


def _draft_or_404(request: HttpRequest, pk: UUID) -> CourseVersion:
    version = version_or_404(request, pk)
    if request.method == "GET" and version.state != VersionState.DRAFT.value:
        raise Http404
    return version


def _count(course: Any, code: str) -> tuple[int, int]:
    """How many texts are translated and fresh, of how many."""
    states = [course_done(course, code)]
    for part in (*course.modules, *course.vignettes):
        states += [one.done for one in pieces(part, code)]
    return sum(one is Done.THERE for one in states), len(states)


def _code_or_404(code: str) -> str:
    if code == ENGLISH or code not in dict(languages()):
        raise Http404
    return code


@require_GET
def overview(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Every text of a draft in a language, with its state."""
    version, code = _draft_or_404(request, pk), _code_or_404(code)
    course = queries.whole(version)
    there, whole = _count(course, code)
    page = {
        "version": version,
        "code": code,
        "language": language_name(code),
        "there": there,
        "whole": whole,
        "course": DONE_WORDS[course_done(course, code)],
        "parts": [_part_lines(row, code) for row in queries.parts_of(version)],
    }
    return render(request, "learning/translate.html", page)


def _part_lines(row: CoursePart, code: str) -> dict[str, Any]:
    found = pieces(queries.content_of(row), code)
    return {
        "row": row,
        "title": said(row.title),
        "kind": PART_WORDS[PartKind(row.kind)],
        "there": sum(one.done is Done.THERE for one in found),
        "pieces": [(one, _title(one), *DONE_WORDS[one.done]) for one in found],
    }


def _title(piece: Piece) -> str:
    if piece.place is Place.ABOUT:
        return _("Title and aim")
    words = said(dict(piece.title)) or piece.name
    return words if piece.place is Place.SCREEN else _("Question: %(words)s") % {"words": words}


@require_http_methods(["GET", "POST"])
def piece(request: HttpRequest, pk: UUID, code: str, place: str, name: str) -> HttpResponse:
    """One piece, English beside the translation."""
    row, code, at = part_or_404(request, pk), _code_or_404(code), _place_or_404(place)
    content = queries.content_of(row)
    texts = texts_at(content, at, name, code)
    if texts is None:
        raise Http404

    def keep(typed_texts: dict[str, str], seen: str) -> object:
        return commands.translate_piece(
            actor_of(request), part=row, place=at, name=name, language=code,
            texts=typed_texts, seen=seen,
        )  # fmt: skip

    page = {"part": row, "version": row.version, "is_stale": _is_stale(content, at, name, code)}
    if at is Place.SCREEN and (screen := content.screen(name)):
        body = screen.body.get(ENGLISH, "")
        page["html"] = draft_html(body, ENGLISH, content, queries.pictures_of(row))
    return _side_by_side(request, texts, code, keep, page)


def _place_or_404(place: str) -> Place:
    if place not in set(Place):
        raise Http404
    return Place(place)


def _is_stale(content: Any, place: Place, name: str, code: str) -> bool:
    found = pieces(content, code)
    return any((one.place, one.name, one.done) == (place, name, Done.STALE) for one in found)


@require_http_methods(["GET", "POST"])
def course(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """What stands about the whole course."""
    version, code = _draft_or_404(request, pk), _code_or_404(code)

    def keep(typed_texts: dict[str, str], seen: str) -> object:
        return commands.translate_course(
            actor_of(request), version=version, language=code, texts=typed_texts, seen=seen
        )

    texts = course_texts(frame_of(version.pk), code)
    return _side_by_side(request, texts, code, keep, {"version": version})


def _side_by_side(
    request: HttpRequest,
    texts: list[Text],
    code: str,
    keep: Callable[[dict[str, str], str], object],
    page: dict[str, Any],
) -> HttpResponse:
    labels = [_label(one.path) for one in texts]
    form = PieceForm(
        typed(request), texts=texts, labels=labels, code=code, direction=direction(code)
    )
    now = fingerprint(commands.shown(texts))
    seen = request.POST.get("seen", "") or now
    if request.method == "POST" and done(form, lambda: keep(form.texts(), seen)):
        messages.success(request, _("Saved."))
        return redirect("learning:translate", page["version"].pk, code)
    page |= {"form": form, "seen": now, "code": code, "language": language_name(code)}
    page |= {"direction": direction(code), "is_other": seen != now, "rows": form.rows()}
    status = WRONG if form.errors else 200
    return render(request, "learning/translate_piece.html", page, status=status)


def _label(path: str) -> str:
    """What a text is, in words: options.2.why is why answer 2 is right or wrong."""
    numbers = NUMBER.findall(path)
    words = str(TEXT_WORDS.get(NUMBER.sub("", path), path))
    return f"{words} {' / '.join(numbers)}" if numbers else words
