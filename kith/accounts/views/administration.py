"""For the platform administrator and the data protection lead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kith.accounts.commands.founding import Beginning, add_organisation
from kith.accounts.forms import AuditForm, NewOrganisationForm
from kith.accounts.permissions import ADD_ORGANISATION, READ_AUDIT, SEE_JOBS
from kith.accounts.queries import audit_page, health, job_lines
from kith.accounts.views.entering import sensitive
from kith.accounts.views.members import invited_page
from kith.base import clock
from kith.base.errors import Denied, Refused
from kith.gate.commands import note
from kith.gate.permissions import has
from kith.web.acts import actor_of
from kith.web.forms import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def administration(request: HttpRequest) -> HttpResponse:
    """How the work behind the pages goes."""
    actor = actor_of(request)
    if not has(actor, SEE_JOBS):
        raise Denied
    page = {"lines": job_lines(actor), "health": health(actor), "today": clock.today()}
    return render(request, "accounts/administration.html", page)


@sensitive
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Add an organisation and invite its first coordinator."""
    actor = actor_of(request)
    if not has(actor, ADD_ORGANISATION):
        raise Denied
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        beginning = Beginning(typed["organisation"], typed["country"], typed["languages"])
        try:
            invited = add_organisation(
                actor,
                beginning=beginning,
                name=typed["name"],
                email=typed["email"],
                now=clock.now(),
            )
            return invited_page(request, invited, back=reverse("accounts:administration"))
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "accounts/new_organisation.html", {"form": form})


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who read or wrote what: names of fields, never what stood in them."""
    actor = actor_of(request)
    if not has(actor, READ_AUDIT):
        raise Denied
    form = AuditForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {"row": None, "who": ""}
    lines, following = audit_page(
        actor, row_id=typed["row"], actor_id=typed["who"], before=_number(request)
    )
    note(actor, READ_AUDIT.name)
    page = {
        "form": form,
        "lines": lines,
        "next_url": _next(typed["row"], typed["who"], following),
        "first_url": "?" if request.GET else "",
        "is_filtered": bool(typed["row"] or typed["who"]),
    }
    return render(request, "accounts/audit.html", page)


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _next(row: UUID | None, who: str, following: int | None) -> str:
    if following is None:
        return ""
    wanted = {"row": row or "", "who": who, "before": following}
    return "?" + urlencode({key: value for key, value in wanted.items() if value})
