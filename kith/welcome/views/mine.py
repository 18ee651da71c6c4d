"""A participant's own place on the list: since when, how long, and what to do meanwhile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.base.errors import Refused
from kith.programmes.commands import leave_list, pause, resume
from kith.programmes.models import Enrolment
from kith.programmes.queries import expected_wait
from kith.programmes.rules import PlaceState
from kith.programmes.rules.words import expectation_sentences, waiting_words
from kith.web.acts import actor_of
from kith.web.forms import refuse
from kith.web.words import near
from kith.welcome.forms import BreakForm
from kith.welcome.queries import desk as queries


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My place on the list."""
    return _show(request)


def _show(request: HttpRequest, form: BreakForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    person = queries.own_person(actor)
    waits = queries.own_waits(actor) if person else []
    page = {
        "person": person,
        "lines": [_line(place) for place in waits],
        "break_form": form or BreakForm(),
        "services_url": reverse("services:start"),
        "talks": queries.talks_of(actor, person=person) if person else [],
    }
    return render(request, "welcome/mine.html", page)


def _line(place: Enrolment) -> dict[str, Any]:
    today, state = clock.today(), PlaceState(place.state)
    found = expected_wait(place.programme)
    days = (today - place.this_wait_since).days
    return {
        "place": place,
        "programme": place.programme.name,
        "state": state.value,
        "since": waiting_words(place.waiting_since, today),
        "until": near(place.paused_until, today) if place.paused_until else "",
        "expected": expectation_sentences(found),
        "is_outlasted": found is not None and found.is_outlasted(days),
    }


def _place_or_404(request: HttpRequest, pk: UUID) -> Enrolment:
    found: Enrolment = get_object_or_404(queries.places_of_own(actor_of(request)), pk=pk)
    return found


@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Step back from the list; no reason is asked."""
    leave_list(actor_of(request), enrolment=_place_or_404(request, pk), today=clock.today())
    messages.success(request, _("You are no longer on the list. You may ask again at any time."))
    return redirect("welcome:mine")


@require_POST
def take_break(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not now: the place rests, and the day on which the waiting began stays."""
    place, form = _place_or_404(request, pk), BreakForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    until = form.cleaned_data["until"]
    try:
        pause(actor_of(request), enrolment=place, until=until, today=clock.today())
    except Refused as refusal:
        refuse(form, refusal)
        return _show(request, form)
    return redirect("welcome:mine")


@require_POST
def wait_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The break is over."""
    resume(actor_of(request), enrolment=_place_or_404(request, pk))
    return redirect("welcome:mine")
