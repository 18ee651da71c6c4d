"""The page of a person, its short form on a record, and what a mentor sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed
from kith.work import commands, forms
from kith.work.permissions import SHARE_WORK
from kith.work.queries import record as queries
from kith.work.rules import PARTS, Part
from kith.work.views.shared import (
    application_line,
    form_page,
    interview_line,
    is_own,
    job_line,
    page_of,
    person_or_404,
    recognition_line,
)

SHORT_LINES = 3


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A participant's own page."""
    person = queries.own_record(actor_of(request))
    if person is None:
        raise Http404
    return render(request, "work/page.html", _page(request, person))


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of somebody one works with."""
    row = person_or_404(request, pk)
    if is_own(request, row):
        return redirect("work:mine")
    return render(request, "work/page.html", _page(request, row))


@require_GET
def short(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section on a record and on a match: what is under way."""
    page = _page(request, person_or_404(request, pk))
    page["learned"] = page["qualifications"][:SHORT_LINES]
    page["asked"] = page["going"][:SHORT_LINES]
    return render(request, "work/short.html", page)


def _page(request: HttpRequest, row: Person) -> dict[str, Any]:
    actor, today = actor_of(request), clock.today()
    found = queries.record(actor, person=row)
    return {
        "person": row,
        "is_own": is_own(request, row),
        "may_be_kept": queries.may_be_kept(row),
        "shows": {part.value: part in found.parts for part in Part},
        "is_empty": found.is_empty,
        "qualifications": [recognition_line(one, today=today) for one in found.qualifications],
        "jobs": [job_line(one) for one in found.jobs],
        "going": [application_line(one, today=today) for one in found.going],
        "over": [application_line(one, today=today) for one in found.over],
        "interviews": [
            interview_line(one, today=today)
            for one in found.interviews
            if one.starts_at >= clock.now()
        ],
        "may_share": allows(actor, SHARE_WORK, row),
        "shown_parts": [PARTS[part] for part in Part if part in queries.shown_parts(row)],
        "person_url": reverse("people:person", args=[row.pk]) if actor.is_staff else "",
        "whole_url": page_of(request, row),
    }


@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the mentor sees."""
    actor, row = actor_of(request), person_or_404(request, pk)
    check(actor, SHARE_WORK, row)
    shown = sorted(queries.shown_parts(row))
    form = forms.SharingForm(typed(request), initial={"parts": shown})
    if request.method == "POST" and done(
        form,
        lambda: commands.show_to_mentor(
            actor, person=row, parts=form.cleaned_data["parts"], today=clock.today()
        ),
    ):
        messages.success(request, _("Saved. It counts from now on."))
        return redirect(page_of(request, row))
    note = _("Your mentor sees only what is ticked here, and only while you meet as a match.")
    return form_page(
        request, row, form, title=_("What my mentor sees"), submit=_("Save"), note=note
    )
