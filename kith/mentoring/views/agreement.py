"""The agreement of a match: to read, to sign, to print."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import SIGN
from kith.mentoring.queries import agreement as queries
from kith.mentoring.queries.members import members
from kith.mentoring.views import shown, signing
from kith.mentoring.views.agreement_paper import agreement_paper
from kith.mentoring.views.shared import match_or_404
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed
from kith.web.papers import paper_answer


@require_GET
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The text in one of its languages, and the signatures."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SIGN, match)
    language = signing.language(request.GET.get("language"))
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "text": signing.agreement(match, language=language),
        "places": signing.places(match, actor),
        "languages": signing.languages(language),
        "today": clock.today(),
    }
    return render(request, "mentoring/agreement.html", page)


@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agreement as a file."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SIGN, match)
    language = signing.language(request.GET.get("language"))
    paper = agreement_paper(match, actor, language=language, today=clock.today())
    return paper_answer(paper, name="agreement")


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: UUID, person: UUID) -> HttpResponse:
    """One person reads the text in the language of choice and signs."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SIGN, match)
    signer, form = _signer(match, person), forms.SignForm(typed(request))
    language = signing.language(request.GET.get("language") or signer.language)
    today, now = clock.today(), clock.now()
    if request.method == "POST" and done(
        form,
        lambda: commands.sign_agreement(
            actor,
            match=match,
            person=signer,
            given=form.cleaned_data["signature"],
            language=language,
            today=today,
            now=now,
        ),
    ):
        messages.success(request, _("Signed. Thank you."))
        return redirect("mentoring:agreement", match.pk)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "person": called(signer),
        "is_own": queries.is_own(actor, signer),
        "text": signing.agreement(match, language=language),
        "languages": signing.languages(language),
        "form": form,
    }
    return render(request, "mentoring/sign.html", page, status=422 if form.errors else 200)


def _signer(match: Match, pk: UUID) -> Person:
    return get_object_or_404(members(match), person=pk).person
