"""Bringing in a list, step by step; nothing is stored before someone agrees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.methods.tables import Mapping
from kith.people import commands, queries
from kith.people.forms import (
    ColumnsForm,
    ConfirmForm,
    CorrectForm,
    SheetForm,
    TwinForm,
    UploadForm,
    WordsForm,
)
from kith.people.models import ImportBatch
from kith.people.permissions import IMPORT_PEOPLE
from kith.people.rules import BUSY, ImportState
from kith.people.rules.listrows import columns_of
from kith.people.views import listpages
from kith.web.acts import actor_of, done, typed
from kith.web.panels import is_partial

SHOWN = 20
STEP_PAGES = {
    ImportState.UPLOADED: "people:import_columns",
    ImportState.CHECKED: "people:import_preview",
}


def _batch(request: HttpRequest, pk: UUID) -> ImportBatch:
    return get_object_or_404(queries.imports(actor_of(request)).select_related("file"), pk=pk)


def _read_batch(request: HttpRequest, pk: UUID) -> ImportBatch:
    return queries.looked_at(actor_of(request), batch=_batch(request, pk))


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Lists brought in so far, and a new one."""
    actor = actor_of(request)
    check(actor, IMPORT_PEOPLE)
    wanted = request.GET.get("kind", "")
    form = UploadForm(typed(request), request.FILES or None, initial={"kind": wanted})
    found: list[ImportBatch] = []
    if request.method == "POST" and done(form, lambda: found.append(_upload(request, form))):
        return redirect("people:import", pk=found[0].pk)
    page = {"form": form, "batches": listpages.batches(actor), "steps": listpages.steps()}
    return render(request, "people/imports/start.html", page)


def _upload(request: HttpRequest, form: UploadForm) -> ImportBatch:
    file = form.cleaned_data["file"]
    return commands.upload_list(
        actor_of(request),
        kind=form.cleaned_data["kind"],
        content=listpages.content_of(file),
        filename=file.name,
    )


@require_GET
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An import where it stands."""
    batch = _batch(request, pk)
    state = ImportState(batch.state)
    if state in STEP_PAGES:
        return redirect(STEP_PAGES[state], pk=pk)
    if state in BUSY:
        page = {"batch": batch, "words": listpages.progress_in_words(batch)}
        return render(request, "people/imports/progress.html", page)
    if is_partial(request):
        # The progress part asks again and again; the finished import is a page of its own.
        answer = HttpResponse()
        answer.headers["HX-Redirect"] = request.path
        return answer
    page = listpages.result(actor_of(request), batch)
    return render(request, "people/imports/result.html", page)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each column of the list is."""
    actor, batch = actor_of(request), _read_batch(request, pk)
    never = batch.reading["never"] if batch.reading else {}
    found = columns_of(batch.reading) if batch.reading else ()
    headings = [column.heading for column in found if column.heading not in never]
    chosen = Mapping.from_dict(batch.mapping or {}).columns
    form = ColumnsForm(typed(request), kind=batch.kind, headings=headings, chosen=chosen)
    if request.method == "POST" and done(
        form,
        lambda: commands.choose_columns(
            actor, batch=batch, columns=form.columns(), today=clock.today()
        ),
    ):
        return redirect("people:import", pk=pk)
    page = listpages.columns(batch, form, found, never)
    return render(request, "people/imports/columns.html", page)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take another sheet of the file, or the other kind of people."""
    actor, batch = actor_of(request), _batch(request, pk)
    reading = batch.reading or {"sheets": [], "sheet": ""}
    initial = {"sheet": reading["sheet"], "kind": batch.kind}
    form = SheetForm(typed(request), sheets=reading["sheets"], initial=initial)
    if request.method == "POST" and done(
        form, lambda: commands.choose_sheet(actor, batch=batch, **form.chosen())
    ):
        return redirect("people:import", pk=pk)
    page = {"form": form, "batch": batch, "steps": listpages.steps()}
    return render(request, "people/imports/sheet.html", page)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What words mean that were not recognised."""
    actor, batch = actor_of(request), _read_batch(request, pk)
    unknown = (batch.findings or {}).get("unknown", [])
    form = WordsForm(typed(request), unknown=unknown)
    if request.method == "POST" and done(
        form,
        lambda: commands.choose_words(actor, batch=batch, words=form.words(), today=clock.today()),
    ):
        return redirect("people:import", pk=pk)
    page = {"form": form, "batch": batch, "steps": listpages.steps()}
    return render(request, "people/imports/words.html", page)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would be stored, and the one yes to it."""
    actor, batch = actor_of(request), _batch(request, pk)
    form = ConfirmForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.store_import(actor, batch=batch, today=clock.today(), now=clock.now()),
    ):
        return redirect("people:import", pk=pk)
    if batch.state != ImportState.CHECKED:
        return redirect("people:import", pk=pk)
    page = listpages.preview(actor, batch)
    return render(request, "people/imports/preview.html", {**page, "form": form})


@require_GET
def rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report, row by row."""
    actor, batch = actor_of(request), _read_batch(request, pk)
    after = request.GET.get("after", "")
    page = listpages.report(actor, batch, int(after) if after.isdecimal() else 0)
    return render(request, "people/imports/rows.html", page)


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Correct one row; what was typed stays, whatever Kith says of it."""
    actor, batch = actor_of(request), _read_batch(request, pk)
    found = get_object_or_404(queries.rows_to_correct(actor, batch), number=number)
    form = CorrectForm(typed(request), cells=found.cells or {})
    if request.method != "POST":
        form = listpages.with_remarks(form, found)
    elif done(form, lambda: _correct(request, found, form)):
        return redirect("people:import_rows", pk=pk)
    page = {"form": form, "batch": batch, "row": found, "steps": listpages.steps()}
    return render(request, "people/imports/row.html", page)


def _correct(request: HttpRequest, found: Any, form: CorrectForm) -> None:
    kept = commands.correct_row(
        actor_of(request), row=found, cells=form.cells(), today=clock.today(), now=clock.now()
    )
    faults = listpages.faults(kept)
    if faults:
        form.say(faults)
        raise commands.StillToCorrect()


@require_POST
def leave_row(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Leave one row out."""
    actor, batch = actor_of(request), _batch(request, pk)
    found = get_object_or_404(queries.import_rows(actor, batch), number=number)
    commands.choose_row(actor, row=found, choice="leave")
    return redirect("people:import_rows", pk=pk)


