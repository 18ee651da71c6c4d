"""Work people have done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.gate.commands import check
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed
from kith.work import commands, forms
from kith.work.models import Job
from kith.work.permissions import KEEP_JOBS
from kith.work.queries import record as queries
from kith.work.views.shared import form_page, is_own, page_of, person_or_404


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down work that was done."""
    actor, person = actor_of(request), person_or_404(request, pk)
    check(actor, KEEP_JOBS, person)
    form = forms.JobForm(typed(request))
    if request.method == "POST" and done(
        form, lambda: commands.add_job(actor, person=person, done=form.done())
    ):
        messages.success(request, _("It is on the list."))
        return redirect(page_of(request, person))
    return form_page(request, person, form, title=_("Work I have done"), submit=_("Add it"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Change an entry."""
    actor = actor_of(request)
    person, row = _opened(request, pk, key)
    form = forms.JobForm(typed(request), initial=forms.done_before(row))
    if request.method == "POST" and done(
        form, lambda: commands.change_job(actor, person=person, job=row, done=form.done())
    ):
        return redirect(page_of(request, person))
    page = {
        "person": person,
        "is_own": is_own(request, person),
        "whole_url": page_of(request, person),
        "row": row,
        "form": form,
    }
    return render(request, "work/job.html", page, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Take an entry out for good."""
    person, row = _opened(request, pk, key)
    commands.remove_job(actor_of(request), person=person, job=row)
    messages.success(request, _("Removed."))
    return redirect(page_of(request, person))


def _opened(request: HttpRequest, pk: UUID, key: UUID) -> tuple[Person, Job]:
    person = person_or_404(request, pk)
    check(actor_of(request), KEEP_JOBS, person)
    queries.record(actor_of(request), person=person)
    row: Job = get_object_or_404(queries.job_rows(person), pk=key)
    return person, row
