"""Issuers elsewhere: accepting one, what its badges count for, withdrawing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.learning.commands import issuers as commands
from kith.learning.forms.elsewhere import CompareForm, CountsForm, ProfileForm, WithdrawForm
from kith.learning.permissions import ACCEPT_ISSUERS
from kith.learning.queries import badges
from kith.learning.queries import elsewhere as queries
from kith.methods.learning.credentials.keys import spoken
from kith.web.acts import actor_of, done, typed

UNFIT = 422


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Who is accepted, and what others need to accept us."""
    actor = actor_of(request)
    check(actor, ACCEPT_ISSUERS)
    page = {"issuers": queries.some_issuers(actor), **_ours(actor.organisation_id)}
    return render(request, "learning/issuers.html", page)


def _ours(organisation_id: UUID | None) -> dict[str, Any]:
    key = badges.signing_key()
    return {
        "our_digits": spoken(key.public) if key else "",
        "our_address": badges.address(reverse("learning:issuer", args=[organisation_id])),
        "our_keys": badges.address(reverse("learning:keys", args=[organisation_id])),
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Paste its profile and keys; the next page shows the digits to compare."""
    form = ProfileForm(typed(request))
    check(actor_of(request), ACCEPT_ISSUERS)
    if request.method == "POST" and form.is_valid():
        first = {name: form.cleaned_data[name] for name in ("profile", "keys")}
        return _compare(request, CompareForm(initial=first), form)
    status = UNFIT if form.errors else 200
    return render(request, "learning/issuer_new.html", {"form": form}, status=status)


def _compare(
    request: HttpRequest, form: CompareForm, told: ProfileForm, *, status: int = 200
) -> HttpResponse:
    page = {
        "form": form,
        "name": told.name,
        "address": told.address,
        "digits": queries.fingerprints(told.public),
    }
    return render(request, "learning/issuer_compare.html", page, status=status)


@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """The digits are the same: from now on its badges can be brought."""
    actor, form = actor_of(request), CompareForm(request.POST)
    check(actor, ACCEPT_ISSUERS)
    if done(
        form,
        lambda: commands.accept_issuer(
            actor,
            profile=form.told,
            reason=form.cleaned_data["reason"],
            today=clock.today(),
        ),
    ):
        messages.success(request, _("Accepted. Its badges can be brought from now on."))
        return redirect("learning:issuers")
    told = ProfileForm(request.POST)
    if not told.is_valid():
        return render(request, "learning/issuer_new.html", {"form": told}, status=UNFIT)
    return _compare(request, form, told, status=UNFIT)


@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An issuer: its digits, and what its badges count for."""
    actor = actor_of(request)
    row = get_object_or_404(queries.issuers(actor), pk=pk)
    courses = queries.courses_to_count_for(actor)
    page = {
        "issuer": row,
        "digits": queries.fingerprints(queries.keys_of(row)),
        "lines": [
            (one, CountsForm(courses=courses, initial={"course": str(one.course_id or "")},
                             auto_id=f"id_{one.pk}_%s"))
            for one in queries.recognised_of(actor, row)
        ],
    }  # fmt: skip
    return render(request, "learning/issuer.html", page)


@require_POST
def counts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say for which of our courses an achievement counts."""
    actor = actor_of(request)
    row = get_object_or_404(queries.recognised_to_decide(actor), pk=pk)
    form = CountsForm(request.POST, courses=queries.courses_to_count_for(actor))
    if done(
        form,
        lambda: commands.recognise(actor, recognised=row, course=form.chosen, today=clock.today()),
    ):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose one of the courses."))
    return redirect("learning:issuer_accepted", pk=row.issuer_id)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its badges count no more."""
    actor, form = actor_of(request), WithdrawForm(typed(request))
    row = get_object_or_404(queries.issuers(actor), pk=pk)
    if request.method == "POST" and done(
        form,
        lambda: commands.withdraw_issuer(
            actor, issuer=row, why=form.cleaned_data["why"], today=clock.today()
        ),
    ):
        messages.success(request, _("Withdrawn. Its badges open nothing from today."))
        return redirect("learning:issuer_accepted", pk=pk)
    return render(request, "learning/issuer_withdraw.html", {"form": form, "issuer": row})
