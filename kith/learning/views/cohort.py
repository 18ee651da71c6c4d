"""The trainer's page of an edition: who is where, and one learner."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.learning.commands import planning as commands
from kith.learning.forms.giving import ExtraTimeForm
from kith.learning.models import Edition, Seat
from kith.learning.queries import cohort as queries
from kith.learning.queries import editions
from kith.learning.queries.cohort import Show
from kith.learning.rules import words
from kith.learning.rules.states import SeatState
from kith.learning.views.shared import card_of, country_of, to_give_or_404
from kith.methods.learning.questions.schema import Words
from kith.web.acts import actor_of, done, typed
from kith.web.components import Filter
from kith.web.words import country_name, near

SHOW_WORDS = {
    Show.QUIET: gettext_lazy("Quiet for more than 14 days"),
    Show.LEARNING: gettext_lazy("All who learn"),
    Show.PASSED: gettext_lazy("Passed"),
    Show.LEFT: gettext_lazy("Left"),
}


@require_GET
def cohort(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who learns here and where they are."""
    actor, row = actor_of(request), to_give_or_404(request, pk)
    numbers = queries.numbers(actor, row, now=clock.now())
    page = {
        "edition": row,
        "card": card_of(row, country=country_of(actor), today=clock.today()),
        "number": numbers[Show.LEARNING],
        "sessions": [
            (one, words.moment_words(one.starts_at, one.minutes), one.starts_at <= clock.now())
            for one in editions.sessions_of(row)
        ],
        "news": editions.news_of(row)[:1],
        **_list(request, row, numbers),
    }
    return render(request, "learning/cohort.html", page)


def _list(request: HttpRequest, row: Edition, numbers: dict[Show, int]) -> dict[str, Any]:
    """The learners that the filters leave, and the filters."""
    chosen = request.GET.get("show", "")
    show = Show(chosen) if chosen in set(Show) else _first(numbers)
    part, after = request.GET.get("part"), request.GET.get("after", "")
    found = queries.page(actor_of(request), row, show=show, part=part, after=after, now=clock.now())
    places = queries.places(actor_of(request), row)
    titles = {one.key: one.title for one in places}
    kept = {"show": show.value, **({"part": part} if part is not None else {})}
    return {
        "lines": [_line(one, titles) for one in found.seats],
        "filters": _filters(show, numbers),
        "places": [_place(one, numbers[Show.LEARNING]) for one in places],
        "part": _title(part, titles) if part is not None else None,
        "all_url": f"?{urlencode({'show': show.value})}",
        "next_url": f"?{urlencode({**kept, 'after': found.after})}" if found.after else "",
        "first_url": f"?{urlencode(kept)}" if after else "",
    }


def _first(numbers: dict[Show, int]) -> Show:
    """Who needs a word first; without anybody, all."""
    return Show.QUIET if numbers[Show.QUIET] else Show.LEARNING


def _filters(show: Show, numbers: dict[Show, int]) -> list[Filter]:
    return [
        Filter(
            label=label,
            url=f"?{urlencode({'show': one.value})}#learners",
            count=numbers[one],
            is_current=one is show,
        )
        for one, label in SHOW_WORDS.items()
    ]


def _place(one: queries.Place, total: int) -> dict[str, Any]:
    return {
        "title": _title(one.key, {one.key: one.title}),
        "number": one.number,
        "total": total,
        "url": f"?{urlencode({'show': Show.LEARNING.value, 'part': one.key})}#learners",
    }


def _title(key: str, titles: dict[str, Words]) -> str:
    return words.here(titles.get(key, {"en": key})) if key else _("Not begun yet")


def _line(seat: Seat, titles: dict[str, Words]) -> dict[str, Any]:
    return {
        "seat": seat,
        "where": _title(seat.part, titles),
        "when": near(timezone.localdate(seat.last_at), clock.today()),
    }


@require_http_methods(["GET", "POST"])
def learner(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one learner has done and what is left; extra time for tests."""
    actor = actor_of(request)
    seat = get_object_or_404(queries.seats_to_give(actor), pk=pk)
    form = ExtraTimeForm(typed(request), initial={"percent": seat.extra_percent})
    if request.method == "POST" and done(
        form, lambda: commands.give_extra_time(actor, seat=seat, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. It counts from the next test on."))
        return redirect("learning:learner", pk=pk)
    page = {
        "seat": seat,
        "form": form,
        "steps": [(one, words.here(one.part.title)) for one in queries.steps_of(seat)],
        "when": near(timezone.localdate(seat.last_at), clock.today()),
        "state": words.SEAT_WORDS[SeatState(seat.state)],
        "country": country_name(seat.country),
        "language": words.language_words(seat.language),
    }
    return render(request, "learning/learner.html", page)
