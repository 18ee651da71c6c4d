"""One tap on a duty: take it, look for a swap, keep it, note that it took place."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.base import clock
from kith.rota import commands, forms
from kith.rota.views.shared import duty_or_404, match_or_404, to_rota
from kith.web.acts import actor_of


@require_POST
def take(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """Take a duty that is free, or that somebody wants to swap."""
    match = match_or_404(request, pk)
    commands.take_duty(actor_of(request), duty=duty_or_404(match, duty), now=clock.now())
    messages.success(request, _("Thank you. The duty is yours, and everybody concerned is told."))
    return to_rota(match, "ahead")


@require_POST
def ask(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """One cannot on that day; the others are asked."""
    match = match_or_404(request, pk)
    commands.ask_for_swap(actor_of(request), duty=duty_or_404(match, duty), now=clock.now())
    messages.success(
        request, _("The others are asked. Until somebody takes it, the duty stays with you.")
    )
    return to_rota(match, "ahead")


@require_POST
def keep(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """One can after all."""
    match = match_or_404(request, pk)
    commands.keep_duty(actor_of(request), duty=duty_or_404(match, duty), now=clock.now())
    messages.success(request, _("Good. You keep the duty."))
    return to_rota(match, "ahead")


@require_POST
def held(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """It took place, for about so long."""
    match = match_or_404(request, pk)
    row = duty_or_404(match, duty)
    minutes = forms.MinutesForm(request.POST).chosen(usual=row.minutes)
    commands.hold_duty(
        actor_of(request), duty=row, minutes=minutes, today=clock.today(), now=clock.now()
    )
    messages.success(request, _("Noted. It stands among the meetings, once."))
    return to_rota(match, "note")
