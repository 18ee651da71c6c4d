"""Questionnaires: the list, bringing one in, writing one, and what stands in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.base.errors import Refused
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.summary import Summary
from kith.methods.instruments.xlsform.languages import own_name
from kith.questionnaires import commands, forms
from kith.questionnaires.commands import FileRefused
from kith.questionnaires.models import Questionnaire, Version
from kith.questionnaires.permissions import ASK_IN_PROGRAMME, WRITE_QUESTIONNAIRES
from kith.questionnaires.queries import lists
from kith.questionnaires.queries.content import instrument_of
from kith.questionnaires.rules import Source, VersionState, words
from kith.questionnaires.rules.findings import finding_words, place_words
from kith.questionnaires.views.shared import language, questionnaire_or_404
from kith.questionnaires.views.shown import FindingLine
from kith.web.acts import actor_of, after_in, done, typed
from kith.web.forms import KithForm, refuse
from kith.web.words import and_list


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All questionnaires, the newest first."""
    actor = actor_of(request)
    is_retired = request.GET.get("show") == "retired"
    lines, after = lists.part_of_list(actor, after=after_in(request), retired=is_retired)
    page = {
        "lines": [(line, words.SOURCES[Source(line.questionnaire.source)]) for line in lines],
        "next_url": f"{request.path}?{_query(request, after)}" if after else "",
        "first_url": request.path if request.GET.get("after") else "",
        "is_retired": is_retired,
        "may_write": has(actor, WRITE_QUESTIONNAIRES),
    }
    return render(request, "questionnaires/index.html", page)


def _query(request: HttpRequest, after: UUID) -> str:
    query = request.GET.copy()
    query["after"] = str(after)
    return query.urlencode()


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """The ways to a questionnaire: ours, written here, from a file."""
    actor = actor_of(request)
    check(actor, WRITE_QUESTIONNAIRES)
    taken = lists.packs_taken(actor)
    packs = [
        {
            "key": pack.id,
            "title": pack.words(pack.title, language()),
            "languages": and_list([own_name(code) for code in pack.languages]),
            "questions": Summary.of(pack).questions,
            "is_taken": pack.id in taken,
        }
        for pack in shipped_packs()
    ]
    return render(request, "questionnaires/new.html", {"packs": packs})


@require_POST
def take_pack(request: HttpRequest, key: str) -> HttpResponse:
    """Use one of our packs."""
    try:
        version = commands.take_pack(actor_of(request), key=key, today=clock.today())
    except KeyError as fault:
        raise Http404 from fault
    messages.success(request, _("The questionnaire is ready. Now let a programme ask it."))
    return redirect("questionnaires:questionnaire", version.questionnaire_id)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A file: looked at row by row, and taken as a draft."""
    actor = actor_of(request)
    check(actor, WRITE_QUESTIONNAIRES)
    home = questionnaire_or_404(request, pk) if pk else None
    form = forms.UploadForm(typed(request), request.FILES or None, initial={"language": language()})
    findings: Sequence[Finding] = ()
    if request.method == "POST" and form.is_valid():
        try:
            version = _take(request, form, home)
        except FileRefused as refusal:
            findings = refusal.findings
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("questionnaires:version", version.pk)
    page = {
        "form": form,
        "questionnaire": home,
        "filename": str(form.cleaned_data["file"].name) if findings else "",
        "refusals": _finding_lines(one for one in findings if one.refuses),
        "notes": _finding_lines(one for one in findings if not one.refuses),
    }
    status = 422 if findings or form.errors else 200
    return render(request, "questionnaires/upload.html", page, status=status)


def _take(request: HttpRequest, form: forms.UploadForm, home: Questionnaire | None) -> Version:
    file = form.cleaned_data["file"]
    return commands.take_file(
        actor_of(request),
        content=file.read(),
        filename=file.name,
        language=form.cleaned_data["language"],
        questionnaire=home,
    )


def _finding_lines(findings: Any) -> list[FindingLine]:
    return [
        FindingLine(place_words(one.sheet, one.row, one.column), finding_words(one))
        for one in findings
    ]


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire that is written here."""
    actor = actor_of(request)
    check(actor, WRITE_QUESTIONNAIRES)
    form = forms.TitleForm(typed(request), initial={"first": language()})
    if request.method == "POST" and form.is_valid():
        spoken = form.languages()
        try:
            version = commands.write_questionnaire(
                actor, title={spoken[0]: form.cleaned_data["title"]}, languages=spoken
            )
        except FileRefused as refusal:
            form.add_error("title", finding_words(refusal.findings[0]))
        else:
            return redirect("questionnaires:version", version.pk)
    return render(request, "questionnaires/write.html", {"form": form})


@require_GET
def questionnaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A questionnaire: its versions, and which programmes ask it."""
    actor, row = actor_of(request), questionnaire_or_404(request, pk)
    versions = lists.versions_of(actor, row)
    ready = next((one for one in versions if one.state == VersionState.READY.value), None)
    draft = next((one for one in versions if one.state == VersionState.DRAFT.value), None)
    instrument = instrument_of(ready or versions[0])
    page = {
        "questionnaire": row,
        "source": words.SOURCES[Source(row.source)],
        "versions": [(one, *words.VERSION_STATES[VersionState(one.state)]) for one in versions],
        "ready": ready,
        "draft": draft,
        "askings": [
            (one, words.MOMENTS[one.moment], words.SIDES[one.side])  # type: ignore[index]
            for one in lists.askings(actor).filter(questionnaire=row, ended_on__isnull=True)
        ],
        "licence": instrument.licence,
        "summary": Summary.of(instrument),
        "languages": and_list([own_name(code) for code in instrument.languages]),
        "may_write": has(actor, WRITE_QUESTIONNAIRES) and not row.retired_on,
        "may_ask": has(actor, ASK_IN_PROGRAMME) and ready is not None and not row.retired_on,
        "is_written": row.source == Source.WRITTEN.value,
        "is_pack": row.source == Source.PACK.value,
    }
    return render(request, "questionnaires/questionnaire.html", page)


@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask it no more, after a clear yes."""
    row = questionnaire_or_404(request, pk)
    form = KithForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.retire(actor_of(request), questionnaire=row, today=clock.today()),
    ):
        return redirect("questionnaires:index")
    page = {"questionnaire": row, "form": form}
    return render(request, "questionnaires/retire.html", page)
