"""A version of a questionnaire: its questions, written one by one, until it is ready."""

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
from kith.gate.permissions import has
from kith.methods.instruments.rules import rules_of
from kith.methods.instruments.schema import Instrument, Item, Kind
from kith.methods.instruments.xlsform.languages import own_name
from kith.methods.instruments.xlsform_out import write_xlsform
from kith.questionnaires import commands, forms
from kith.questionnaires.commands import FileRefused
from kith.questionnaires.models import Version
from kith.questionnaires.permissions import WRITE_QUESTIONNAIRES
from kith.questionnaires.queries.content import instrument_of
from kith.questionnaires.rules import Source, VersionState, words
from kith.questionnaires.rules.editing import QuestionKind, kind_of
from kith.questionnaires.rules.findings import finding_words, place_words, words_of
from kith.questionnaires.views.shared import (
    draft_or_404,
    language,
    questionnaire_or_404,
    version_or_404,
)
from kith.questionnaires.views.shown import FindingLine
from kith.web.acts import actor_of, typed
from kith.web.forms import refuse
from kith.web.words import and_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


@require_GET
def save_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions as an XLSForm, without anybody's answers."""
    row = version_or_404(request, pk)
    instrument = instrument_of(row)
    answer = HttpResponse(write_xlsform(instrument), content_type=XLSX)
    name = "".join(sign for sign in instrument.id if sign.isalnum() or sign in "-_") or "form"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
