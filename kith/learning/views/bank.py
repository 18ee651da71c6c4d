"""The questions of a module and the tasks of a story; files of questions in and out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.learning.commands import bank as commands
from kith.learning.forms.authoring import BankFileForm, ChoosingForm, TakeForm, TomlForm
from kith.learning.models import CoursePart
from kith.learning.queries import wordings as queries
from kith.learning.rules import choosing
from kith.learning.rules.blocks import TOML, Found, block_of, found_in, read_block, written
from kith.learning.rules.findings import finding_words, note_words, unreadable_words
from kith.learning.rules.pieces import fingerprint, name_for
from kith.learning.rules.states import PartKind
from kith.learning.rules.written import (
    FORMAT_HELP,
    FORMAT_WORDS,
    KIND_WORDS,
    WEIGHT_WORDS,
    example_of,
)
from kith.learning.views.drafts import WRONG, Line, acted, part_or_404, said
from kith.methods.learning.banks.notes import Note, UnreadableBank, Weight
from kith.methods.learning.courses.findings import Finding
from kith.methods.learning.courses.schema import languages_of, questions_in
from kith.methods.learning.questions.schema import (
    ENGLISH,
    Choosing,
    Essay,
    Gapped,
    Kind,
    Question,
    Single,
)
from kith.methods.learning.questions.stored import to_plain
from kith.methods.learning.questions.writing import write_questions
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done, typed
from kith.web.words import Text, comma_list

MOST_SENT = 1_900_000
"""Bytes of questions, as browsers send them, that are carried from looking to taking."""


@require_GET
def bank(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All questions of a part."""
    row = part_or_404(request, pk)
    asked = queries.asked_of(row)
    page = {
        "part": row,
        "title": said(row.title),
        "is_module": _is_module(row),
        "questions": [
            (one, KIND_WORDS[one.kind], _stem(one), asked.get(one.key)) for one in _questions(row)
        ],
        "kinds": [(kind.value, words) for kind, words in KIND_WORDS.items() if _takes(row, kind)],
    }
    return render(request, "learning/bank.html", page)


def _is_module(row: CoursePart) -> bool:
    return bool(row.kind == PartKind.MODULE.value)


def _takes(row: CoursePart, kind: Kind) -> bool:
    return (kind is Kind.ESSAY) != _is_module(row)


def _questions(row: CoursePart) -> tuple[Question, ...]:
    return tuple(questions_in(queries.content_of(row)))


def _stem(question: Question) -> str:
    words = question.stem or (question.text if isinstance(question, Gapped) else {})
    return said(dict(words)) or question.title or question.key


