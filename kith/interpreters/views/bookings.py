"""Needs and bookings."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.interpreters import commands, queries
from kith.interpreters.forms import (
    BookingForm,
    NeedForm,
    PresenceForm,
    booking_values,
    presence_before,
)
from kith.interpreters.models import Booking, InterpreterNeed, InterpreterRequest
from kith.interpreters.permissions import (
    BOOK_INTERPRETER,
    KEEP_INTERPRETERS,
    NOTE_PRESENCE,
    SEE_BOOKINGS,
)
from kith.interpreters.rules import (
    GOING,
    NEXT,
    STATES,
    SUBJECTS,
    WAYS,
    BookingState,
    RequestState,
    Subject,
    Way,
)
from kith.interpreters.views.shared import (
    TONES,
    booking_or_404,
    interpreter_or_404,
    line_of,
    moment_words,
    pair,
    person_or_404,
    when_of,
)
from kith.web.acts import actor_of, done, typed
from kith.web.components import Filter
from kith.web.words import comma_list, near

SHOWN: dict[str, tuple[BookingState, ...]] = {
    "": tuple(GOING),
    "unanswered": (BookingState.ASKED,),
    "over": tuple(state for state in BookingState if state not in GOING),
}


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section on a record, and on a match: needs and bookings."""
    actor, row = actor_of(request), person_or_404(request, pk)
    may_book = has(actor, BOOK_INTERPRETER)
    page = {
        "person": row,
        "needs": [_need_line(one, may_book=may_book) for one in queries.needs_of(actor, row)],
        "bookings": [line_of(one) for one in queries.bookings_of(actor, row)],
        "person_url": reverse("people:person", args=[row.pk]),
    }
    return render(request, "interpreters/person.html", page)


def _need_line(need: InterpreterNeed, *, may_book: bool) -> dict[str, Any]:
    return {
        "languages": pair(need.language, need.into),
        "ways": comma_list([str(WAYS[Way(way)]) for way in need.ways]),
        "since": _("needed since %(when)s") % {"when": near(need.since_on, clock.today())},
        "url": reverse("interpreters:need", args=[need.person_id]),
        "book_url": reverse("interpreters:book", args=[need.pk]) if may_book else "",
        "end_url": reverse("interpreters:end_need", args=[need.pk]),
    }


