"""Bringing in a directory, and saving it as a file."""

from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.services import commands
from kith.services.forms import UploadForm
from kith.services.models import DirectoryImport, ImportedEntry
from kith.services.permissions import IMPORT_SERVICES
from kith.services.queries import imports as queries
from kith.services.rules import words
from kith.services.rules.bringing import BUSY, EntryState, ImportState
from kith.services.rules.faults import Fault, Wrong
from kith.services.views.shared import batch_or_404
from kith.web.acts import actor_of, done, typed
from kith.web.panels import is_partial

TONES = {ImportState.CHECKED.value: "warn", ImportState.STORED.value: "good"}


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Files so far, and a new one."""
    actor = actor_of(request)
    check(actor, IMPORT_SERVICES)
    form = UploadForm(typed(request), request.FILES or None)
    kept: list[DirectoryImport] = []
    if request.method == "POST" and done(form, lambda: kept.append(_upload(request, form))):
        return redirect("services:import", pk=kept[0].pk)
    lines = [
        (batch, words.IMPORT_STATES[ImportState(batch.state)], TONES.get(batch.state, "calm"))
        for batch in queries.imports(actor)[:20]
    ]
    return render(request, "services/imports.html", {"form": form, "lines": lines})


def _upload(request: HttpRequest, form: UploadForm) -> DirectoryImport:
    file = form.cleaned_data["file"]
    return commands.upload_directory(
        actor_of(request), content=file.read(), filename=file.name, source=form.source()
    )


@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file where it stands: what is in it, how far it is, what became of it."""
    actor, batch = actor_of(request), batch_or_404(request, pk)
    state = ImportState(batch.state)
    if state in BUSY:
        return render(request, "services/import_progress.html", {"batch": batch})
    if is_partial(request):
        # The progress part asks again and again; the finished import is a page of its own.
        answer = HttpResponse()
        answer.headers["HX-Redirect"] = request.path
        return answer
    page = {
        "batch": batch,
        "sum": _sum(batch),
        "parts": [_part(actor, batch, one) for one in queries.SHOWN if batch.counts.get(one)],
        "going_in": batch.counts.get("new", 0) + batch.counts.get("changed", 0),
        "state": words.IMPORT_STATES[state],
    }
    return render(request, "services/import.html", page)


def _sum(batch: DirectoryImport) -> list[tuple[Any, int]]:
    return [
        (words.ENTRY_STATES[one], batch.counts[one.value])
        for one in EntryState
        if batch.counts.get(one.value)
    ]


def _part(actor: Any, batch: DirectoryImport, state: EntryState) -> dict[str, Any]:
    rows = queries.entries(actor, batch, state)
    url = reverse("services:import_entries", args=[batch.pk, state.value])
    return {
        "title": words.ENTRY_STATES[state],
        "lines": [_line(row) for row in rows[:10]],
        "more_url": url if len(rows) > 10 else "",
    }


def _line(row: ImportedEntry) -> tuple[str, str, str]:
    said = " ".join(words.wrong_words(Wrong(Fault(kind), name)) for kind, name in row.wrongs)
    return row.name, said, words.place_words(row.place)


@require_GET
def entries(request: HttpRequest, pk: UUID, state: str) -> HttpResponse:
    """Every entry of one state, with place and reason."""
    actor, batch = actor_of(request), batch_or_404(request, pk)
    kind = next((one for one in EntryState if one.value == state), None)
    if kind is None:
        raise Http404
    begin = request.GET.get("after", "")
    rows = queries.entries(actor, batch, kind, after=int(begin) if begin.isdecimal() else 0)
    shown = rows[: queries.AT_ONCE]
    more = len(rows) > queries.AT_ONCE
    page = {
        "batch": batch,
        "title": words.ENTRY_STATES[kind],
        "lines": [_line(row) for row in shown],
        "next_url": f"{request.path}?after={shown[-1].number}" if more else "",
        "first_url": request.path if begin else "",
    }
    return render(request, "services/import_entries.html", page)


@require_POST
def store(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The one yes to a file."""
    batch = batch_or_404(request, pk)
    commands.store_directory(actor_of(request), batch=batch, today=clock.today(), now=clock.now())
    return redirect("services:import", pk=pk)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a whole file back."""
    commands.undo_directory(actor_of(request), batch=batch_or_404(request, pk))
    return redirect("services:import", pk=pk)


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on after an interruption."""
    commands.resume_directory(actor_of(request), batch=batch_or_404(request, pk))
    return redirect("services:import", pk=pk)


@require_POST
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget a file of which nothing was stored."""
    commands.throw_away(actor_of(request), batch=batch_or_404(request, pk))
    messages.success(request, _("The file was forgotten. Nothing of it is kept."))
    return redirect("services:imports")


@require_POST
def save_json(request: HttpRequest) -> HttpResponseBase:
    """The whole directory in HSDS's JSON."""
    saved = commands.save_as_json(actor_of(request))
    answer = StreamingHttpResponse(_bytes(saved), content_type="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="services.json"'
    return answer


def _bytes(saved: IO[str]) -> Iterator[bytes]:
    with saved:
        for part in saved:
            yield part.encode()


@require_POST
def save_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole directory as HSDS's package of CSV tables."""
    saved = commands.save_as_csv(actor_of(request))
    return FileResponse(
        saved, as_attachment=True, filename="services.zip", content_type="application/zip"
    )
