"""All questions on one page: for a large screen, for asking together, and for trying a form."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.actor import Actor
from kith.methods.instruments.answering import Nested, with_answers, with_entry, without_entry
from kith.methods.instruments.answers import Fault
from kith.methods.instruments.filling import Filled
from kith.methods.instruments.portable import portable
from kith.methods.instruments.state import MOST_ENTRIES
from kith.questionnaires import commands
from kith.questionnaires.commands.answering import AnswersUnfit
from kith.questionnaires.models import Answers, Version
from kith.questionnaires.queries.content import fill_version, filled_of, instrument_of
from kith.questionnaires.rules import AnswersState
from kith.questionnaires.views.screens import after_url, language_now, spoken_page
from kith.questionnaires.views.shared import answers_or_404, language, version_or_404
from kith.questionnaires.views.shown import (
    all_questions,
    blocks,
    direction,
    for_browser,
    language_of,
    tongues,
)
from kith.web.acts import actor_of, typed
from kith.web.forms.questions import QuestionsForm

A_DAY = 24 * 60 * 60
ENTRIES = "entries."
"""How many entries of a repeat the page before showed: entries.kids."""


@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All questions on one page; what holds is kept, what does not is told."""
    actor, row = actor_of(request), answers_or_404(request, pk)
    if row.state != AnswersState.OPEN.value:
        return redirect(after_url(actor, row))
    spoken, instrument = language_now(request, row), instrument_of(row.version)
    filled = filled_of(row, row.given or {}, now=clock.now(), language=spoken)
    form = QuestionsForm(typed(request), questions=all_questions(instrument, filled))
    if request.method == "POST" and form.is_valid():
        faults = _keep(request, row, form.answers(), spoken)
        if not faults and "send" in request.POST:
            return redirect("questionnaires:review", pk)
        if not faults:
            return redirect(request.get_full_path())
        filled = filled_of(row, row.given or {}, now=clock.now(), language=spoken)
        form = _shown_again(request, row, filled, faults)
    page = {
        "answers": row,
        "title": row.asking.questionnaire.titled(language()),
        "questions_url": reverse("questionnaires:answers_questions", args=[pk]),
        **_page(row.version, filled, form, spoken),
        **spoken_page(instrument, spoken, row, actor),
    }
    return render(request, "questionnaires/all.html", page, status=422 if form.errors else 200)


def _shown_again(
    request: HttpRequest, row: Answers, filled: Filled, faults: dict[str, Any]
) -> QuestionsForm:
    """The page with what was typed and what does not hold in it."""
    form = QuestionsForm(request.POST, questions=all_questions(instrument_of(row.version), filled))
    form.is_valid()
    for key, fault in faults.items():
        if key in form.fields:
            form.show_fault(key, fault)
    return form


def _keep(
    request: HttpRequest, row: Answers, given: dict[str, str], spoken: str
) -> dict[str, Fault]:
    """Keep what holds; gives why the rest does not."""
    keep = partial(_kept, actor_of(request), row, spoken)
    faults = keep(given)
    if faults:
        row.refresh_from_db()
        keep({key: text for key, text in given.items() if key not in faults})
    return {} if _entries_kept(request, row) else faults


def _kept(actor: Actor, row: Answers, spoken: str, given: dict[str, str]) -> dict[str, Fault]:
    try:
        commands.keep_answers(
            actor,
            answers=row,
            given=given,
            language=spoken,
            today=clock.today(),
            now=clock.now(),
        )
    except AnswersUnfit as unfit:
        return unfit.faults
    return {}


def _entries_kept(request: HttpRequest, row: Answers) -> bool:
    """Whether one more entry of a repeat was asked for, or one less."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    if repeat := request.POST.get("another", ""):
        commands.add_entry(actor, answers=row, repeat=repeat, today=today, now=now)
        return True
    repeat, entry = _entry_to_leave(request)
    if repeat:
        commands.remove_entry(actor, answers=row, repeat=repeat, entry=entry, today=today, now=now)
    return bool(repeat)


def _entry_to_leave(request: HttpRequest) -> tuple[str, int]:
    """The repeat and entry behind a button such as kids.1; no repeat when none was pressed."""
    repeat, _point, number = request.POST.get("without", "").rpartition(".")
    return (repeat, int(number)) if repeat and number.isdecimal() else ("", 0)


def _page(version: Version, filled: Filled, form: QuestionsForm, spoken: str) -> dict[str, Any]:
    return {
        "form": form,
        "blocks": blocks(instrument_of(version), filled, form),
        **for_browser(filled, clock.now(), spoken),
    }


@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a version as those see it who answer; nothing is kept."""
    version = version_or_404(request, pk)
    instrument = instrument_of(version)
    spoken = language_of(
        instrument, request.POST.get("in", ""), request.GET.get("in", ""), language()
    )
    given = _typed_answers(request, version, spoken)
    filled = fill_version(version, given, now=clock.now(), language=spoken)
    form = QuestionsForm(questions=all_questions(instrument, filled), for_staff=True)
    page = {
        "version": version,
        "questionnaire": version.questionnaire,
        "title": version.questionnaire.titled(language()),
        "questions_url": reverse("questionnaires:version_questions", args=[pk]),
        "tongues": tongues(instrument, spoken),
        "spoken": spoken,
        "direction": direction(spoken),
        **_page(version, filled, form, spoken),
    }
    return render(request, "questionnaires/try.html", page)


def _typed_answers(request: HttpRequest, version: Version, spoken: str) -> Nested:
    """What was typed on the page before, with an entry more or less where one was asked for."""
    given: Nested = {
        name.removeprefix(ENTRIES): [{} for _ in range(min(int(str(number)), MOST_ENTRIES))]
        for name, number in request.POST.items()
        if name.startswith(ENTRIES) and str(number).isdecimal()
    }
    filled = fill_version(version, given, now=clock.now(), language=spoken)
    # The first answers may bring entries with questions of their own.
    for _round in range(2 if request.method == "POST" else 0):
        sent = QuestionsForm(request.POST, questions=all_questions(instrument_of(version), filled))
        if sent.is_valid():
            given = with_answers(given, sent.answers())
        filled = fill_version(version, given, now=clock.now(), language=spoken)
    return _entries_changed(request, given, filled)


def _entries_changed(request: HttpRequest, given: Nested, filled: Filled) -> Nested:
    if repeat := request.POST.get("another", ""):
        return with_entry(given, repeat, entries=filled.entries.get(repeat, 0))
    repeat, entry = _entry_to_leave(request)
    if repeat:
        return without_entry(given, repeat, entry, entries=filled.entries.get(repeat, 0))
    return given


@require_GET
def answers_questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions for the browser, to someone who answers them."""
    return _questions(answers_or_404(request, pk).version)


@require_GET
def version_questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions for the browser, to someone who tries them."""
    return _questions(version_or_404(request, pk))


def _questions(version: Version) -> HttpResponse:
    answer = JsonResponse(portable(instrument_of(version)))
    if version.ready_on:
        answer.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return answer
