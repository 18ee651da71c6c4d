"""Public: what a certificate is worth today, and what is needed to check its badge."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.base.models import Organisation
from kith.gate.actor import Actor
from kith.learning.forms.certificates import CodeForm
from kith.learning.queries import badges
from kith.learning.queries.checking import checked, publishing
from kith.learning.queries.published import course_of
from kith.methods.learning.credentials.issuing import achievement_document, profile_document

TRIED = "receipt_code"
TOO_MANY, NOT_FOUND = 429, 404
FOR_OTHERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"}


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("learning:check_code", code=form.cleaned_data["code"] or "-")
    return _page(request, {"form": form})


@login_not_required
@require_GET
def code(request: HttpRequest, code: str) -> HttpResponse:
    """What stands behind a code today."""
    if not ratelimit.consume(request, action=TRIED):
        return _page(request, {"form": CodeForm(), "is_too_fast": True}, status=TOO_MANY)
    found = checked(code.upper(), on=clock.today())
    values = {"form": CodeForm(initial={"code": code}), "found": found, "is_unknown": not found}
    return _page(request, values, status=200 if found else NOT_FOUND)


def _page(request: HttpRequest, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    home = reverse("learning:check")
    frame = {"site": {"name": "Kith", "home": home}, "csrf_token": ""}
    answer = render(request, "learning/check.html", frame | values, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@login_not_required
@require_GET
def keys(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The public keys of an organisation."""
    with _inside(pk):
        return JsonResponse(badges.published_keys(), headers=FOR_OTHERS)


@login_not_required
@require_GET
def issuer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who gives the badges."""
    with _inside(pk) as (organisation, _visitor):
        profile = profile_document(badges.issuer_of(organisation))
    return JsonResponse(profile, headers=FOR_OTHERS)


@login_not_required
@require_GET
def achievement(request: HttpRequest, pk: UUID, course: str, language: str) -> HttpResponse:
    """What a badge is given for."""
    with _inside(pk) as (organisation, visitor):
        row = course_of(visitor, course)
        if row is None:
            raise Http404
        told = achievement_document(
            badges.achievement_of(row, organisation, language),
            issuer=badges.issuer_of(organisation),
        )
    return JsonResponse(told, headers=FOR_OTHERS)


@login_not_required
@require_GET
def revoked(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Which badges were revoked, as a signed list without names."""
    with _inside(pk) as (organisation, _visitor):
        token = badges.revoked_list(organisation, number, today=clock.today())
    if token is None:
        raise Http404
    return HttpResponse(token, content_type="application/vc+jwt", headers=FOR_OTHERS)


@contextmanager
def _inside(pk: UUID) -> Iterator[tuple[Organisation, Actor]]:
    """The organisation of an address, or no page at all."""
    try:
        with publishing(pk) as opened:
            yield opened
    except Organisation.DoesNotExist as missing:
        raise Http404 from missing
