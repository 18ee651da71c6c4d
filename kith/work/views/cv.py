"""The CV: what is written in which language, and the file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.people.models import Person
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done, typed
from kith.web.papers import paper_answer
from kith.work import commands, forms
from kith.work.permissions import KEEP_CV
from kith.work.queries import cv as queries
from kith.work.rules import CV_LANGUAGES
from kith.work.views.cv_paper import cv_paper
from kith.work.views.shared import form_page, is_own, page_of, person_or_404


@require_GET
def cvs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """In which languages there is a CV."""
    person = _person(request, pk)
    found = queries.written(person)
    page = {
        "person": person,
        "is_own": is_own(request, person),
        "whole_url": page_of(request, person),
        "lines": [
            {
                "language": language_name(language),
                "changed_on": found.get(language),
                "write_url": reverse("work:write_cv", args=[pk, language]),
                "pdf_url": reverse("work:cv_pdf", args=[pk, language]),
                "remove_url": reverse("work:remove_cv", args=[pk, language]),
            }
            for language in CV_LANGUAGES
        ],
        "today": clock.today(),
    }
    return render(request, "work/cvs.html", page)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """Write the CV of one language."""
    actor, person = actor_of(request), _person(request, pk)
    _require_language(language)
    row = queries.cv_of(actor, person=person, language=language)
    form = forms.CvForm(typed(request), initial=forms.cv_before(row, person))
    if request.method == "POST" and done(
        form,
        lambda: commands.write_cv(
            actor, person=person, language=language, words=form.words(), today=clock.today()
        ),
    ):
        messages.success(request, _("Saved. You can save it as a file now."))
        return redirect("work:cvs", pk)
    title = _("CV in this language: %(language)s") % {"language": language_name(language)}
    note = _("It has your name and what you write here, and nothing else: no age, no picture.")
    back = reverse("work:cvs", args=[pk])
    return form_page(request, person, form, title=title, submit=_("Save"), back=back, note=note)


@require_GET
def pdf(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """The CV as a file."""
    actor, person = actor_of(request), _person(request, pk)
    _require_language(language)
    found = queries.content(actor, person=person, language=language)
    if found is None:
        raise Http404
    return paper_answer(cv_paper(found, language=language, today=clock.today()), name="cv")


@require_POST
def remove(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """Take the CV of one language out for good."""
    person = _person(request, pk)
    _require_language(language)
    commands.remove_cv(actor_of(request), person=person, language=language)
    messages.success(request, _("Removed."))
    return redirect("work:cvs", pk)


def _person(request: HttpRequest, pk: UUID) -> Person:
    person = person_or_404(request, pk)
    check(actor_of(request), KEEP_CV, person)
    return person


def _require_language(language: str) -> None:
    if language not in CV_LANGUAGES:
        raise Http404
