"""How much a mentor takes on: the own page, and what staff do about a rest."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.matching.rules.words import called
from kith.mentoring.rules.handovers import HandOverState
from kith.mentoring.rules.members import both_sides
from kith.mentoring.rules.states import MatchState
from kith.mentors import commands
from kith.mentors.forms import CapacityForm, RestForm
from kith.mentors.models import Rest
from kith.mentors.queries import capacity as queries
from kith.mentors.queries.capacity import RunningPlace
from kith.mentors.rules.capacity import Arranged, effects, mentor_words, staff_words
from kith.mentors.views.shared import me_or_404
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed
from kith.web.words import near


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """How many people, from when."""
    person = me_or_404(request)
    found = queries.offered(person)
    before = {"capacity": found.capacity, "available_since": found.available_since}
    form = CapacityForm(typed(request), initial=before)
    if request.method == "POST" and done(
        form,
        lambda: commands.set_capacity(
            actor_of(request), person=person, now=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Noted."))
        return redirect("mentors:capacity")
    return _page(request, person, form, RestForm())


@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """Nobody new until a day."""
    person, form = me_or_404(request), RestForm(request.POST)
    if done(
        form,
        lambda: commands.rest(
            actor_of(request),
            person=person,
            until=form.cleaned_data["until"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        return redirect("mentors:capacity")
    found = queries.offered(person)
    initial = {"capacity": found.capacity, "available_since": found.available_since}
    return _page(request, person, CapacityForm(initial=initial), form)


@require_POST
def end_rest(request: HttpRequest) -> HttpResponse:
    """Be there again."""
    commands.end_rest(
        actor_of(request), person=me_or_404(request), today=clock.today(), now=clock.now()
    )
    messages.success(request, _("Good to have you back."))
    return redirect("mentors:capacity")


def _page(
    request: HttpRequest, person: Person, form: CapacityForm, rest_form: RestForm
) -> HttpResponse:
    found, today = queries.offered(person), clock.today()
    is_resting = found.paused_until is not None and found.paused_until > today
    page = {
        "form": form,
        "rest_form": rest_form,
        "effects": effects(found, today),
        "is_resting": is_resting,
        "has_matches": found.held > 0,
        "arranged": _arranged_for(person) if is_resting else [],
    }
    return render(request, "mentors/capacity.html", page)


def _arranged_for(person: Person) -> list[str]:
    """What is arranged for each match of a mentor who rests, as they read it."""
    rest = queries.own_rest(person)
    if rest is None:
        return []
    is_settled = rest.settled_on is not None
    return [
        mentor_words(_arranged(one), is_settled=is_settled) for one in queries.places_of(person)
    ]


@require_GET
def resting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A mentor who rests, and the matches that run meanwhile."""
    found = queries.rest_of(actor_of(request), pk)
    if found is None:
        raise Http404
    today = clock.today()
    page = {
        "rest": found.rest,
        "person": found.rest.person,
        "person_url": reverse("people:person", args=[found.rest.person_id]),
        "until": near(found.rest.until, today),
        "matches": [_match(one, found.rest) for one in found.places],
    }
    return render(request, "mentors/rest.html", page)


def _match(one: RunningPlace, rest: Rest) -> dict[str, Any]:
    match = one.match
    stand_in = reverse("mentoring:hand_over", args=[match.pk, one.member.pk])
    return {
        "title": both_sides(match),
        "url": reverse("mentoring:match", args=[match.pk]),
        "said": staff_words(_arranged(one)),
        "is_arranged": one.hand_over is not None,
        "stand_in_url": f"{stand_in}?until={rest.until.isoformat()}",
        "pause_url": reverse("mentoring:pause", args=[match.pk]),
        "is_paused": match.state == MatchState.PAUSED,
    }


def _arranged(one: RunningPlace) -> Arranged:
    participant, asked = called(one.match.participant), one.hand_over
    if asked is None:
        return Arranged(participant)
    state = HandOverState(asked.state)
    return Arranged(participant, state, called(asked.person), asked.from_on, asked.until_on)


@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both sides know how it goes on."""
    row = get_object_or_404(queries.rests(actor_of(request)), pk=pk)
    commands.settle_rest(actor_of(request), rest=row, today=clock.today())
    messages.success(request, _("Noted that both sides know how it goes on."))
    return redirect("web:today")