def _question_or_404(row: CoursePart, key: str) -> Question:
    found = next((one for one in _questions(row) if one.key == key), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One more question of a kind."""
    row = part_or_404(request, pk)
    if kind not in set(Kind) or not _takes(row, Kind(kind)):
        raise Http404
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        return _new_choosing(request, row, one_right=kind == Kind.SINGLE)
    form = TomlForm(typed(request), initial={"block": example_of(Kind(kind))})
    return _block_page(request, row, form, lambda one: _added(request, row, one), None)


def _new_choosing(request: HttpRequest, row: CoursePart, *, one_right: bool) -> HttpResponse:
    form = ChoosingForm(typed(request), one_right=one_right)

    def add() -> None:
        taken = {one.key for one in _questions(row)}
        key = name_for(form.cleaned_data["stem"], taken, "question")
        _added(request, row, choosing.asked(form.typed(), one_right=one_right, key=key))

    if request.method == "POST" and done(form, add):
        return _saved(request, row)
    return _choosing_page(request, row, form, None)


def _added(request: HttpRequest, row: CoursePart, question: Question) -> None:
    commands.add_question(actor_of(request), part=row, question=question)


def _saved(request: HttpRequest, row: CoursePart) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("learning:bank", row.pk)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """A question with options as a form; the others as text."""
    row = part_or_404(request, pk)
    old = _question_or_404(row, key)
    if not isinstance(old, Choosing):
        return redirect("learning:question_text", pk, key)
    form = ChoosingForm(typed(request), one_right=isinstance(old, Single), old=old)
    keep = _keeper(request, row, old)
    if request.method == "POST" and done(form, lambda: keep(choosing.changed(old, form.typed()))):
        return _saved(request, row)
    return _choosing_page(request, row, form, old)


def _keeper(request: HttpRequest, row: CoursePart, old: Question) -> Callable[[Question], None]:
    """Keeps another wording of a question, unless somebody else has changed it meanwhile."""
    seen = request.POST.get("seen", "") or fingerprint(to_plain(old))

    def keep(new: Question) -> None:
        actor = actor_of(request)
        commands.save_question(actor, part=row, key=old.key, question=new, seen=seen)

    return keep


def _choosing_page(
    request: HttpRequest, row: CoursePart, form: ChoosingForm, old: Choosing | None
) -> HttpResponse:
    page = {"form": form, "one_right": form.one_right, **_about(request, row, old)}
    status = WRONG if form.errors else 200
    return render(request, "learning/question_edit.html", page, status=status)


def _about(request: HttpRequest, row: CoursePart, old: Question | None) -> dict[str, Any]:
    seen = fingerprint(to_plain(old)) if old else ""
    typed_for = request.POST.get("seen", "") or seen
    return {
        "part": row,
        "old": old,
        "seen": seen,
        "theirs": block_of(old) if old and typed_for != seen else "",
    }


@require_http_methods(["GET", "POST"])
def question_text(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """A question of any kind as its block of text."""
    row = part_or_404(request, pk)
    old = _question_or_404(row, key)
    form = TomlForm(typed(request), initial={"block": block_of(old)})
    return _block_page(request, row, form, _keeper(request, row, old), old)


def _block_page(
    request: HttpRequest,
    row: CoursePart,
    form: TomlForm,
    keep: Callable[[Question], None],
    old: Question | None,
) -> HttpResponse:
    faults: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        questions, faults = read_block(form.cleaned_data["block"])
        if faults or len(questions) != 1:
            form.add_error("block", _("Nothing is saved yet: write exactly one question."))
        elif done(form, lambda: keep(questions[0])):
            return _saved(request, row)
    page = {"form": form, "faults": _in_lines(faults), **_about(request, row, old)}
    return render(
        request, "learning/question_text.html", page, status=WRONG if form.errors else 200
    )


def _in_lines(faults: tuple[Finding, ...]) -> list[Line]:
    return [Line(_place("", one.line or 0, one.place), finding_words(one)) for one in faults]


def _place(where: str, line: int, name: str) -> str:
    at = _("line %(number)d") % {"number": line} if line else ""
    return comma_list([one for one in (where, at, name) if one])


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Take a question out, after a clear yes."""
    actor, row = actor_of(request), part_or_404(request, pk)
    if request.method == "POST":
        act, told = commands.remove_question, _("The question is gone.")
        return acted(request, lambda: act(actor, part=row, key=key), told, "learning:bank", row.pk)
    stem = _stem(_question_or_404(row, key))
    return render(request, "learning/question_remove.html", {"part": row, "stem": stem})


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file of questions: what is in it, before anything is kept."""
    row = _module_or_404(request, pk)
    form, found = BankFileForm(typed(request), request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        found = _found(form)
    page: dict[str, Any] = {"part": row, "form": form}
    if found is not None:
        page |= _found_page(found)
    status = WRONG if form.errors else 200
    return render(request, "learning/bank_look.html", page, status=status)


def _module_or_404(request: HttpRequest, pk: UUID) -> CoursePart:
    row = part_or_404(request, pk)
    if not _is_module(row):
        raise Http404
    return row


def _found(form: BankFileForm) -> Found | None:
    file, language = form.cleaned_data["file"], form.cleaned_data["language"]
    try:
        found = found_in(file.read(), name=file.name, language=language)
    except UnreadableBank as fault:
        form.add_error("file", _place(unreadable_words(fault), fault.line, fault.where))
        return None
    if len(quote_plus(write_questions(found.questions))) > MOST_SENT:
        form.add_error("file", _("There is too much in this file. Split it into smaller ones."))
        return None
    return found


def _found_page(found: Found) -> dict[str, Any]:
    taken = [one for one in found.questions if not isinstance(one, Essay)]
    open_ones = [one for one in found.questions if isinstance(one, Essay)]
    return {
        "found": found,
        "kind": FORMAT_WORDS.get(found.kind, found.kind),
        "taken": [(KIND_WORDS[one.kind], _stem(one)) for one in taken],
        "open": [_stem(one) for one in open_ones],
        "notes": _said(found.notes),
        "faults": _in_lines(found.faults),
        "take": TakeForm(initial={"found": write_questions(taken)}),
    }


@dataclass(frozen=True)
class SaidNote:
    place: str
    weight: Text
    tone: str
    says: str


def _said(notes: tuple[Note, ...]) -> list[SaidNote]:
    """Notes, what was left out first."""
    order = [*Weight]
    found = sorted(notes, key=lambda one: order.index(one.weight))
    tones = {Weight.LEFT_OUT: "warn", Weight.CHANGED: "info", Weight.FYI: "calm"}
    return [
        SaidNote(
            _place(one.where, one.line, one.name),
            WEIGHT_WORDS[one.weight],
            tones[one.weight],
            note_words(one),
        )
        for one in found
    ]


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the questions that were looked at."""
    row, form = _module_or_404(request, pk), TakeForm(request.POST)
    questions = read_block(form["found"].value() or "")[0]
    act = commands.take_questions
    told = ngettext(
        "%(number)d question was taken.", "%(number)d questions were taken.", len(questions)
    )
    return acted(
        request,
        lambda: act(actor_of(request), part=row, questions=questions),
        told % {"number": len(questions)},
        "learning:bank",
        row.pk,
    )


@require_GET
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bank as a file: choose the kind, see what it cannot hold, save it."""
    row = _module_or_404(request, pk)
    kind, language = _wanted(request)
    languages = languages_of({code: code for one in _questions(row) for code in one.stem})
    page = {
        "part": row,
        "formats": [(key, words, FORMAT_HELP[key]) for key, words in FORMAT_WORDS.items()],
        "kind": kind,
        "format": FORMAT_WORDS[kind],
        "language": language,
        "languages": [(code, language_name(code)) for code in languages or (ENGLISH,)],
        "notes": _said(written(_questions(row), kind=kind, language=language).notes),
        "count": len(_questions(row)),
    }
    return render(request, "learning/bank_export.html", page)


def _wanted(request: HttpRequest) -> tuple[str, str]:
    kind, language = request.GET.get("kind", TOML), request.GET.get("language", ENGLISH)
    return (kind if kind in FORMAT_WORDS else TOML), language[:8]


@require_GET
def export_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file."""
    row = _module_or_404(request, pk)
    kind, language = _wanted(request)
    out = written(_questions(row), kind=kind, language=language)
    name = f"{row.key}-{kind}{out.suffix}"
    answer = HttpResponse(out.content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
