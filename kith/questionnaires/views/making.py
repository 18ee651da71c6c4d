"""Questionnaires: the list, bringing one in, writing one, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.base.errors import Refused
from kith.gate.commands import check
from kith.gate.permissions import has
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.rules import rules_of
from kith.methods.instruments.schema import Instrument, Item, Kind
from kith.methods.instruments.summary import Summary
from kith.methods.instruments.xlsform.languages import own_name
from kith.methods.instruments.xlsform_out import write_xlsform
from kith.questionnaires import commands, forms
from kith.questionnaires.commands import FileRefused
from kith.questionnaires.models import Questionnaire, Version
from kith.questionnaires.permissions import ASK_IN_PROGRAMME, WRITE_QUESTIONNAIRES
from kith.questionnaires.queries import lists
from kith.questionnaires.queries.content import instrument_of
from kith.questionnaires.rules import Source, VersionState, words
from kith.questionnaires.rules.editing import QuestionKind, kind_of
from kith.questionnaires.rules.findings import finding_words, place_words, words_of
from kith.questionnaires.views.shared import (
    actor_of,
    done,
    draft_or_404,
    language,
    questionnaire_or_404,
    typed,
    version_or_404,
)
from kith.web.forms import KithForm, refuse
from kith.web.words import and_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class FindingLine:
    """One finding as a page shows it."""

    place: str
    says: str


@dataclass(frozen=True)
class ItemLine:
    """One item of a questionnaire as the overview shows it."""

    item: Item
    name: str
    kind: str
    label: str
    choices: list[str]
    only_when: str
    is_required: bool
    depth: int
    is_first: bool = False
    is_last: bool = False


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All questionnaires, the newest first."""
    actor = actor_of(request)
    is_retired = request.GET.get("show") == "retired"
    lines, after = lists.part_of_list(actor, after=_after(request), retired=is_retired)
    page = {
        "lines": [(line, words.SOURCES[Source(line.questionnaire.source)]) for line in lines],
        "next_url": f"{request.path}?{_query(request, after)}" if after else "",
        "first_url": request.path if request.GET.get("after") else "",
        "is_retired": is_retired,
        "may_write": has(actor, WRITE_QUESTIONNAIRES),
    }
    return render(request, "questionnaires/index.html", page)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


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


