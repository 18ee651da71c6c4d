"""Waiting lists, mentors who are ready or not, giving people a place, pausing and ending."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.consent.queries import opened
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.programmes import commands, forms, queries
from kith.programmes.models import Enrolment, Programme
from kith.programmes.permissions import ENROL, PAUSE
from kith.programmes.rules import MAY_END, MAY_PAUSE, MAY_RESUME, PlaceState, Reason, Side, rules_of
from kith.programmes.rules.words import (
    REASON_NAMES,
    STATE_NAMES,
    expectation_sentences,
    missing_sentences,
    reasons_words,
    waiting_words,
)
from kith.programmes.views.shared import (
    person_or_404,
    person_url,
    place_or_404,
    programme_or_404,
    side_asked,
)
from kith.web.acts import actor_of, done
from kith.web.components import Filter
from kith.web.words import near

WAITED_FOR = (PlaceState.WAITING, PlaceState.PROPOSED, PlaceState.MATCHED, PlaceState.PAUSED)


@require_GET
def waiting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One side of a programme by state, the longest waiting first."""
    actor, row, side = actor_of(request), programme_or_404(request, pk), side_asked(request)
    state, reason = _state(request), _reason(request)
    found = queries.waiting(actor, row, side, state=state, reason=reason)
    part = queries.part_of(found, after=request.GET.get("after", ""))
    if side is Side.MENTOR:
        lines = _mentor_lines(part.places, row)
    else:
        lines = _participant_lines(part.places)
    page = {
        "programme": row,
        "side": side.value,
        "lines": lines,
        "states": _state_filters(request, row, side, state, reason),
        "reasons": _reason_filters(request, row, side, state, reason),
        "next_url": _address(row, side, state, reason, part.after) if part.after else "",
        "first_url": _address(row, side, state, reason) if request.GET.get("after") else "",
        "may_enrol": queries.may_enrol(actor) and row.closed_on is None,
        "expected": _expected(row) if side is Side.PARTICIPANT else [],
    }
    return render(request, "programmes/waiting.html", page)


def _expected(programme: Programme) -> list[str]:
    return expectation_sentences(queries.expected_wait(programme))


