"""Keeping the directory: writing, checking, pausing, agreements."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.services import commands
from kith.services.forms import AgreementForm, EntryForm, first_values
from kith.services.models import Service
from kith.services.permissions import KEEP_SERVICES
from kith.services.queries import entries
from kith.services.rules.facts import facts_of
from kith.services.views.shared import card_of, entry_to_keep, local_now, service_or_404
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    check(actor_of(request), KEEP_SERVICES)
    return _write(request, None, EntryForm(typed(request)))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an entry; what this page does not show stays in it."""
    row = entry_to_keep(request, pk)
    initial = first_values(facts_of(row.record), row.record)
    return _write(request, row, EntryForm(typed(request), record=row.record, initial=initial))


def _write(request: HttpRequest, row: Service | None, form: EntryForm) -> HttpResponse:
    actor, kept = actor_of(request), []
    country = actor.organisation.country if actor.organisation else ""
    if request.method == "POST" and done(
        form,
        lambda: kept.append(
            commands.write_entry(
                actor, written=form.written(country=country), service=row, today=clock.today()
            )
        ),
    ):
        messages.success(request, _("The entry is kept, and counts as checked today."))
        return redirect("services:service", pk=kept[0].pk)
    return render(request, "services/edit.html", {"form": form, "service": row})


@require_POST
def checked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The entry is right today."""
    row = entry_to_keep(request, pk)
    commands.mark_checked(actor_of(request), service=row, today=clock.today())
    messages.success(request, _("Noted: checked today."))
    return redirect("services:service", pk=pk)


@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note the agreement with the organisation behind a service."""
    actor, service = actor_of(request), service_or_404(request, pk)
    provider = get_object_or_404(entries.providers(actor), pk=service.provider_id)
    initial = {"agreed_on": provider.agreed_on, "agreed_until": provider.agreed_until}
    form = AgreementForm(typed(request), initial=initial)
    if request.method == "POST" and done(
        form, lambda: commands.note_agreement(actor, provider=provider, **form.cleaned_data)
    ):
        messages.success(request, _("The agreement is noted."))
        return redirect("services:service", pk=pk)
    page = {"form": form, "service": service, "provider": provider}
    return render(request, "services/agreement.html", page)


@require_GET
def to_check(request: HttpRequest) -> HttpResponse:
    """Entries that somebody said are wrong, and those nobody checked for a year."""
    actor, now = actor_of(request), local_now()
    check(actor, KEEP_SERVICES)
    reported = entries.part_of(entries.reported(actor))
    old = entries.part_of(entries.unchecked(actor, clock.today()))
    page = {
        "reported": [card_of(row, now=now) for row in reported],
        "old": [card_of(row, now=now) for row in old],
    }
    return render(request, "services/to_check.html", page)
