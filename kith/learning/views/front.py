"""The public page of courses: without an account, without a cookie, in the language of the
address."""

from collections.abc import Callable, Sequence
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
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock, mail, scope
from kith.gate.actor import Actor
from kith.learning.commands.asking import ask as ask_for_training
from kith.learning.forms.asking import AskForm
from kith.learning.models import Edition
from kith.learning.queries import editions
from kith.learning.queries import requests as queries
from kith.learning.queries.editions import is_key
from kith.learning.rules import words
from kith.learning.views.shared import card_of
from kith.web import visitors
from kith.web.acts import done, typed
from kith.web.words import isolated

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """Someone at the public page: whose it is, in which language, and who is looking."""

    slug: str
    name: str
    country: str
    language: str
    visitor: Actor

    def url(self, name: str, *more: object) -> str:
        """An address of this page in this language."""
        return reverse(f"learning:{name}", args=[self.slug, self.language, *more])

    def site(self, request: HttpRequest) -> dict[str, Any]:
        """What the frame of a public page shows."""
        match = request.resolver_match
        name = f"learning:{match.url_name}" if match else "learning:front"
        place = match.kwargs if match else {"place": self.slug}
        return {
            "name": self.name,
            "home": self.url("front"),
            "contact": "",
            "languages": [
                {
                    "code": code,
                    "name": own_name,
                    "url": reverse(name, kwargs={**place, "language": code}),
                    "is_current": code == self.language,
                }
                for code, own_name in settings.LANGUAGES
            ],
        }


def public(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page that everyone may open. Nothing here depends on a session, so there is nothing that a
    foreign page could misuse: the form carries a signed mark instead of a token in a cookie."""

    @wraps(view)
    def run(
        request: HttpRequest, /, place: str, language: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        opened = queries.page_at(place)
        if opened is None or language not in dict(settings.LANGUAGES):
            raise Http404
        whose = opened.organisation
        visit = Visit(place, str(whose), whose.country, language, opened.visitor)
        with translation.override(language), scope.entered(whose.pk):
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
    return render(request, f"learning/{template}", frame | values, status=status)


@login_not_required
@require_GET
def any_language(request: HttpRequest, place: str) -> HttpResponse:
    """The short address: goes on in the language of the browser."""
    if queries.page_at(place) is None:
        raise Http404
    return redirect("learning:front", place=place, language=translation.get_language() or "en")


@public
@require_GET
def front(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Editions that one can join, open units, and asking for a training."""
    found = editions.public_editions(visit.visitor, today=clock.today())
    values = {
        "cards": _cards(visit, found),
        "ask_url": visit.url("ask"),
        "has_mail": mail.is_set_up(),
    }
    return page(request, visit, "front.html", values)


def _cards(visit: Visit, found: Sequence[Edition]) -> list[dict[str, Any]]:
    """Cards of editions; each course is looked up once."""
    courses = {one.course_id: one.course for one in found}
    abouts = {key: editions.about(course) for key, course in courses.items()}
    return [_card(visit, one, abouts[one.course_id]) for one in found]


def _card(visit: Visit, one: Edition, about: editions.About | None) -> dict[str, Any]:
    """An edition; somebody without an account asks for a seat in it, by letter where Kith cannot
    send one itself."""
    country = next(iter(one.countries), visit.country)
    card = card_of(one, country=country, today=clock.today())
    return {
        "card": card,
        "why": card.why,
        "summary": words.here(about.frame.summary) if about is not None else "",
        "length": words.length_words(about.minutes) if about is not None else "",
        "languages": words.languages_words(about.languages) if about is not None else "",
        "ask_url": seat_url(visit, one),
    }


def seat_url(visit: Visit, one: Edition) -> str:
    """Where somebody without an account asks for a seat."""
    if mail.is_set_up():
        return visit.url("ask_for_seat", one.pk)
    return f"{visit.url('ask')}?edition={one.pk}"


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a training for one's organisation."""
    form, mark = AskForm(typed(request), initial=_first(request, visit)), ""
    if request.method == "POST":
        if visitors.is_too_fast(request):
            return page(request, visit, "too_many.html", {}, status=visitors.TOO_MANY)
        mark = request.POST.get("mark", "")
        if visitors.read_mark(mark) is None:
            form.add_error(None, visitors.look_again())
            mark = ""
        if done(form, lambda: _ask(visit, form)):
            return redirect(visit.url("thanks"))
    values = {"form": form, "mark": mark or visitors.new_mark()}
    return page(request, visit, "ask.html", values)


def _ask(visit: Visit, form: AskForm) -> None:
    ask_for_training(visit.visitor, wish=form.wish_in(visit.language), now=clock.now())


def _first(request: HttpRequest, visit: Visit) -> dict[str, str]:
    """The country of the page, and the edition that somebody comes from."""
    key, first = request.GET.get("edition", ""), {"country": visit.country}
    rows = editions.public_editions(visit.visitor, today=clock.today()) if is_key(key) else []
    chosen = next((one for one in rows if str(one.pk) == key), None)
    if chosen is None:
        return first
    title = {"course": words.here(chosen.course.title), "edition": isolated(chosen.title)}
    return {**first, "wish": _("A place in “%(course)s”, %(edition)s.") % title}


@public
@require_GET
def thanks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """It has arrived, and what happens now."""
    return page(request, visit, "thanks.html", {"front_url": visit.url("front")})
