"""Quizzes and the final test: beginning, answering, handing in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.finishing import settle
from kith.learning.commands.reading import HasLeft, close_part, progress_of
from kith.learning.commands.tallying import count_answers
from kith.learning.models import Attempt, Progress, Seat
from kith.learning.permissions import LEARN
from kith.learning.queries.content import asked_in, frame_of, modules_of, part_of
from kith.learning.rules.passing import FINAL, MOST_FINALS_A_DAY, allowed_minutes, percent
from kith.learning.rules.states import SeatState
from kith.methods.learning.questions.drawing import draw
from kith.methods.learning.questions.marking import mark

LONGEST_ANSWER = 4000
GRACE = timedelta(seconds=30)
"""A page sent in the last second may be on its way so long."""


class NotRead(Refused):
    """The final test comes when all modules are done."""

    sentence = _("The final test opens when every module is read and its quiz is passed.")


class EnoughToday(Refused):
    """Trying again and again the same day is guessing."""

    sentence = _("You have tried three times today. Read on, and try again tomorrow.")


class IsFinished(Refused):
    """What was handed in is not changed."""

    sentence = _("This attempt is handed in already.")


class NoQuestions(Refused):
    """There is nothing to ask."""

    sentence = _("There are no questions here yet.")


@command(LEARN, on="seat")
def begin(actor: Actor, *, seat: Seat, part: str, language: str, now: datetime) -> Attempt:
    """Begin a quiz or the final test, or go on with the one that was begun.

    Raises HasLeft, NotRead, EnoughToday, NoQuestions.
    """
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.state == SeatState.LEFT.value:
        raise HasLeft
    before: list[Attempt] = list(Attempt.objects.filter(seat=seat, part=part).order_by("number"))
    if before and before[-1].finished_at is None:
        return before[-1]
    if part == FINAL:
        _may_try(seat, before, now)
    number = len(before) + 1
    seed = f"{seat.pk.hex[-20:]}{part[:12]}{number}"[:40]
    seen = [key for one in before for key in one.questions]
    questions = _drawn(seat, part, seed=seed, seen=seen)
    if not questions:
        raise NoQuestions
    minutes = allowed_minutes(
        frame_of(seat.version_id).final_minutes if part == FINAL else None, seat.extra_percent
    )
    return Attempt.objects.create(
        seat=seat,
        part=part,
        number=number,
        seed=seed,
        questions=questions,
        language=language,
        begun_at=now,
        due_at=None if minutes is None else now + timedelta(minutes=minutes),
    )


def _may_try(seat: Seat, before: list[Attempt], now: datetime) -> None:
    done = Progress.objects.filter(seat=seat, done_on__isnull=False).values_list("part", flat=True)
    if {part.key for part in modules_of(seat.version_id)} - set(done):
        raise NotRead
    day = timezone.localdate(now)
    if sum(timezone.localdate(one.begun_at) == day for one in before) >= MOST_FINALS_A_DAY:
        raise EnoughToday


def _drawn(seat: Seat, part: str, *, seed: str, seen: list[str]) -> list[str]:
    """module/question of everything that is asked."""
    frame = frame_of(seat.version_id)
    modules = modules_of(seat.version_id)
    count = frame.final_questions_per_module if part == FINAL else frame.quiz_questions
    return [
        f"{module.key}/{question.key}"
        for module in modules
        if part in {FINAL, module.key}
        for question in draw(
            part_of(module).questions,
            count=count,
            seed=seed,
            seen=[key.partition("/")[2] for key in seen if key.startswith(f"{module.key}/")],
        )
    ]


@command(LEARN, on="seat")
def keep_answers(
    actor: Actor, *, seat: Seat, attempt: Attempt, answers: Mapping[str, Any], now: datetime
) -> Attempt:
    """Keep what somebody answered so far; questions that are not asked are passed over.

    After the time is over nothing more is taken. Raises IsFinished.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk, seat=seat)
    if attempt.finished_at is not None:
        raise IsFinished
    if attempt.due_at is not None and now > attempt.due_at + GRACE:
        return attempt
    known = {key: _bounded(answers[key]) for key in attempt.questions if key in answers}
    attempt.answers = {**attempt.answers, **known}
    attempt.save(update_fields=["answers"])
    return attempt


def _bounded(answer: Any) -> Any:
    if isinstance(answer, str):
        return answer[:LONGEST_ANSWER]
    if isinstance(answer, list):
        return [str(one)[:LONGEST_ANSWER] for one in answer[:100]]
    return ""


@command(LEARN, on="seat")
def finish(actor: Actor, *, seat: Seat, attempt: Attempt, now: datetime) -> Attempt:
    """Hand an attempt in: it is marked, counted, and may finish a module or the course.

    Raises IsFinished.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk, seat=seat)
    if attempt.finished_at is not None:
        raise IsFinished
    asked = asked_in(attempt, seat.version_id)
    points = {
        key: mark(question, attempt.answers.get(key), attempt.language).points
        for key, question in asked.items()
    }
    attempt.percent = percent(list(points.values()))
    attempt.passed = attempt.percent >= frame_of(seat.version_id).pass_percent
    attempt.finished_at = now
    attempt.save(update_fields=["percent", "passed", "finished_at"])
    if attempt.number == 1:
        count_answers(seat.version_id, attempt, asked, points)
    seat.last_at = now
    seat.save(update_fields=["last_at"])
    _close(actor, seat, attempt, now)
    return attempt


def _close(actor: Actor, seat: Seat, attempt: Attempt, now: datetime) -> None:
    today = timezone.localdate(now)
    if attempt.part == FINAL:
        settle(actor, seat, today=today)
        return
    progress = progress_of(seat, attempt.part)
    progress.best_percent = max(progress.best_percent or 0, attempt.percent or 0)
    progress.save()
    part = next(one for one in modules_of(seat.version_id) if one.key == attempt.part)
    close_part(actor, seat, part, progress, today=today)