@require_http_methods(["GET", "POST"])
def enrol_many(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a place to everyone who is ticked, or to all who came in with one list."""
    actor, side = actor_of(request), side_asked(request)
    row = get_object_or_404(queries.open_to_enrol(actor), pk=pk)
    everyone = queries.without_place(actor, row, side)
    batch = _batch(request)
    everyone = queries.of_import(everyone, batch) if batch else everyone
    people = list(everyone[: queries.PEOPLE_AT_ONCE])
    ticked = request.POST if "everyone" not in request.POST else None
    form = forms.EnrolManyForm(
        ticked if request.method == "POST" else None,
        people=people,
        initial={"people": [str(one.pk) for one in people]},
    )
    if request.method == "POST" and (ticked is None or form.is_valid()):
        wanted = (
            everyone.values_list("pk", flat=True) if ticked is None else form.cleaned_data["people"]
        )
        return _enrolled(request, row, [UUID(str(one)) for one in wanted], side)
    page = {
        "programme": row,
        "side": side.value,
        "form": form,
        "shown": len(people),
        "number": everyone.order_by().count(),
        "from_list": bool(batch),
        "back": reverse("programmes:programme", args=[pk]),
    }
    return render(request, "programmes/enrol_many.html", page)


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Panel on a person's page: their places, and a way to give them one."""
    actor, row = actor_of(request), opened(actor_of(request), person_or_404(request, pk))
    today, found = clock.today(), queries.enrolments_of(actor, row)
    page = {
        "person": row,
        "places": [_place_line(place, today) for place in found],
        "sides": {place.side: True for place in found if place.state != PlaceState.ENDED},
        "may_enrol": queries.may_enrol(actor),
        "back": person_url(pk),
    }
    return render(request, "programmes/person.html", page)


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """Give one person a place on a side."""
    actor, row = actor_of(request), opened(actor_of(request), person_or_404(request, pk))
    check(actor, ENROL)
    if side not in list(Side):
        raise Http404
    open_ones = queries.open_to_enrol(actor)
    form = forms.EnrolForm(request.POST or None, programmes=open_ones)
    if request.method == "POST" and done(
        form,
        lambda: commands.enrol(
            actor, person=row, side=Side(side), today=clock.today(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The place is noted; the waiting begins."))
        return redirect(person_url(pk))
    page = {"person": row, "form": form, "side": side, "back": person_url(pk)}
    page["has_programmes"] = open_ones.exists()
    return render(request, "programmes/enrol.html", page)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place: how long, why it takes long, pausing and ending."""
    actor, row = actor_of(request), place_or_404(request, pk)
    opened(actor, row.person)
    initial = {"reasons": row.reasons, "note": row.note}
    form = forms.ReasonsForm(request.POST or None, side=Side(row.side), initial=initial)
    if request.method == "POST" and done(
        form, lambda: commands.note_reasons(actor, enrolment=row, **form.cleaned_data)
    ):
        messages.success(request, _("Noted."))
        return redirect("programmes:place", pk=pk)
    return render(request, "programmes/place.html", _place_page(request, row, form))


@require_POST
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a place rest."""
    actor = actor_of(request)
    row = get_object_or_404(queries.places_to_pause(actor), pk=pk)
    form = forms.PauseForm(request.POST)
    if done(
        form,
        lambda: commands.pause(
            actor, enrolment=row, until=form.cleaned_data["until"], today=clock.today()
        ),
    ):
        return redirect("programmes:place", pk=pk)
    initial = {"reasons": row.reasons, "note": row.note}
    reasons = forms.ReasonsForm(side=Side(row.side), initial=initial)
    page = _place_page(request, row, reasons) | {"pause_form": form}
    return render(request, "programmes/place.html", page)


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a place up again."""
    row = get_object_or_404(queries.places_to_pause(actor_of(request)), pk=pk)
    commands.resume(actor_of(request), enrolment=row)
    return redirect("programmes:place", pk=pk)


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a place."""
    row = get_object_or_404(queries.places_to_change(actor_of(request)), pk=pk)
    commands.end_place(actor_of(request), enrolment=row, today=clock.today())
    messages.success(request, _("The place has ended."))
    return redirect("programmes:place", pk=pk)


@require_GET
def imported(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Panel on the result of an import: the next step for those who came in."""
    actor = actor_of(request)
    check(actor, ENROL)
    open_ones = list(queries.open_to_enrol(actor)[:5])
    lines = [
        (programme, side.value, number)
        for programme in open_ones
        for side in Side
        if (number := _from_list(actor, programme, side, pk))
    ]
    page = {"lines": lines, "has_programmes": bool(open_ones), "batch": pk}
    return render(request, "programmes/imported.html", page)


def _from_list(actor: Any, programme: Programme, side: Side, batch: UUID) -> int:
    return queries.of_import(queries.without_place(actor, programme, side), batch).count()


def _enrolled(
    request: HttpRequest, programme: Programme, wanted: list[UUID], side: Side
) -> HttpResponse:
    number = commands.enrol_many(
        actor_of(request), programme=programme, person_ids=wanted, side=side, today=clock.today()
    )
    sentence = ngettext(
        "%(number)d person has a place now.", "%(number)d people have a place now.", number
    )
    messages.success(request, sentence % {"number": number})
    return redirect("programmes:programme", pk=programme.pk)


def _place_page(request: HttpRequest, row: Enrolment, form: forms.ReasonsForm) -> dict[str, Any]:
    actor, today = actor_of(request), clock.today()
    state = PlaceState(row.state)
    may_pause, may_end = allows(actor, PAUSE, row), allows(actor, ENROL, row)
    return {
        "place": row,
        "line": _place_line(row, today),
        "form": form,
        "pause_form": forms.PauseForm(),
        "may_note": may_end and state is not PlaceState.ENDED,
        "may_pause": may_pause and state in MAY_PAUSE,
        "may_resume": may_pause and state in MAY_RESUME,
        "may_end": may_end and state in MAY_END,
        "person_url": person_url(row.person_id),
        "reasons": reasons_words(row.reasons),
    }


def _place_line(place: Enrolment, today: Any) -> dict[str, Any]:
    state = PlaceState(place.state)
    said = {
        PlaceState.WAITING: waiting_words(place.waiting_since, today),
        PlaceState.PROPOSED: _("A match is being proposed; both sides are asked."),
        PlaceState.MATCHED: "",
        PlaceState.PAUSED: _("Takes a break."),
        PlaceState.ENDED: "",
    }[state]
    if state is PlaceState.PAUSED and place.paused_until:
        said = _("Takes a break until %(date)s.") % {"date": near(place.paused_until, today)}
    if state is PlaceState.ENDED and place.ended_on:
        said = _("Ended %(date)s.") % {"date": near(place.ended_on, today)}
    return {
        "place": place,
        "state": STATE_NAMES[state],
        "tone": "info" if state is PlaceState.WAITING else "calm",
        "words": said,
        "reasons": reasons_words(place.reasons),
        "url": reverse("programmes:place", args=[place.pk]),
    }


def _participant_lines(places: list[Enrolment]) -> list[dict[str, Any]]:
    today = clock.today()
    agreed = queries.agreed_to_mentoring([place.person_id for place in places])
    return [
        {
            **_place_line(place, today),
            "context": reasons_words(place.reasons),
            "no_consent": place.person_id not in agreed,
        }
        for place in places
    ]


def _mentor_lines(places: list[Enrolment], programme: Programme) -> list[dict[str, Any]]:
    today = clock.today()
    found = queries.mentor_places(places, rules_of(programme), today=today)
    return [
        {
            **_place_line(one.place, today),
            "context": " ".join(missing_words(one, today)),
            "no_consent": not one.agreed,
            "is_ready": one.is_ready,
        }
        for one in found
    ]


def missing_words(mentor: queries.MentorPlace, today: Any) -> list[str]:
    """What a mentor still needs, and until when a break lasts."""
    said = missing_sentences(mentor.missing)
    if mentor.resting_until:
        said.append(
            _("Takes a break until %(date)s.") % {"date": near(mentor.resting_until, today)}
        )
    return said


def _state(request: HttpRequest) -> PlaceState:
    wanted = request.GET.get("state", PlaceState.WAITING.value)
    return PlaceState(wanted) if wanted in WAITED_FOR else PlaceState.WAITING


def _reason(request: HttpRequest) -> Reason | None:
    wanted = request.GET.get("reason", "")
    return Reason(wanted) if wanted in list(Reason) else None


def _batch(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("list", ""))
    except ValueError:
        return None


def _address(
    programme: Programme, side: Side, state: PlaceState, reason: Reason | None, after: str = ""
) -> str:
    wanted = {"side": side.value, "state": state.value, "reason": reason or "", "after": after}
    kept = {key: str(value) for key, value in wanted.items() if value}
    return f"{reverse('programmes:waiting', args=[programme.pk])}?{urlencode(kept)}"


def _state_filters(
    request: HttpRequest,
    programme: Programme,
    side: Side,
    state: PlaceState,
    reason: Reason | None,
) -> list[Filter]:
    counts = queries.standing(actor_of(request), programme)
    numbers = counts.participants if side is Side.PARTICIPANT else counts.mentors
    return [
        Filter(
            label=STATE_NAMES[one],
            url=_address(programme, side, one, None),
            count=getattr(numbers, one.value),
            is_current=one is state and reason is None,
        )
        for one in WAITED_FOR
    ]


def _reason_filters(
    request: HttpRequest,
    programme: Programme,
    side: Side,
    state: PlaceState,
    chosen: Reason | None,
) -> list[Filter]:
    present = queries.reasons_present(actor_of(request), programme, side, state)
    return [
        Filter(
            label=REASON_NAMES[reason],
            url=_address(programme, side, state, reason),
            is_current=reason is chosen,
        )
        for reason in Reason
        if reason.value in present or reason is chosen
    ]
