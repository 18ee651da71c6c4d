"""Public pages: without an account, without a cookie, in the language of the address."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from kith.base import scope
from kith.gate.actor import Actor
from kith.people.rules import Side
from kith.people.rules.labels import language_name
from kith.programmes.rules import rules_of
from kith.programmes.rules.sentences import (
    check_sentence,
    how_long,
    how_often,
    training_sentences,
    who_meets,
)
from kith.web.visitors import TOO_MANY
from kith.web.words import isolated
from kith.welcome.models import Door, Front
from kith.welcome.queries import door as queries
from kith.welcome.rules.texts import Notice, notice_for

P = ParamSpec("P")

# A limit whose figures stand in ACCOUNT_RATE_LIMITS: codes tried from one place.
TRIED = "receipt_code"


@dataclass(frozen=True)
class Visit:
    """Someone at an open door: whose page it is, in which language, and who is looking."""

    front: Front
    name: str
    language: str
    visitor: Actor

    def url(self, name: str, *args: object) -> str:
        """An address of this page in this language."""
        return reverse(f"welcome:{name}", args=[self.front.slug, self.language, *args])

    def site(self, request: HttpRequest) -> dict[str, Any]:
        """What the frame of a public page shows."""
        match = request.resolver_match
        others = {**(match.kwargs if match else {}), "place": self.front.slug}
        name = f"welcome:{match.url_name}" if match else "welcome:front"
        return {
            "name": self.name,
            "home": self.url("front"),
            "contact": self.front.contact,
            "languages": [
                {
                    "code": code,
                    "name": own_name,
                    "url": reverse(name, kwargs=others | {"language": code}),
                    "is_current": code == self.language,
                }
                for code, own_name in settings.LANGUAGES
            ],
        }


def public(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page that everyone may open.

    Nothing here depends on a session, so there is nothing a foreign page could misuse: forms carry
    a signed mark of their own instead of the token that needs a cookie.
    """

    @wraps(view)
    def run(
        request: HttpRequest, /, place: str, language: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        opened = queries.front_at(place)
        if opened is None or language not in dict(settings.LANGUAGES):
            raise Http404
        visit = Visit(opened.front, str(opened.organisation), language, opened.visitor)
        with translation.override(language), scope.entered(opened.organisation.pk):
            request.LANGUAGE_CODE = language
            answer = view(request, visit, *args, **kwargs)
        answer.headers["Content-Language"] = language
        return answer

    return login_not_required(csrf_exempt(run))


def page(
    request: HttpRequest, visit: Visit, template: str, values: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw a public page; without the token that would set a cookie."""
    frame = {"site": visit.site(request), "csrf_token": ""}
    return render(request, f"welcome/{template}", frame | values, status=status)


def too_many(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Kindly: later, or by telephone."""
    return page(request, visit, "too_many.html", {}, status=TOO_MANY)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


@login_not_required
@require_GET
def any_language(request: HttpRequest, place: str) -> HttpResponse:
    """The short address on a poster: goes on in the language of the browser."""
    if queries.front_at(place) is None:
        raise Http404
    return redirect("welcome:front", place=place, language=translation.get_language() or "en")


@public
def front(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What one can do here: be a mentor, ask for one, or look how far an application is."""
    mentors, participants = queries.open_doors(Side.MENTOR), queries.open_doors(Side.PARTICIPANT)
    values = {
        "mentor_doors": [
            (visit.url("mentor", door.slug), door.programme.name, _summary(door, visit.language))
            for door in mentors
        ],
        "request_url": visit.url("request") if participants else "",
        "state_url": visit.url("state"),
    }
    return page(request, visit, "front.html", values)


def _summary(door: Door, language: str) -> str:
    return rules_of(door.programme).summary.say(language)


def told(notice: Notice, visit: Visit) -> list[tuple[str, str]]:
    """The notice on privacy as questions and answers."""
    names = {
        "organisation": isolated(visit.name),
        "contact": isolated(visit.front.contact),
    }
    parts = (
        (_("What is it for?"), notice.what_for),
        (_("What do we keep?"), notice.what_we_keep),
        (_("Who sees it?"), notice.who_sees),
        (_("How long?"), notice.how_long),
        (_("What may you do?"), notice.your_rights),
    )
    language = visit.language
    return [
        (question, text.say(language, **_used(text.by_language["en"], names)))
        for question, text in parts
    ]


def _used(text: str, names: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in names.items() if f"{{{key}}}" in text}


def notice(side: Side, visit: Visit) -> list[tuple[str, str]]:
    """What is read before the first letter is written."""
    return told(notice_for(side), visit)


def programme_facts(door: Door, language: str) -> dict[str, Any]:
    """What a programme asks of a mentor, in sentences."""
    rules = rules_of(door.programme)
    return {
        "name": door.programme.name,
        "own_words": door.words.get(language) or "",
        "who": who_meets(rules),
        "how_long": how_long(rules),
        "how_often": how_often(rules),
        "checks": [check_sentence(check) for check in rules.checks],
        "training": training_sentences(rules.training),
        "language": language_name(language),
    }
