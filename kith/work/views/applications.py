"""Applications and interviews."""

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
from kith.work.models import Application
from kith.work.permissions import KEEP_APPLICATIONS
from kith.work.queries import record as queries
from kith.work.rules import NEXT_OF_STAGE, Stage
from kith.work.views.shared import (
    application_line,
    form_page,
    history,
    interview_line,
    is_own,
    page_of,
    person_or_404,
    step_of,
)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin an application."""
    actor, person = actor_of(request), person_or_404(request, pk)
    check(actor, KEEP_APPLICATIONS, person)
    form = forms.ApplicationForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.add_application(
            actor, person=person, wanted=form.wanted(), today=clock.today(), now=clock.now()
        ),
    ):
        messages.success(request, _("It is on the list."))
        return redirect(page_of(request, person))
    return form_page(request, person, form, title=_("An application"), submit=_("Add it"))


@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """One application: where it stands, interviews; the form moves it on."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    stage, today = Stage(row.stage), clock.today()
    form = forms.StageForm(typed(request), stage=stage, initial={"on": today})
    if request.method == "POST" and done(
        form,
        lambda: commands.move_application(
            actor, person=person, application=row, now=clock.now(), **form.move()
        ),
    ):
        messages.success(request, _("Noted."))
        return redirect("work:application", pk, key)
    page = {
        "person": person,
        "is_own": is_own(request, person),
        "whole_url": page_of(request, person),
        "row": row,
        "line": application_line(row, today=today),
        "step": step_of(row),
        "interviews": [interview_line(one, today=today) for one in queries.interviews_of([row])],
        "form": form if NEXT_OF_STAGE[stage] else None,
        "events": history(queries.moves_of(row)),
        "today": today,
    }
    status = 422 if form.errors else 200
    return render(request, "work/application.html", page, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Change what it is for, and the next step."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    form = forms.ApplicationForm(typed(request), initial=forms.wanted_before(row))
    if request.method == "POST" and done(
        form,
        lambda: commands.change_application(
            actor, person=person, application=row, wanted=form.wanted()
        ),
    ):
        return redirect("work:application", pk, key)
    back = reverse("work:application", args=[pk, key])
    return form_page(request, person, form, title=_("An application"), submit=_("Save"), back=back)


@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Note an interview."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    form = forms.InterviewForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.add_interview(
            actor, person=person, application=row, today=clock.today(), **form.interview()
        ),
    ):
        messages.success(request, _("The interview is noted."))
        return redirect("work:application", pk, key)
    back = reverse("work:application", args=[pk, key])
    return form_page(request, person, form, title=_("An interview"), submit=_("Note it"), back=back)


@require_POST
def remove(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Take an application out for good."""
    person, row = _opened(request, pk, key)
    commands.remove_application(actor_of(request), person=person, application=row)
    messages.success(request, _("Removed."))
    return redirect(page_of(request, person))


@require_POST
def remove_interview(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """The interview does not take place."""
    person = person_or_404(request, pk)
    check(actor_of(request), KEEP_APPLICATIONS, person)
    row = get_object_or_404(queries.interview_rows(person), pk=key)
    commands.remove_interview(actor_of(request), person=person, interview=row)
    return redirect("work:application", pk, row.application_id)


def _opened(request: HttpRequest, pk: UUID, key: UUID) -> tuple[Person, Application]:
    person = person_or_404(request, pk)
    check(actor_of(request), KEEP_APPLICATIONS, person)
    queries.record(actor_of(request), person=person)
    row: Application = get_object_or_404(queries.application_rows(person), pk=key)
    return person, row
