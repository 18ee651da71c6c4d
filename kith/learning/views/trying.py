"""Quizzes and the final test: one question a page, each answer kept at once."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.learning.commands import trying
from kith.learning.forms.player import MOVE, answer_in
from kith.learning.models import Attempt, Seat
from kith.learning.queries import quizzes
from kith.learning.queries.content import asked_in, frame_of
from kith.learning.rules.passing import FINAL
from kith.learning.rules.states import PartKind
from kith.learning.views.asked import asked, is_answered
from kith.learning.views.course import Frame, frame_for
from kith.learning.views.player import part_or_404, seat_or_404
from kith.learning.views.tried import begin_page, clock_of, review_page, states_of
from kith.methods.learning.questions.schema import Numeric, Question
from kith.web.acts import actor_of

GO, BACK, LIST, STAY = "go", "back", "list", "stay"
KEPT = 204


def _title(frame: Frame, part: str) -> str:
    """What is tried; 404 where the course has no such module."""
    if part == FINAL:
        return _("Final test")
    return frame.say(part_or_404(frame.seat, part, PartKind.MODULE).title)


@require_http_methods(["GET", "POST"])
def quiz(request: HttpRequest, pk: UUID, part: str) -> HttpResponse:
    """What is asked and how; the button begins an attempt, or goes on with the one begun."""
    frame = frame_for(request, seat_or_404(request, pk))
    title = _title(frame, part)
    if request.method == "POST":
        begun = trying.begin(
            actor_of(request), seat=frame.seat, part=part, language=frame.language, now=clock.now()
        )
        return redirect(_place_url(frame.seat, begun, _first_open(begun)))
    return render(request, "learning/quiz.html", begin_page(frame, part, title))


def _first_open(attempt: Attempt) -> int:
    """The place of the first question without an answer, from 1."""
    answered = [is_answered(attempt.answers.get(key)) for key in attempt.questions]
    return answered.index(False) + 1 if False in answered else len(answered)


def _place_url(seat: Seat, attempt: Attempt, place: int) -> str:
    return reverse("learning:question", args=[seat.pk, attempt.part, attempt.number, place])


def _url(name: str, seat: Seat, attempt: Attempt) -> str:
    return reverse(f"learning:{name}", args=[seat.pk, attempt.part, attempt.number])


def _attempt_or_404(seat: Seat, part: str, number: int) -> Attempt:
    attempt = quizzes.attempt_of(seat, part, number)
    if attempt is None:
        raise Http404
    return attempt


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: UUID, part: str, number: int, place: int) -> HttpResponse:
    """One question of an attempt."""
    frame = frame_for(request, seat_or_404(request, pk))
    attempt = _attempt_or_404(frame.seat, part, number)
    questions = list(asked_in(attempt, frame.seat.version_id).items())
    if not 1 <= place <= len(questions):
        raise Http404
    if request.method == "POST":
        return _keep(request, frame, attempt, questions, place)
    if attempt.finished_at:
        return redirect(_url("review", frame.seat, attempt))
    if clock_of(attempt).is_over:
        return redirect(_url("hand_in", frame.seat, attempt))
    return _question_page(request, frame, attempt, questions, place)


def _keep(
    request: HttpRequest,
    frame: Frame,
    attempt: Attempt,
    questions: list[tuple[str, Question]],
    place: int,
) -> HttpResponse:
    key, one = questions[place - 1]
    answer = answer_in(one, request.POST)
    if isinstance(one, Numeric) and answer and not any(sign.isdigit() for sign in answer):
        return _question_page(request, frame, attempt, questions, place, wrong=answer)
    answers = {key: answer}
    trying.keep_answers(
        actor_of(request), seat=frame.seat, attempt=attempt, answers=answers, now=clock.now()
    )
    if request.POST.get(GO) == STAY:
        return HttpResponse(status=KEPT)
    return redirect(_next_url(request, frame.seat, attempt, place, len(questions)))


def _next_url(request: HttpRequest, seat: Seat, attempt: Attempt, place: int, total: int) -> str:
    go = request.POST.get(GO, "")
    if MOVE in request.POST:
        return f"{_place_url(seat, attempt, place)}#order"
    if go == BACK and place > 1:
        return _place_url(seat, attempt, place - 1)
    if go == LIST or place == total:
        return _url("hand_in", seat, attempt)
    return _place_url(seat, attempt, place + 1)


def _question_page(
    request: HttpRequest,
    frame: Frame,
    attempt: Attempt,
    questions: list[tuple[str, Question]],
    place: int,
    *,
    wrong: str = "",
) -> HttpResponse:
    key, one = questions[place - 1]
    answer = wrong or attempt.answers.get(key)
    total = len(questions)
    page: dict[str, Any] = {
        "frame": frame,
        "title": _title(frame, attempt.part),
        "asked": asked(one, seed=attempt.seed, language=attempt.language, answer=answer),
        "place": place,
        "total": total,
        "is_last": place == total,
        "clock": clock_of(attempt),
        "error": _("Write a number in digits, such as 12 or 3.5.") if wrong else "",
        "quiz_url": reverse("learning:quiz", args=[frame.seat.pk, attempt.part]),
        "list_url": _url("hand_in", frame.seat, attempt),
        "keep": [_place_url(frame.seat, attempt, at) for at in range(1, total + 1)],
    }
    page["next_url"] = page["list_url"] if place == total else page["keep"][place]
    page["before_url"] = page["keep"][place - 2] if place > 1 else ""
    return render(request, "learning/quiz_question.html", page)


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, pk: UUID, part: str, number: int) -> HttpResponse:
    """What is answered and what is not, before an attempt is handed in."""
    frame = frame_for(request, seat_or_404(request, pk))
    attempt = _attempt_or_404(frame.seat, part, number)
    if attempt.finished_at is None and request.method == "POST":
        trying.finish(actor_of(request), seat=frame.seat, attempt=attempt, now=clock.now())
        return redirect(_url("review", frame.seat, attempt))
    if attempt.finished_at:
        return redirect(_url("review", frame.seat, attempt))
    page = {
        "frame": frame,
        "title": _title(frame, part),
        "quiz_url": reverse("learning:quiz", args=[pk, part]),
        "clock": clock_of(attempt),
        **states_of(attempt, asked_in(attempt, frame.seat.version_id)),
    }
    return render(request, "learning/quiz_hand_in.html", page)


@require_GET
def review(request: HttpRequest, pk: UUID, part: str, number: int) -> HttpResponse:
    """What came out, question by question; of a final test that was not passed, what to read."""
    frame = frame_for(request, seat_or_404(request, pk))
    attempt = _attempt_or_404(frame.seat, part, number)
    if attempt.finished_at is None:
        return redirect("learning:quiz", pk=pk, part=part)
    needed = frame_of(frame.seat.version_id).pass_percent
    page = review_page(frame, attempt, _title(frame, part), needed=needed)
    return render(request, "learning/review.html", page)