@require_http_methods(["GET", "POST"])
def twins(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Possible duplicates side by side, and what to do with each."""
    actor, batch = actor_of(request), _read_batch(request, pk)
    after = request.GET.get("after", "")
    found = queries.rows_with_twins(actor, batch).filter(
        number__gt=int(after) if after.isdecimal() else 0
    )
    part = list(found[: SHOWN + 1])
    forms = [TwinForm(typed(request), row=one) for one in part[:SHOWN]]
    if request.method == "POST" and all(form.is_valid() for form in forms):
        choices = zip(part, (form.cleaned_data["choice"] for form in forms), strict=False)
        commands.choose_rows(actor, batch=batch, choices=[(one, said) for one, said in choices])
        if len(part) > SHOWN:
            return redirect(f"{request.path}?after={part[SHOWN - 1].number}")
        return redirect("people:import", pk=pk)
    page = listpages.twins(batch, part[:SHOWN], forms)
    return render(request, "people/imports/twins.html", page)


@require_GET
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same sheet with a column of remarks."""
    actor, batch = actor_of(request), _read_batch(request, pk)
    content = commands.report_sheet(actor, batch=batch, today=clock.today())
    answer = HttpResponse(content, content_type=listpages.XLSX)
    name = _("list-with-remarks")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a long import after its present part."""
    commands.stop_import(actor_of(request), batch=_batch(request, pk))
    return redirect("people:import", pk=pk)


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with an import that stopped or was cut off."""
    actor, batch = actor_of(request), _batch(request, pk)
    if batch.state == ImportState.STOPPED:
        commands.store_import(actor, batch=batch, today=clock.today(), now=clock.now())
    else:
        commands.resume_import(actor, batch=batch)
    return redirect("people:import", pk=pk)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a whole import back."""
    commands.undo_import(actor_of(request), batch=_batch(request, pk))
    return redirect("people:import", pk=pk)


@require_POST
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget a list of which nothing was stored."""
    commands.throw_away(actor_of(request), batch=_batch(request, pk))
    messages.success(request, _("The list was forgotten. Nothing of it is kept."))
    return redirect("people:imports")
