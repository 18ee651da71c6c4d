"""Answering: what it is about, a last look, reading it later, and stopping as easily."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.methods.instruments.filling import Filled
from kith.methods.instruments.schema import Instrument
from kith.methods.instruments.screens import screens
from kith.people.models import Person
from kith.questionnaires import commands
from kith.questionnaires.commands.answering import AnswersMissing
from kith.questionnaires.models import Answers, Asking
from kith.questionnaires.queries import answers as queries
from kith.questionnaires.queries.answers import Asked
from kith.questionnaires.queries.content import instrument_of, newest_ready
from kith.questionnaires.rules import AnswersState, Moment, Readers, occasion_of, words
from kith.questionnaires.views.screens import (
    after_url,
    filled_now,
    is_own,
    language_now,
    open_or_leave,
    spoken_page,
)
from kith.questionnaires.views.shared import (
    answers_or_404,
    language,
    occasion_or_404,
    own_or_404,
    person_or_404,
)
from kith.questionnaires.views.shown import (
    questions_of,
    said_of,
)
from kith.web.acts import actor_of


@require_GET
def start(request: HttpRequest, pk: UUID, occasion: str) -> HttpResponse:
    """What it is about and who reads it, before the first question."""
    person = own_or_404(request)
    asked = _asked_or_404(person, pk, occasion)
    page = {
        "asked": asked,
        "asking": asked.asking,
        "occasion": occasion,
        "title": asked.asking.questionnaire.titled(language()),
        "readers": words.READERS_TOLD[Readers(asked.asking.readers)],
        "number": _number(asked),
    }
    return render(request, "questionnaires/start.html", page)


def _number(asked: Asked) -> int:
    instrument = instrument_of(newest_ready(asked.asking.questionnaire))
    return sum(1 for item in instrument.exportable if not item.relevant)


def _asked_or_404(person: Person, pk: UUID, occasion: str) -> Asked:
    found = queries.asked_of(person, today=clock.today())
    wanted = (one for one in found if one.asking.pk == pk and one.occasion.key == occasion)
    asked = next(wanted, None)
    if asked is None:
        raise Http404
    return asked


@require_POST
def begin(request: HttpRequest, pk: UUID, occasion: str) -> HttpResponse:
    """Begin, or go on where one stopped."""
    person = own_or_404(request)
    return _begun(request, person, _asked_or_404(person, pk, occasion).asking, occasion)


@require_POST
def decline(request: HttpRequest, pk: UUID, occasion: str) -> HttpResponse:
    """Would rather not; nobody asks why."""
    person = own_or_404(request)
    asked = _asked_or_404(person, pk, occasion)
    commands.decline(
        actor_of(request),
        asking=asked.asking,
        person=person,
        occasion=occasion_or_404(occasion),
        language=language(),
        today=clock.today(),
    )
    messages.success(request, _("That is fine. Nothing was kept."))
    return redirect("web:today")


@require_POST
def ask(request: HttpRequest, pk: UUID, asking: UUID) -> HttpResponse:
    """Ask someone together: in the welcome talk, or whenever it suits."""
    person = person_or_404(request, pk)
    row = get_object_or_404(queries.askings_to_ask(actor_of(request)), pk=asking)
    occasion = queries.occasion_now(row, person, today=clock.today())
    if occasion is None:
        raise Http404
    return _begun(request, person, row, occasion.key)


def _begun(request: HttpRequest, person: Person, asking: Asking, occasion: str) -> HttpResponse:
    answers = commands.begin_answers(
        actor_of(request),
        asking=asking,
        person=person,
        occasion=occasion_or_404(occasion),
        language=language(),
        today=clock.today(),
    )
    filled = filled_now(answers, language_now(request, answers))
    due = screens(instrument_of(answers.version), filled)
    if not due:
        return redirect("questionnaires:review", answers.pk)
    known = {one.key for one in due}
    key = answers.at_screen if answers.at_screen in known else due[0].key
    return redirect("questionnaires:screen", answers.pk, key)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A last look at everything, then it is sent."""
    answers = open_or_leave(request, pk)
    if isinstance(answers, HttpResponse):
        return answers
    actor, missing = actor_of(request), set()
    if request.method == "POST":
        try:
            commands.send_answers(actor, answers=answers, today=clock.today(), now=clock.now())
        except AnswersMissing as refusal:
            missing = set(refusal.faults)
        else:
            own = is_own(actor, answers)
            messages.success(request, _("Thank you.") if own else _("The answers are kept."))
            return redirect(after_url(actor, answers))
    spoken = language_now(request, answers)
    instrument, filled = instrument_of(answers.version), filled_now(answers, spoken)
    page = {
        "answers": answers,
        "title": answers.asking.questionnaire.titled(language()),
        "readers": words.READERS_TOLD[Readers(answers.asking.readers)],
        "lines": _review_lines(answers, instrument, filled),
        "missing": missing,
        "last": next((one.key for one in reversed(screens(instrument, filled))), ""),
        **spoken_page(instrument, spoken, answers, actor),
    }
    return render(request, "questionnaires/review.html", page, status=422 if missing else 200)


