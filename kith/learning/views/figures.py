"""How questions work, and the whole wording of one."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.gate.permissions import has
from kith.learning.models import CoursePart
from kith.learning.permissions import WRITE_COURSES
from kith.learning.queries import editions
from kith.learning.queries import figures as queries
from kith.learning.queries.editions import is_key
from kith.learning.rules import words
from kith.learning.rules.figures import difficulty_words, discrimination_words
from kith.learning.views.texts import line_html, said_html, text_html
from kith.methods.learning.questions.schema import Choosing
from kith.web.acts import actor_of
from kith.web.components import Filter


@require_GET
def figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions of a course, those to improve first."""
    actor = actor_of(request)
    course = get_object_or_404(editions.courses_to_give(actor), pk=pk)
    chosen = request.GET.get("part", "")
    part = UUID(chosen) if is_key(chosen) else None
    start = _whole(request.GET.get("from", ""))
    found = queries.page(actor, course, part=part, start=start)
    kept = {"part": chosen} if part else {}
    page = {
        "course": words.here(course.title),
        "lines": [_line(one) for one in found.figures],
        "filters": _filters(found.modules, part),
        "number": found.number,
        "next_url": f"?{urlencode({**kept, 'from': found.next})}" if found.next else "",
        "first_url": f"?{urlencode(kept)}" if start else "",
    }
    return render(request, "learning/figures.html", page)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _filters(modules: list[CoursePart], part: UUID | None) -> list[Filter]:
    everything = Filter(label=_("All modules"), url="?", is_current=part is None)
    return [
        everything,
        *(
            Filter(
                label=words.here(one.title),
                url=f"?{urlencode({'part': str(one.pk)})}",
                is_current=one.pk == part,
            )
            for one in modules
        ),
    ]


def _line(one: queries.Figure) -> dict[str, Any]:
    tells = one.discrimination
    return {
        "figure": one,
        "module": words.here(one.part.title),
        "stem": said_html(one.question.stem),
        "share": words.percent_words(one.difficulty),
        "share_words": difficulty_words(one.difficulty),
        "tells": words.figure_words(tells),
        "tells_words": discrimination_words(tells, number=one.number),
        "shares": [
            {
                "text": line_html(words.here(share.text)),
                "percent": words.percent_words(share.share),
                "is_right": share.is_right,
            }
            for share in one.shares
        ],
    }


@require_GET
def wording(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One question in all its languages, with what is said after each answer."""
    found = queries.figure(actor_of(request), pk, key)
    if found is None:
        raise Http404
    question, course = found.question, found.part.version.course
    page = {
        "line": _line(found),
        "key": key,
        "course": words.here(course.title),
        "course_key": course.pk,
        "tests": question.tests,
        "may_write": has(actor_of(request), WRITE_COURSES),
        "languages": [
            {
                "code": code,
                "name": words.language_words(code),
                "stem": text_html(text, code),
                "why": text_html(question.why.get(code, ""), code),
                "options": _options(question, code),
            }
            for code, text in question.stem.items()
        ],
    }
    return render(request, "learning/question_wording.html", page)


def _options(question: object, code: str) -> list[dict[str, Any]]:
    if not isinstance(question, Choosing):
        return []
    return [
        {
            "text": line_html(one.text.get(code, "")),
            "why": line_html(one.why.get(code, "")),
            "is_right": one.weight > 0,
        }
        for one in question.options
    ]
