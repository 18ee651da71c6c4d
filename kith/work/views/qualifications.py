"""Qualifications and their recognition."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed
from kith.work import commands, forms
from kith.work.models import Qualification
from kith.work.permissions import KEEP_QUALIFICATIONS
from kith.work.queries import record as queries
from kith.work.rules import NEXT_OF_RECOGNITION, Recognition
from kith.work.views.shared import (
    form_page,
    history,
    is_own,
    page_of,
    person_or_404,
    recognition_line,
    step_of,
)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a qualification."""
    actor, person = actor_of(request), person_or_404(request, pk)
    check(actor, KEEP_QUALIFICATIONS, person)
    form = forms.QualificationForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.add_qualification(
            actor, person=person, learned=form.learned(), today=clock.today(), now=clock.now()
        ),
    ):
        messages.success(request, _("It is on the list."))
        return redirect(page_of(request, person))
    return form_page(request, person, form, title=_("A qualification"), submit=_("Add it"))


@require_http_methods(["GET", "POST"])
def qualification(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """One qualification: where its recognition stands; the form moves it on."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    state, today = Recognition(row.state), clock.today()
    form = forms.OutcomeForm(
        typed(request), state=state, initial=forms.outcome_before(row, today=today)
    )
    if request.method == "POST" and done(
        form,
        lambda: commands.move_qualification(
            actor, person=person, qualification=row, outcome=form.outcome(), now=clock.now()
        ),
    ):
        messages.success(request, _("Noted."))
        return redirect("work:qualification", pk, key)
    page = {
        "person": person,
        "is_own": is_own(request, person),
        "whole_url": page_of(request, person),
        "row": row,
        "line": recognition_line(row, today=today),
        "step": step_of(row),
        "form": form if NEXT_OF_RECOGNITION[state] else None,
        "events": history(queries.moves_of(row)),
        "today": today,
    }
    status = 422 if form.errors else 200
    return render(request, "work/qualification.html", page, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Change what was learned."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    form = forms.QualificationForm(typed(request), initial=forms.learned_before(row))
    if request.method == "POST" and done(
        form,
        lambda: commands.change_qualification(
            actor, person=person, qualification=row, learned=form.learned()
        ),
    ):
        return redirect("work:qualification", pk, key)
    back = reverse("work:qualification", args=[pk, key])
    return form_page(request, person, form, title=_("A qualification"), submit=_("Save"), back=back)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """What comes next."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    first = {"next_step": row.next_step, "next_on": row.next_on}
    form = forms.NextStepForm(typed(request), initial=first)
    if request.method == "POST" and done(
        form,
        lambda: commands.plan_step(actor, person=person, qualification=row, **form.cleaned_data),
    ):
        return redirect("work:qualification", pk, key)
    back = reverse("work:qualification", args=[pk, key])
    note = _("Empty both when it is done.")
    return form_page(
        request, person, form, title=_("The next step"), submit=_("Save"), back=back, note=note
    )


@require_POST
def remove(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Take a qualification out for good."""
    person, row = _opened(request, pk, key)
    commands.remove_qualification(actor_of(request), person=person, qualification=row)
    messages.success(request, _("Removed."))
    return redirect(page_of(request, person))


def _opened(request: HttpRequest, pk: UUID, key: UUID) -> tuple[Person, Qualification]:
    person = person_or_404(request, pk)
    check(actor_of(request), KEEP_QUALIFICATIONS, person)
    queries.record(actor_of(request), person=person)
    row: Qualification = get_object_or_404(queries.qualification_rows(person), pk=key)
    return person, row
