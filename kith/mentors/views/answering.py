"""The page behind the link of a reference: no account, no cookie, one answer."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kith.base import clock, scope
from kith.mentors import commands
from kith.mentors.forms import ReferenceForm
from kith.mentors.queries.references import ByLink, by_link
from kith.web.acts import done, typed
from kith.web.visitors import TOO_MANY, is_too_fast
from kith.web.words import full_day


# The link itself is the proof: there is no session that a foreign page could misuse.
@csrf_exempt
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """Five questions about somebody one knows."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = by_link(code, today=clock.today())
    with translation.override(language):
        request.LANGUAGE_CODE = language
        if found is None:
            return _page(request, code, None, "link_over.html", {}, status=404)
        if request.method == "POST" and is_too_fast(request):
            return _page(request, code, found, "link_later.html", {}, status=TOO_MANY)
        with scope.entered(found.organisation.pk):
            response = _ask(request, found, language, code)
    response.headers["Content-Language"] = language
    return response


def _ask(request: HttpRequest, found: ByLink, language: str, code: str) -> HttpResponse:
    today = clock.today()
    if request.method == "POST" and request.POST.get("act") == "refuse":
        commands.refuse_reference(found.visitor, reference=found.reference, today=today)
        return _page(request, code, found, "answered.html", {"has_answered": False})
    form = ReferenceForm(typed(request), language=language)
    if request.method == "POST" and done(
        form,
        lambda: commands.answer_reference(
            found.visitor, reference=found.reference, answers=form.cleaned_data, today=today
        ),
    ):
        return _page(request, code, found, "answered.html", {"has_answered": True})
    values = {
        "form": form,
        "mentor": str(found.reference.person.name),
        "until": full_day(found.reference.link_until),
        "here": reverse("mentors:answer", args=[language, code]),
    }
    return _page(request, code, found, "answer.html", values)


def _page(
    request: HttpRequest,
    code: str,
    found: ByLink | None,
    template: str,
    values: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw a page of the link; without the token that would set a cookie."""
    current = translation.get_language()
    site = {
        "name": str(found.organisation) if found else "Kith",
        "home": reverse("mentors:answer", args=[current, code]),
        "contact": "",
        "languages": [
            {
                "code": one,
                "name": own_name,
                "url": reverse("mentors:answer", args=[one, code]),
                "is_current": one == current,
            }
            for one, own_name in settings.LANGUAGES
        ],
    }
    frame = {"site": site, "csrf_token": ""}
    return render(request, f"mentors/{template}", frame | values, status=status)
