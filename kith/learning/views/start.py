"""The first page of courses: one's own, those on offer, and those one gives."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.learning.commands.courses import take_shipped
from kith.learning.permissions import (
    ANSWER_REQUESTS,
    GIVE_COURSES,
    JOIN_EDITION,
    READ_WORK,
    WRITE_COURSES,
)
from kith.learning.queries import editions as queries
from kith.learning.queries import packages, requests, works
from kith.learning.rules import words
from kith.learning.rules.states import SeatState
from kith.learning.views.shared import cards_of, country_of
from kith.web.acts import actor_of


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """My courses, what I can join, and what I give."""
    actor = actor_of(request)
    check(actor, JOIN_EDITION)
    cards = cards_of(queries.on_offer(actor, today=clock.today()), country=country_of(actor))
    page = {
        "mine": [_own_line(one) for one in queries.own_seats(actor)],
        "open": [card for card in cards if not card.why],
        "not_open": [card for card in cards if card.why],
        "has_courses": queries.has_courses(actor),
        "may_take": has(actor, WRITE_COURSES),
        "has_packages": packages.are_any(actor),
        **_giving(actor),
    }
    return render(request, "learning/start.html", page)


def _own_line(one: queries.OwnSeat) -> dict[str, Any]:
    seat = one.seat
    return {
        "seat": seat,
        "title": words.here(seat.edition.course.title),
        "days": words.days_words(seat.edition.starts_on, seat.edition.ends_on),
        "modules": one.modules,
        "is_passed": seat.state == SeatState.PASSED.value,
        "is_begun": bool(seat.part),
        "certificate": one.certificate,
        "news": one.news,
    }


def _giving(actor: Actor) -> dict[str, Any]:
    """What trainers and coordinators see below; nothing for others."""
    if not has(actor, GIVE_COURSES):
        return {"gives": False}
    return {
        "gives": True,
        "given": [
            {"card": card, "taken": card.edition.taken}
            for card in cards_of(
                queries.running(actor, today=clock.today()), country=country_of(actor)
            )
        ],
        "courses": [(one, words.here(one.title)) for one in queries.courses_to_give(actor)[:20]],
        "waiting": works.number_waiting(actor) if has(actor, READ_WORK) else None,
        "asked": requests.number_new(actor) if has(actor, ANSWER_REQUESTS) else None,
    }


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All editions, past ones too, for those who give courses."""
    actor, after = actor_of(request), request.GET.get("after", "")
    check(actor, GIVE_COURSES)
    part = queries.every(actor, after=after)
    page = {
        "cards": cards_of(part.editions, country=country_of(actor)),
        "next_url": f"?after={part.after}" if part.after else "",
        "first_url": request.path if after else "",
    }
    return render(request, "learning/editions.html", page)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Bring in the courses that come with Kith, or what changed in them."""
    taken = take_shipped(actor_of(request), now=clock.now())
    if taken:
        messages.success(request, _("The courses are here. Plan the first edition of one."))
    else:
        messages.info(request, _("The courses are here already, and up to date."))
    return redirect("learning:start")
