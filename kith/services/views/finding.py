"""Searching the directory and looking at one entry. Nothing of a search is kept."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.models import Person
from kith.services import commands
from kith.services.forms import ReportForm, SearchForm
from kith.services.permissions import (
    AGREE_WITH_PROVIDER,
    KEEP_SERVICES,
    REPORT_ENTRY,
    SEE_SERVICES,
)
from kith.services.queries import entries, referrals, search
from kith.services.rules import words
from kith.services.rules.states import HELPED_ORDER, WrongEntry
from kith.services.views.shared import card_of, local_now, person_or_404, service_or_404
from kith.web.acts import actor_of, done, typed

KEPT = ("q", "need", "language", "place", "km", "when", "free", "person")


@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The directory: what somebody looks for, and what there is."""
    actor = actor_of(request)
    check(actor, SEE_SERVICES)
    form = SearchForm(request.GET, places=search.places_to_choose(actor))
    asked = _asked(form)
    found = search.find(actor, asked, now=local_now(), after=request.GET.get("after", ""))
    person = _person(request)
    carried = {"person": str(person.pk)} if person else {}
    query = f"?{urlencode(carried)}" if carried else ""
    now = local_now()
    page = {
        "form": form,
        "person": person,
        "is_own": _is_own(request, person),
        "cards": [card_of(hit.service, now=now, km=hit.km, query=query) for hit in found.hits],
        "is_asked": asked != search.Asked(),
        "is_narrow": bool(asked.language or asked.near or asked.when or asked.is_free),
        "is_empty": not found.hits and not search.any_service(actor),
        "next_url": _url(request, after=found.after) if found.after else "",
        "first_url": _url(request) if "after" in request.GET else "",
        "needs": _need_links(request, asked),
        "may_keep": has(actor, KEEP_SERVICES),
        "reported": entries.reported_number(actor) if has(actor, KEEP_SERVICES) else 0,
    }
    return render(request, "services/start.html", page)


def _asked(form: SearchForm) -> search.Asked:
    """What can be understood of a search; the rest is left open."""
    form.is_valid()
    said = form.cleaned_data
    return search.Asked(
        words=said.get("q", ""),
        need=said.get("need", ""),
        language=said.get("language", ""),
        when=said.get("when", ""),
        is_free=said.get("free", False),
        near=said.get("place"),
        km=int(said.get("km") or 0),
    )


def _url(request: HttpRequest, **changed: str) -> str:
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    kept.update({name: value for name, value in changed.items() if value})
    for name, value in changed.items():
        if not value:
            kept.pop(name, None)
    here = reverse("services:start")
    return f"{here}?{urlencode(kept)}" if kept else here


def _need_links(request: HttpRequest, asked: search.Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": name,
            "icon": words.need_icon(key),
            "url": _url(request, need="" if asked.need == key else key),
            "is_current": asked.need == key,
        }
        for key, name in words.needs_to_choose()
    ]


def _person(request: HttpRequest) -> Person | None:
    """For whom somebody looks; nobody for whom one may not."""
    key = request.GET.get("person", "")
    if key:
        return person_or_404(request, key)
    actor = actor_of(request)
    return referrals.own_record(actor) if actor.has(Role.PARTICIPANT) else None


def _is_own(request: HttpRequest, person: Person | None) -> bool:
    return person is not None and person.user_id == actor_of(request).user_id


@never_cache
@require_GET
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry: what, where, when, how to reach it, and what others say."""
    actor, row = actor_of(request), service_or_404(request, pk)
    person = _person(request)
    voices = entries.voices_of(actor, row)
    page = {
        "card": card_of(row, now=local_now()),
        "service": row,
        "person": person,
        "is_own": _is_own(request, person),
        "offer_url": _offer_url(row, person),
        "voices": voices,
        "helped": [(words.HELPED[one], voices.helped[one]) for one in HELPED_ORDER]
        if voices
        else [],
        "may_keep": has(actor, KEEP_SERVICES),
        "may_agree": has(actor, AGREE_WITH_PROVIDER) and row.provider is not None,
        "is_agreed": row.provider is not None and commands.is_agreed(row.provider, clock.today()),
        "reports": [
            (words.WRONG_ENTRIES[WrongEntry(one.what)], one)
            for one in entries.open_reports(actor, row)
        ],
        "today": clock.today(),
    }
    return render(request, "services/service.html", page)


def _offer_url(row: Any, person: Person | None) -> str:
    if person is None or row.state != "open":
        return ""
    return reverse("services:offer", args=[row.pk]) + f"?person={person.pk}"


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that an entry is wrong."""
    actor, row = actor_of(request), service_or_404(request, pk)
    check(actor, REPORT_ENTRY)
    form = ReportForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.report_entry(actor, service=row, today=clock.today(), **form.cleaned_data),
    ):
        messages.success(request, _("Thank you. The coordinator looks at the entry."))
        return redirect("services:service", pk=pk)
    return render(request, "services/report.html", {"form": form, "service": row})
