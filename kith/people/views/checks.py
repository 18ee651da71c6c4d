"""Checks of mentors: noting one, and those that end."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.people import commands, queries
from kith.people.forms import CheckForm
from kith.people.permissions import RECORD_CHECK
from kith.people.rules import CheckKind
from kith.people.views.shared import person_or_404
from kith.web.acts import actor_of, done, typed


@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """Checks that end soon, and those that ended."""
    actor, today = actor_of(request), clock.today()
    check(actor, RECORD_CHECK)
    page = {
        "parts": queries.checks_to_renew(actor, today),
        "today": today,
    }
    return render(request, "people/checks.html", page)


@require_http_methods(["GET", "POST"])
def new_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a check of a mentor."""
    actor, row, today = actor_of(request), person_or_404(request, pk), clock.today()
    check(actor, RECORD_CHECK, row)
    if not row.is_mentor:
        raise Http404
    kind = request.GET.get("kind", "")
    initial = {"done_on": today, "kind": kind if kind in set(CheckKind) else ""}
    form = CheckForm(typed(request), initial=initial)
    if request.method == "POST" and done(
        form,
        lambda: commands.record_check(
            actor, person=row, today=today, now=clock.now(), **form.cleaned_data
        ),
    ):
        return redirect("people:person", pk=pk)
    return render(request, "people/check.html", {"form": form, "person": row})


@require_POST
def remove_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a check that was noted by mistake."""
    actor = actor_of(request)
    row = get_object_or_404(queries.noted_checks(actor), pk=pk)
    commands.remove_check(actor, check=row)
    return redirect("people:person", pk=row.person_id)
