"""The lists of participants and mentors, and the two forms for someone new."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.people import commands, queries
from kith.people.forms import NewMentorForm, NewParticipantForm
from kith.people.models import Person
from kith.people.permissions import EDIT_PERSON, IMPORT_PEOPLE, SEE_LIST
from kith.people.queries.lists import Counted
from kith.people.rules import Side
from kith.web.acts import actor_of, done, typed
from kith.web.components import Filter
from kith.web.forms import KithForm

SEARCH_LETTERS = 80


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """People begin with the participants."""
    return redirect("people:participants")


@require_GET
def participants(request: HttpRequest) -> HttpResponse:
    """Everyone who asks for a mentor or has one."""
    return _people(request, Side.PARTICIPANT, "people:participants")


@require_GET
def mentors(request: HttpRequest) -> HttpResponse:
    """Everyone who mentors."""
    return _people(request, Side.MENTOR, "people:mentors")


def _people(request: HttpRequest, side: Side, here: str) -> HttpResponse:
    actor, today, asked = actor_of(request), clock.today(), request.GET
    check(actor, SEE_LIST)
    text = " ".join(asked.get("q", "").split())[:SEARCH_LETTERS]
    chosen = asked.get("show", "")
    part = queries.part_of_list(
        actor, side, text=text, filter_key=chosen, after=asked.get("after", ""), today=today
    )
    page: dict[str, Any] = {
        "side": side,
        "part": part,
        "text": text,
        "chosen": chosen,
        "keep": {"show": chosen} if chosen else {},
        "filters": [_filter(one, chosen, reverse(here)) for one in queries.counted(actor, side)],
        "next_url": _url(show=chosen, q=text, after=part.after) if part.after else "",
        "first_url": _url(show=chosen, q=text) if asked.get("after") else "",
        "may_edit": has(actor, EDIT_PERSON),
        "may_import": has(actor, IMPORT_PEOPLE),
    }
    return render(request, "people/list.html", page)


def _url(**parts: str) -> str:
    return "?" + urlencode({key: value for key, value in parts.items() if value})


def _filter(one: Counted, chosen: str, here: str) -> Filter:
    label = one.label
    if one.is_more:
        label = format_html('{} <span class="filters-count">{}+</span>', one.label, one.count)
    return Filter(
        label=label,
        url=f"{here}{_url(show=one.key)}" if one.key else here,
        count=None if one.is_more else one.count,
        is_current=one.key == chosen,
    )


@require_http_methods(["GET", "POST"])
def new_participant(request: HttpRequest) -> HttpResponse:
    """Write down someone who asks for a mentor."""
    actor, today = actor_of(request), clock.today()
    check(actor, EDIT_PERSON)
    form = NewParticipantForm(typed(request), initial={"asked_on": today})
    page = {"title": _("Add a participant"), "back": reverse("people:participants")}
    return _new(
        request,
        form,
        lambda: commands.add_participant(actor, **_someone(request, form)),
        {**page, "back_label": _("Participants")},
    )


@require_http_methods(["GET", "POST"])
def new_mentor(request: HttpRequest) -> HttpResponse:
    """Write down someone who wants to be a mentor."""
    actor, today = actor_of(request), clock.today()
    check(actor, EDIT_PERSON)
    form = NewMentorForm(typed(request))
    page = {"title": _("Add a mentor"), "back": reverse("people:mentors")}
    return _new(
        request,
        form,
        lambda: commands.add_mentor(actor, available_since=today, **_someone(request, form)),
        {**page, "back_label": _("Mentors")},
    )


def _new(
    request: HttpRequest, form: KithForm, add: Callable[[], Person], page: dict[str, Any]
) -> HttpResponse:
    """Store someone new, unless someone here has the same phone or e-mail: then ask first."""
    here = _already_here(request, form)
    found: list[Person] = []
    if request.method == "POST" and not here and done(form, lambda: found.append(add())):
        return redirect("people:person", pk=found[0].pk)
    said = {"form": form, "here": here, "contact": _contact(form) if here else ""}
    return render(request, "people/new.html", {**page, **said})


def _already_here(request: HttpRequest, form: KithForm) -> list[queries.AlreadyHere]:
    """Who has this phone or e-mail; nobody once it was said that this is someone else."""
    if request.method != "POST" or not form.is_valid():
        return []
    # The yes holds for the phone and e-mail that it was said of, not for others typed since.
    if request.POST.get("although_here") == _contact(form):
        return []
    typed_in = form.cleaned_data
    return queries.already_here(actor_of(request), phone=typed_in["phone"], email=typed_in["email"])


def _contact(form: KithForm) -> str:
    return f"{form.cleaned_data['phone']} {form.cleaned_data['email']}"


def _someone(request: HttpRequest, form: KithForm) -> dict[str, Any]:
    # Whoever writes someone down works with them, until it is said otherwise.
    return {**form.cleaned_data, "responsible": actor_of(request).membership}