@require_GET
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every question of a version; of a draft written here, with the ways to change it."""
    row = version_or_404(request, pk)
    instrument = instrument_of(row)
    is_draft = row.state == VersionState.DRAFT.value
    may_write = is_draft and has(actor_of(request), WRITE_QUESTIONNAIRES)
    is_written = row.questionnaire.source == Source.WRITTEN.value
    page = {
        "version": row,
        "questionnaire": row.questionnaire,
        "state": words.VERSION_STATES[VersionState(row.state)],
        "lines": _item_lines(instrument, is_written=is_written),
        "notes": [
            FindingLine(
                place_words(one["sheet"], one["row"], one["column"]),
                words_of(one["code"], one["params"]),
            )
            for one in row.notes
        ],
        "languages": and_list([own_name(code) for code in instrument.languages]),
        "may_write": may_write,
        "may_edit": may_write and is_written,
        "kinds": list(words.QUESTION_KINDS.items()),
        "has_questions": any(item.has_answer for item in instrument.walk()),
    }
    return render(request, "questionnaires/version.html", page)


def _item_lines(instrument: Instrument, *, is_written: bool) -> list[ItemLine]:
    depths = _depths(instrument.items, 0)
    names = {item.name: instrument.words(item.label, language()) for item in instrument.walk()}
    last = len(instrument.items) - 1
    tops = {item.name: at for at, item in enumerate(instrument.items)}
    return [
        ItemLine(
            item=item,
            name=item.name,
            kind=str(_kind_words(item, is_written=is_written)),
            label=names[item.name] or instrument.words(item.hint, language()),
            choices=_choices(instrument, item),
            only_when=rules_of(item).get("relevant", ""),
            is_required=bool(item.required),
            depth=depths[item.name],
            is_first=tops.get(item.name) == 0,
            is_last=tops.get(item.name) == last,
        )
        for item in instrument.walk()
    ]


def _kind_words(item: Item, *, is_written: bool) -> Any:
    if is_written:
        return words.QUESTION_KINDS[kind_of(item)]
    return words.ITEM_KINDS[item.kind]


def _choices(instrument: Instrument, item: Item) -> list[str]:
    found = instrument.choices.get(item.choices, ())
    return [instrument.words(one.label, language()) for one in found[:12]]


def _depths(items: Sequence[Item], depth: int) -> dict[str, int]:
    found = {}
    for item in items:
        found[item.name] = depth
        found |= _depths(item.items, depth + 1)
    return found


@require_http_methods(["GET", "POST"])
def titles(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The title in each language, and the languages themselves."""
    actor, row = actor_of(request), draft_or_404(request, pk)
    form = forms.TitlesForm(typed(request), instrument=instrument_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            commands.name_questionnaire(
                actor, version=row, title=form.words(forms.TITLE), languages=form.chosen()
            )
        except FileRefused as refusal:
            form.add_error(None, finding_words(refusal.findings[0]))
        else:
            return redirect("questionnaires:version", row.pk)
    page = {"form": form, "version": row, "questionnaire": row.questionnaire}
    return render(request, "questionnaires/titles.html", page)


@require_http_methods(["GET", "POST"])
def add_question(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """A new question at the end of a draft."""
    if kind not in set(QuestionKind):
        raise Http404
    return _question(request, pk, QuestionKind(kind), "")


@require_http_methods(["GET", "POST"])
def change_question(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """A question of a draft, to change."""
    row = draft_or_404(request, pk)
    return _question(request, pk, kind_of(_item_or_404(row, name)), name)


def _question(request: HttpRequest, pk: UUID, kind: QuestionKind, name: str) -> HttpResponse:
    actor, row = actor_of(request), draft_or_404(request, pk)
    if row.questionnaire.source != Source.WRITTEN.value:
        raise Http404
    form = forms.QuestionForm(typed(request), instrument=instrument_of(row), kind=kind, name=name)
    if request.method == "POST" and form.is_valid():
        try:
            commands.put_question(actor, version=row, draft=form.draft(), name=name)
        except FileRefused as refusal:
            form.show_findings(refusal.findings)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect(f"{reverse('questionnaires:version', args=[pk])}#{name or 'last'}")
    page = {
        "form": form,
        "version": row,
        "questionnaire": row.questionnaire,
        "kind": words.QUESTION_KINDS[kind],
        "name": name,
    }
    return render(request, "questionnaires/question.html", page)


def _item_or_404(row: Version, name: str) -> Item:
    try:
        item = instrument_of(row).item(name)
    except KeyError as fault:
        raise Http404 from fault
    if item.kind in {Kind.GROUP, Kind.REPEAT}:
        raise Http404
    return item


@require_POST
def move_question(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One place up or down."""
    row = draft_or_404(request, pk)
    by = -1 if request.POST.get("to") == "up" else 1
    try:
        commands.move_question(actor_of(request), version=row, name=name, by=by)
    except FileRefused as refusal:
        messages.warning(request, finding_words(refusal.findings[0]))
    return redirect(f"{reverse('questionnaires:version', args=[pk])}#{name}")


@require_POST
def remove_question(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a question out."""
    commands.remove_question(actor_of(request), version=draft_or_404(request, pk), name=name)
    messages.success(request, _("The question is taken out."))
    return redirect("questionnaires:version", pk)


@require_POST
def make_ready(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From now on this version can be asked and stays as it is."""
    row = draft_or_404(request, pk)
    commands.make_ready(actor_of(request), version=row, today=clock.today())
    messages.success(request, _("The questionnaire is ready. Now let a programme ask it."))
    return redirect("questionnaires:questionnaire", row.questionnaire_id)


@require_POST
def begin_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version, from the newest."""
    row = questionnaire_or_404(request, pk)
    draft = commands.begin_draft(actor_of(request), questionnaire=row)
    return redirect("questionnaires:version", draft.pk)


@require_POST
def throw_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget a draft."""
    row = draft_or_404(request, pk)
    commands.throw_draft_away(actor_of(request), version=row)
    messages.success(request, _("The draft is forgotten."))
    return redirect("questionnaires:index")


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


@require_GET
def save_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions as an XLSForm, without anybody's answers."""
    row = version_or_404(request, pk)
    instrument = instrument_of(row)
    answer = HttpResponse(write_xlsform(instrument), content_type=XLSX)
    name = "".join(sign for sign in instrument.id if sign.isalnum() or sign in "-_") or "form"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
