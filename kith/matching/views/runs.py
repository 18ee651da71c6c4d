"""One solving of a round: what was asked, what came out for whom, the proof, and once more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.matching import commands
from kith.matching.permissions import SEE_ROUNDS, SOLVE
from kith.matching.queries import rounds as queries
from kith.matching.views import audited, shown
from kith.web.acts import actor_of


@require_GET
def run_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record of a run, without names."""
    actor = actor_of(request)
    check(actor, SEE_ROUNDS)
    run = get_object_or_404(queries.runs(actor), pk=pk)
    page = {
        "run": run,
        "round": run.round,
        "title": shown.round_name(run.round),
        "record": audited.record(run, today=clock.today()),
        "is_kept": queries.has_record(run),
        "others": [audited.line(one) for one in queries.runs_of(actor, run.round)],
    }
    return render(request, "matching/run.html", page)


@require_POST
def repeat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Solve the same once more from the record, and compare."""
    actor = actor_of(request)
    run = get_object_or_404(queries.runs(actor), pk=pk)
    check(actor, SOLVE)
    commands.repeat_run(actor, run=run, now=clock.now())
    run.refresh_from_db(fields=["repeated", "digest"])
    if run.repeated == run.digest:
        messages.success(request, _("Repeated: the same pairs, to the last byte."))
    elif not run.repeated:
        messages.info(request, _("It is being repeated. Look here again in a minute."))
    return redirect("matching:run", pk)