@require_http_methods(["GET", "POST"])
def need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that someone needs an interpreter."""
    actor, row = actor_of(request), person_or_404(request, pk)
    form = NeedForm(typed(request), initial={"language": row.language, "into": _spoken_here(actor)})
    if request.method == "POST" and done(
        form,
        lambda: commands.say_need(
            actor, person=row, today=clock.today(), now=clock.now(), **form.cleaned_data
        ),
    ):
        return redirect("interpreters:person", pk=pk)
    return render(request, "interpreters/need.html", {"form": form, "person": row})


def _spoken_here(actor: Actor) -> str:
    spoken = actor.organisation.languages if actor.organisation else []
    return spoken[0] if spoken else ""


def _need(request: HttpRequest, pk: UUID) -> InterpreterNeed:
    return get_object_or_404(queries.needs(actor_of(request)), pk=pk)


@require_POST
def end_need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The two understand each other now."""
    row = _need(request, pk)
    commands.end_need(actor_of(request), person=row.person, need=row, today=clock.today())
    return redirect("interpreters:person", pk=row.person_id)


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask somebody for a time."""
    actor, row = actor_of(request), _need(request, pk)
    check(actor, BOOK_INTERPRETER, row.person)
    fitting = queries.listed(actor, languages=(row.language, row.into))
    asked = _asked_for(request, row)
    form = BookingForm(typed(request), fitting=fitting, initial=booking_values(row, asked))
    kept: list[Booking] = []
    if request.method == "POST" and done(
        form, lambda: kept.append(_ask(request, row, form, asked))
    ):
        return redirect("interpreters:booking", pk=kept[0].pk)
    page = {
        "form": form,
        "need": row,
        "languages": pair(row.language, row.into),
        "fitting": fitting,
    }
    return render(request, "interpreters/book.html", page)


def _asked_for(request: HttpRequest, row: InterpreterNeed) -> InterpreterRequest | None:
    """The request an address names, where it is of the same person and nobody is booked for it."""
    key = _key(request.GET.get("request", ""))
    rows = queries.requests(actor_of(request)).filter(person=row.person, booking__isnull=True)
    return rows.filter(pk=key).first() if key else None


def _ask(
    request: HttpRequest,
    row: InterpreterNeed,
    form: BookingForm,
    asked: InterpreterRequest | None,
) -> Booking:
    if asked is not None:
        return commands.book_request(
            actor_of(request),
            request=asked,
            interpreter=interpreter_or_404(request, form.cleaned_data["interpreter"]),
            wanted=form.wanted(language=row.language, into=row.into),
            today=clock.today(),
            now=clock.now(),
        )
    return commands.ask_for_booking(
        actor_of(request),
        person=row.person,
        interpreter=interpreter_or_404(request, form.cleaned_data["interpreter"]),
        wanted=form.wanted(language=row.language, into=row.into),
        today=clock.today(),
        now=clock.now(),
    )


@require_GET
def bookings(request: HttpRequest) -> HttpResponse:
    """All bookings one may see, the latest first."""
    actor = actor_of(request)
    check(actor, SEE_BOOKINGS)
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in SHOWN else ""
    rows = queries.part_of_bookings(
        actor, states=SHOWN[wanted], after=_key(request.GET.get("after", ""))
    )
    shown = rows[: queries.AT_ONCE]
    more = len(rows) > queries.AT_ONCE
    page = {
        "lines": [line_of(one, with_person=True) for one in shown],
        "filters": _filters(wanted),
        "next_url": f"{request.path}?show={wanted}&after={shown[-1].pk}" if more else "",
        "first_url": f"{request.path}?show={wanted}" if request.GET.get("after") else "",
        "may_keep": has(actor, KEEP_INTERPRETERS),
    }
    return render(request, "interpreters/bookings.html", page)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _filters(wanted: str) -> list[Filter]:
    here = reverse("interpreters:bookings")
    named = {"": _("Ahead"), "unanswered": _("No answer yet"), "over": _("Over")}
    return [
        Filter(label=label, url=f"{here}?show={key}" if key else here, is_current=key == wanted)
        for key, label in named.items()
    ]


@require_http_methods(["GET", "POST"])
def booking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One booking: who, when, where, and what comes next. A POST says that somebody was there."""
    actor, row = actor_of(request), booking_or_404(request, pk)
    form = PresenceForm(typed(request), initial=presence_before(row))
    if request.method == "POST" and done(
        form,
        lambda: commands.note_present(
            actor, booking=row, minutes=form.cleaned_data["minutes"], today=clock.today()
        ),
    ):
        return redirect("interpreters:booking", pk=pk)
    state = BookingState(row.state)
    page = {
        "booking": row,
        "form": form,
        "state": STATES[state],
        "tone": TONES.get(state, "calm"),
        "when": when_of(row),
        "languages": pair(row.language, row.into),
        "way": WAYS[Way(row.way)],
        "subject": SUBJECTS[Subject(row.subject)],
        "may": _may(actor, row, state),
        "cost": queries.cost_of(actor, row),
        **_followed(actor, row),
        "person_url": reverse("people:person", args=[row.person_id]),
        "is_own": row.person.user_id is not None and row.person.user_id == actor.user_id,
    }
    return render(request, "interpreters/booking.html", page)


def _followed(actor: Actor, row: Booking) -> dict[str, Any]:
    """What has become of the meeting that a booking is for, while somebody has to be told."""
    asked = queries.request_of(row) if allows(actor, BOOK_INTERPRETER, row) else None
    if asked is None or row.state not in GOING:
        return {"moved_to": "", "is_withdrawn": False, "new_time_url": ""}
    return {
        "moved_to": moment_words(asked.starts_at) if asked.state == RequestState.MOVED else "",
        "is_withdrawn": asked.state == RequestState.WITHDRAWN,
        "new_time_url": reverse("interpreters:new_time", args=[row.pk]),
    }


def _may(actor: Actor, row: Booking, state: BookingState) -> dict[str, bool]:
    books = allows(actor, BOOK_INTERPRETER, row)
    has_begun = timezone.localdate(row.starts_at) <= clock.today()
    return {
        "answer": books and BookingState.ACCEPTED in NEXT[state],
        "call_off": books and BookingState.CALLED_OFF in NEXT[state],
        "present": has_begun
        and BookingState.DONE in NEXT[state]
        and allows(actor, NOTE_PRESENCE, row),
        "reach": books,
    }


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether the interpreter comes."""
    comes = request.POST.get("answer") == "yes"
    row = booking_or_404(request, pk)
    commands.note_answer(actor_of(request), booking=row, comes=comes, today=clock.today())
    return redirect("interpreters:booking", pk=pk)


@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The booking was called off."""
    row = booking_or_404(request, pk)
    commands.call_off(actor_of(request), booking=row, today=clock.today())
    return redirect("interpreters:booking", pk=pk)


@require_POST
def new_time(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever is booked was asked about the new time of the meeting."""
    row, actor = booking_or_404(request, pk), actor_of(request)
    asked = queries.request_of(row)
    if asked is None:
        raise Http404
    commands.ask_about_new_time(actor, request=asked, today=clock.today(), now=clock.now())
    return redirect("interpreters:booking", pk=pk)