def _review_lines(
    answers: Answers, instrument: Instrument, filled: Filled
) -> list[tuple[Any, str]]:
    """Each answer with the address of the screen that changes it."""
    homes = {
        question.key: one.key
        for one in screens(instrument, filled)
        for question in questions_of(one)
    }
    return [
        (line, reverse("questionnaires:screen", args=[answers.pk, homes[line.key]]))
        for line in said_of(answers, filled)
        if line.key in homes
    ]


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop: go on another day, or leave nothing behind."""
    answers = open_or_leave(request, pk)
    if isinstance(answers, HttpResponse):
        return answers
    actor = actor_of(request)
    if request.method == "POST":
        commands.forget_answers(actor, answers=answers, today=clock.today())
        messages.success(request, _("That is fine. Nothing was kept."))
        return redirect(after_url(actor, answers))
    page = {
        "answers": answers,
        "title": answers.asking.questionnaire.titled(language()),
        "leave_url": after_url(actor, answers),
        "is_own": is_own(actor, answers),
    }
    return render(request, "questionnaires/stop.html", page)


@require_GET
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answers that were sent, to read."""
    actor = actor_of(request)
    row = get_object_or_404(queries.answers_to_read(actor), pk=pk, state=AnswersState.SENT.value)
    answers = queries.opened(actor, answers=row)
    instrument, spoken = instrument_of(answers.version), language_now(request, answers)
    page = {
        "answers": answers,
        "title": answers.asking.questionnaire.titled(language()),
        "when": words.occasion_words(occasion_of(answers.occasion)),
        "readers": words.READERS_TOLD[Readers(answers.asking.readers)],
        "lines": said_of(answers, filled_now(answers, spoken)),
        **spoken_page(instrument, spoken, answers, actor),
    }
    return render(request, "questionnaires/read.html", page)


@require_POST
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was sent."""
    answers = answers_or_404(request, pk)
    commands.forget_answers(actor_of(request), answers=answers, today=clock.today())
    messages.success(request, _("Your answers are taken back. Nothing of them is kept."))
    return redirect(after_url(actor_of(request), answers))


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section and page: what someone is asked, and the answers that staff may read."""
    row, actor = person_or_404(request, pk), actor_of(request)
    queries.require_opened(actor, row)
    lines = [
        {
            "told": told,
            "title": told.asking.questionnaire.titled(language()),
            "when": words.MOMENTS[Moment(told.asking.moment)],
            "answers": [
                (one, words.occasion_words(occasion_of(one.occasion)), one.state)
                for one in told.answers
            ],
            "may_ask": told.is_read
            and queries.occasion_now(told.asking, row, today=clock.today()) is not None,
        }
        for told in queries.told_of(actor, row)
    ]
    return render(request, "questionnaires/person.html", {"person": row, "lines": lines})
