"""Certificates: one's own, as paper and badge; and all of them, for those who keep them."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.learning.commands import badges, certificates
from kith.learning.forms.certificates import HoursForm, RevokeForm
from kith.learning.models import Certificate
from kith.learning.permissions import BRING_CERTIFICATE, KEEP_CERTIFICATES, OWN_CERTIFICATES
from kith.learning.queries import certificates as queries
from kith.learning.queries import elsewhere
from kith.learning.views.brought_shown import brought_lines
from kith.learning.views.certificate_file import certificate_file
from kith.methods.learning.credentials.baking import badge_picture, bake
from kith.methods.learning.questions.schema import say
from kith.web.acts import actor_of, done, typed
from kith.web.papers import paper_answer


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """My certificates."""
    actor = actor_of(request)
    check(actor, OWN_CERTIFICATES)
    page = {
        "certificates": queries.own(actor, on=clock.today()),
        "brought": brought_lines(elsewhere.own_brought(actor), on=clock.today()),
        "may_keep": has(actor, KEEP_CERTIFICATES),
        "may_bring": has(actor, BRING_CERTIFICATE),
    }
    return render(request, "learning/certificates.html", page)


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """All certificates, those that hold longest first."""
    actor, after = actor_of(request), request.GET.get("after", "")
    check(actor, KEEP_CERTIFICATES)
    part = queries.kept(actor, on=clock.today(), after=after)
    here = reverse("learning:all_certificates")
    page = {
        "certificates": part.shown,
        "next_url": f"{here}?{urlencode({'after': part.after})}" if part.after else "",
        "first_url": here if after else "",
    }
    return render(request, "learning/all_certificates.html", page)


@require_GET
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One certificate."""
    row = _row(request, pk)
    page = {
        "shown": queries.shown([row], on=clock.today())[0],
        "hours": queries.hours_of(row),
        "is_own": allows(actor_of(request), OWN_CERTIFICATES, row),
        "may_keep": allows(actor_of(request), KEEP_CERTIFICATES, row),
    }
    return render(request, "learning/certificate.html", page)


@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The certificate as a PDF."""
    row = _row(request, pk)
    return paper_answer(certificate_file(row), name="certificate")


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it, with a reason."""
    actor, row, form = actor_of(request), _to_keep(request, pk), RevokeForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: certificates.revoke(
            actor, certificate=row, today=clock.today(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The certificate is revoked. It opens nothing any more."))
        return redirect("learning:certificate", pk=pk)
    return render(request, "learning/revoke.html", {"form": form, "certificate": row})


@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a refresher or supervision of its holder."""
    actor, row, form = actor_of(request), _to_keep(request, pk), HoursForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: certificates.note_hours(
            actor, member=row.member, today=clock.today(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Noted."))
        return redirect("learning:certificate", pk=pk)
    return render(request, "learning/hours.html", {"form": form, "certificate": row})


@require_http_methods(["POST"])
def badge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My badge: a picture that carries its own proof."""
    actor, row = actor_of(request), _row(request, pk)
    token = badges.make_badge(actor, certificate=row)
    content = bake(badge_picture(say(row.title, row.language)), token)
    answer = HttpResponse(content, content_type="image/svg+xml")
    answer.headers["Content-Disposition"] = 'attachment; filename="badge.svg"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_http_methods(["POST"])
def token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My badge as plain text, for other systems."""
    made = badges.make_badge(actor_of(request), certificate=_row(request, pk))
    answer = HttpResponse(made, content_type="application/vc+jwt")
    answer.headers["Content-Disposition"] = 'attachment; filename="badge.jwt"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _row(request: HttpRequest, pk: UUID) -> Certificate:
    row: Certificate = get_object_or_404(queries.to_see(actor_of(request)), pk=pk)
    return row


def _to_keep(request: HttpRequest, pk: UUID) -> Certificate:
    row: Certificate = get_object_or_404(queries.to_keep(actor_of(request)), pk=pk)
    return row
