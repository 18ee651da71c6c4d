"""One edition as learners see it: what it is, joining, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.permissions import allows, has
from kith.learning.commands import joining as commands
from kith.learning.forms.joining import JoinForm
from kith.learning.models import Edition, Seat
from kith.learning.permissions import GIVE_COURSES, JOIN_EDITION
from kith.learning.queries import editions as queries
from kith.learning.rules import words
from kith.learning.rules.states import SeatState
from kith.learning.views.shared import ask_url, card_of, cards_of, country_of, edition_or_404
from kith.web.acts import actor_of, done, typed


@require_GET
def edition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an edition is, and what one can do."""
    actor, row = actor_of(request), edition_or_404(request, pk)
    country, seat = country_of(actor), queries.own_seat(actor, row)
    card = card_of(row, country=country, today=clock.today())
    is_in = seat is not None and seat.state != SeatState.LEFT.value
    page = {
        "edition": row,
        "card": card,
        "others": [],
        "ask_url": "",
        "seat": seat if is_in else None,
        "is_passed": is_in and seat is not None and seat.state == SeatState.PASSED.value,
        "may_join": has(actor, JOIN_EDITION),
        "may_give": allows(actor, GIVE_COURSES, row),
        "news": queries.news_of(row) if is_in or allows(actor, GIVE_COURSES, row) else [],
        "sessions": _sessions(row, is_in=is_in),
        **({} if is_in or not card.why else _what_else(request, row, country)),
        **_what(row),
    }
    return render(request, "learning/edition.html", page)


def _what(row: Edition) -> dict[str, Any]:
    """What the course is, in words."""
    about = queries.about(row.course)
    if about is None:
        return {"about": None}
    return {
        "about": about,
        "summary": words.here(about.frame.summary),
        "for_whom": words.here(about.frame.for_whom),
        "outcomes": [words.here(one) for one in about.frame.outcomes],
        "modules": [(words.here(title), minutes) for _key, title, minutes in about.modules],
        "length": words.length_words(about.minutes),
        "languages": [words.language_words(code) for code in about.languages],
        "opens": words.OPENS_WORDS[about.frame.opens],
    }


def _sessions(row: Edition, *, is_in: bool) -> list[dict[str, Any]]:
    """When one meets; where, those learn who are in."""
    return [
        {
            "when": words.moment_words(one.starts_at, one.minutes),
            "place": one.place if is_in else "",
            "link": one.link if is_in else "",
        }
        for one in queries.sessions_of(row)
    ]


def _what_else(request: HttpRequest, row: Edition, country: str) -> dict[str, Any]:
    """What is open to somebody who cannot join this one."""
    actor, today = actor_of(request), clock.today()
    found = queries.what_else(actor, country=country, today=today, besides=row.pk)
    return {"others": cards_of(found, country=country), "ask_url": ask_url(actor)}


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a seat; who cannot is told why, and what else there is."""
    row, kept = edition_or_404(request, pk), list[Seat]()
    form = _join_form(request, row)
    if request.method == "POST" and done(form, lambda: kept.append(_join(request, row, form))):
        messages.success(request, _("You are in. Read whenever you like, on any device."))
        return redirect("learning:seat", pk=kept[0].pk)
    is_refused = bool(form.is_bound and form.non_field_errors())
    country = form.cleaned_data["country"] if is_refused else country_of(actor_of(request))
    page = {
        "form": form,
        "edition": row,
        "card": card_of(row, country=country, today=clock.today()),
        "is_refused": is_refused,
        "others": [],
        "ask_url": "",
        **(_what_else(request, row, country) if is_refused else {}),
    }
    return render(request, "learning/join.html", page)


def _join_form(request: HttpRequest, row: Edition) -> JoinForm:
    about = queries.about(row.course)
    if about is None:
        raise Http404
    page, languages = get_language() or "en", list(about.languages)
    first = {
        "country": country_of(actor_of(request)),
        "language": page if page in languages else languages[0],
    }
    return JoinForm(typed(request), languages=languages, initial=first)


def _join(request: HttpRequest, row: Edition, form: JoinForm) -> Seat:
    return commands.join(
        actor_of(request), edition=row, today=clock.today(), now=clock.now(), **form.cleaned_data
    )


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the seat back, after a clear yes."""
    actor, row = actor_of(request), edition_or_404(request, pk)
    seat = queries.own_seat(actor, row)
    if seat is None or seat.state == SeatState.LEFT.value:
        raise Http404
    if request.method == "POST":
        commands.leave(actor, seat=seat)
        messages.success(request, _("You have left. Your seat is free for somebody else."))
        return redirect("learning:edition", pk=pk)
    return render(request, "learning/leave.html", {"edition": row, "seat": seat})
