"""Open units: for everybody, without an account. Nothing is asked, kept or counted."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.learning.queries.units import OpenUnit, units
from kith.learning.rules.durations import minutes_words
from kith.learning.views.checked import checked
from kith.learning.views.player import DIGEST_SHOWN, PICTURES, STRICT
from kith.learning.views.texts import PictureUrl, screen_shown, sources_of
from kith.methods.learning.questions.schema import ENGLISH, say
from kith.web.words import isolated

WORKER = Path(__file__).parent.parent / "static" / "learning" / "offline-worker.js"
SVG = "image/svg+xml"
EVERYBODY = "everybody"


def _unit_or_404(key: str) -> OpenUnit:
    found = units().get(key)
    if found is None:
        raise Http404
    return found


def _site(languages: list[tuple[str, str, bool]]) -> dict[str, Any]:
    """What the frame of a public page shows."""
    own_names = dict(settings.LANGUAGES)
    return {
        "name": _("Open units"),
        "home": reverse("learning:units_in", args=[translation.get_language() or ENGLISH]),
        "contact": "",
        "languages": [
            {"code": code, "name": own_names.get(code, code), "url": url, "is_current": is_current}
            for code, url, is_current in languages
        ],
    }


def _drawn(
    request: HttpRequest, template: str, page: dict[str, Any], language: str
) -> HttpResponse:
    """A page without the token of forms, which would set a cookie."""
    request.LANGUAGE_CODE = language
    page |= {"csrf_token": "", "reader": EVERYBODY}
    answer = render(request, f"learning/{template}", page)
    answer.headers["Content-Language"] = language
    return answer


@login_not_required
@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All units, in the language of the browser."""
    return _list(request, translation.get_language() or ENGLISH)


@login_not_required
@require_GET
def in_language(request: HttpRequest, language: str) -> HttpResponse:
    """All units, in a language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return _list(request, language)


def _list(request: HttpRequest, language: str) -> HttpResponse:
    codes = dict(settings.LANGUAGES)
    page = {
        "site": _site(
            [(one, reverse("learning:units_in", args=[one]), one == language) for one in codes]
        ),
        "units": [_line(one, language) for one in units().values()],
    }
    return _drawn(request, "units.html", page, language)


def _line(one: OpenUnit, language: str) -> dict[str, Any]:
    code = language if language in one.languages else ENGLISH
    return {
        "title": isolated(say(one.unit.title, code)),
        "summary": isolated(say(one.unit.summary, code)),
        "minutes": minutes_words(one.unit.minutes),
        "url": reverse("learning:unit", args=[one.unit.key, code]),
    }


@login_not_required
@require_GET
def unit(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """A whole unit on one page, with questions that the browser alone looks at."""
    found = _unit_or_404(key)
    if language not in found.languages:
        raise Http404
    with translation.override(language):
        return _drawn(request, "unit.html", _page(found, language), language)


def _page(found: OpenUnit, language: str) -> dict[str, Any]:
    one = found.unit
    url = picture_url(one.key)
    languages = [
        (code, reverse("learning:unit", args=[one.key, code]), code == language)
        for code in found.languages
    ]
    return {
        "site": _site(languages),
        "title": say(one.title, language),
        "summary": say(one.summary, language),
        "for_whom": say(one.for_whom, language),
        "aim": say(one.aim, language),
        "minutes": minutes_words(one.minutes),
        "screens": [screen_shown(one, screen, language, url) for screen in one.screens],
        "questions": [checked(question, language) for question in one.questions],
        "sources": sources_of(one),
    }


def picture_url(key: str) -> PictureUrl:
    """Addresses of the pictures of a unit."""

    def url(name: str, digest: str) -> str:
        file = name.removeprefix(PICTURES)
        return reverse("learning:unit_picture", args=[key, digest[:DIGEST_SHOWN], file])

    return url


@login_not_required
@require_GET
def picture(request: HttpRequest, key: str, digest: str, name: str) -> HttpResponse:
    """A picture of a unit."""
    found, path = _unit_or_404(key), f"{PICTURES}{name}"
    known = {one.name: one.digest[:DIGEST_SHOWN] for one in found.unit.pictures}
    if known.get(path) != digest:
        raise Http404
    return HttpResponse(found.pictures[path], content_type=SVG, headers=STRICT)


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages for reading without a network. Its own address allows it to
    look after learning/ and nothing else of Kith."""
    return HttpResponse(
        WORKER.read_bytes(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )
