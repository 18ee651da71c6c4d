"""Certificates from elsewhere: bringing one, and saying whether it is somebody's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.learning.commands import elsewhere as commands
from kith.learning.forms.elsewhere import BringForm, ListForm
from kith.learning.permissions import (
    ACCEPT_ISSUERS,
    BRING_CERTIFICATE,
    KEEP_CERTIFICATES,
)
from kith.learning.queries import elsewhere as queries
from kith.learning.views.brought_shown import brought_lines, said_in
from kith.web.acts import actor_of, after_in, done, typed

UNFIT = 422


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring my badge from elsewhere."""
    actor, form = actor_of(request), BringForm(typed(request), request.FILES or None)
    check(actor, BRING_CERTIFICATE)
    if request.method == "POST" and done(
        form, lambda: commands.bring_own(actor, file=form.file, now=clock.now())
    ):
        messages.success(request, _("The badge is genuine. A trainer or coordinator confirms it."))
        return redirect("learning:certificates")
    page = {"form": form, "may_accept": has(actor, ACCEPT_ISSUERS)}
    return render(request, "learning/bring.html", page, status=UNFIT if form.errors else 200)


@require_http_methods(["GET", "POST"])
def bring_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring somebody's badge for them."""
    actor, form = actor_of(request), BringForm(typed(request), request.FILES or None)
    check(actor, KEEP_CERTIFICATES)
    member = get_object_or_404(queries.members_to_bring_for(actor), pk=pk)
    if request.method == "POST" and done(
        form,
        lambda: commands.bring_for(actor, member=member, file=form.file, now=clock.now()),
    ):
        messages.success(request, _("The badge is genuine. Confirm whose it is."))
        return redirect("learning:brought_list")
    page = {"form": form, "member": member, "may_accept": has(actor, ACCEPT_ISSUERS)}
    return render(request, "learning/bring.html", page, status=UNFIT if form.errors else 200)


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All that were brought, the newest first."""
    actor = actor_of(request)
    check(actor, KEEP_CERTIFICATES)
    rows, after = queries.every_brought(actor, after=after_in(request))
    page = {
        "brought": brought_lines(rows, on=clock.today()),
        "next_url": f"{request.path}?after={after}" if after else "",
        "first_url": request.path if request.GET.get("after") else "",
        "may_accept": has(actor, ACCEPT_ISSUERS),
    }
    return render(request, "learning/brought_list.html", page)


@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it says, and what is known of it."""
    return _page(request, pk, ListForm())


def _page(request: HttpRequest, pk: UUID, form: ListForm) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(queries.brought_to_see(actor), pk=pk)
    is_own = row.member == actor.membership
    page: dict[str, Any] = {
        "line": brought_lines([row], on=clock.today())[0],
        "said": said_in(row),
        "form": form,
        "is_own": is_own,
        "may_keep": allows(actor, KEEP_CERTIFICATES, row),
        "may_accept": has(actor, ACCEPT_ISSUERS),
    }
    return render(request, "learning/brought.html", page, status=UNFIT if form.errors else 200)


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is this person's."""
    actor, form = actor_of(request), ListForm(request.POST, request.FILES)
    row = get_object_or_404(queries.brought_to_keep(actor), pk=pk)
    if not done(
        form,
        lambda: commands.confirm(
            actor, brought=row, listed=form.cleaned_data["listed"], now=clock.now()
        ),
    ):
        return _page(request, pk, form)
    messages.success(request, _("Confirmed."))
    return redirect("learning:brought", pk=pk)


@require_POST
def turn_down(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is not this person's, or no more to be believed."""
    actor = actor_of(request)
    row = get_object_or_404(queries.brought_to_keep(actor), pk=pk)
    commands.turn_down(actor, brought=row, now=clock.now())
    messages.success(request, _("Turned down. It opens nothing."))
    return redirect("learning:brought", pk=pk)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """I want it here no more."""
    actor = actor_of(request)
    row = get_object_or_404(queries.brought_own(actor), pk=pk)
    commands.take_back(actor, brought=row, now=clock.now())
    messages.success(request, _("Taken back. Nothing of it is kept here."))
    return redirect("learning:certificates")
