"""What the pages around an attempt say: before it, while the time runs, and afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.base import clock
from kith.learning.models import Attempt, CoursePart
from kith.learning.queries import quizzes
from kith.learning.queries.content import asked_in, frame_of, modules_of
from kith.learning.rules.durations import minutes_words
from kith.learning.rules.passing import FINAL, MOST_FINALS_A_DAY, allowed_minutes
from kith.learning.views.asked import is_answered
from kith.learning.views.course import Frame
from kith.learning.views.texts import direction, line_html, text_html
from kith.learning.views.told import Told, right_told, told
from kith.methods.learning.courses.schema import Screen
from kith.methods.learning.questions.checks import PLACE
from kith.methods.learning.questions.marking import mark
from kith.methods.learning.questions.schema import Gapped, Question, say
from kith.web.components import Tone
from kith.web.words import near


@dataclass(frozen=True)
class Clock:
    """The time of an attempt; without a limit there is nothing to show."""

    due_at: datetime | None
    now: datetime

    @property
    def is_over(self) -> bool:
        return self.due_at is not None and self.now > self.due_at

    @property
    def minutes(self) -> int:
        """Minutes left, the one that runs counted."""
        left = (self.due_at - self.now).total_seconds() if self.due_at else 0
        return max(0, -(-int(left) // 60))

    @property
    def words(self) -> str:
        return minutes_words(self.minutes)

    @property
    def seconds(self) -> int:
        return max(0, int((self.due_at - self.now).total_seconds())) if self.due_at else 0


def clock_of(attempt: Attempt) -> Clock:
    return Clock(attempt.due_at, clock.now())


# ── Before ───────────────────────────────────────────────────────────────────────────────────────


def begin_page(frame: Frame, part: str, title: str) -> dict[str, Any]:
    """How many questions, how long, how often already."""
    seat, course = frame.seat, frame_of(frame.seat.version_id)
    tries = quizzes.attempts(seat, part)
    is_final = part == FINAL
    minutes = allowed_minutes(course.final_minutes, seat.extra_percent) if is_final else None
    modules = modules_of(seat.version_id) if is_final else []
    left = quizzes.modules_left(seat) if is_final else []
    return {
        "frame": frame,
        "title": title,
        "part": part,
        "is_final": is_final,
        "questions": len(modules) * course.final_questions_per_module or course.quiz_questions,
        "needed": course.pass_percent,
        "minutes": minutes_words(minutes) if minutes else "",
        "extra": seat.extra_percent if minutes else 0,
        "running": next((one for one in tries if one.finished_at is None), None),
        "tries": [_try_line(frame, one) for one in reversed(tries) if one.finished_at],
        "is_passed": any(one.passed for one in tries),
        "modules_left": [_module_link(frame, one) for one in left],
        "is_enough": is_final and _today(tries) >= MOST_FINALS_A_DAY,
    }


def _today(tries: list[Attempt]) -> int:
    days = [timezone.localdate(one.begun_at) for one in tries if one.finished_at]
    return days.count(clock.today())


def _module_link(frame: Frame, row: CoursePart) -> dict[str, str]:
    url = reverse("learning:screen", args=[frame.seat.pk, row.key, row.screens[0]])
    return {"title": frame.say(row.title), "url": url}


def _try_line(frame: Frame, row: Attempt) -> dict[str, Any]:
    day = timezone.localdate(row.finished_at or row.begun_at)
    return {
        "number": row.number,
        "when": near(day, clock.today()),
        "percent": row.percent,
        "passed": row.passed,
        "url": reverse("learning:review", args=[frame.seat.pk, row.part, row.number]),
    }


# ── Before handing in ────────────────────────────────────────────────────────────────────────────


def states_of(attempt: Attempt, questions: Mapping[str, Question]) -> dict[str, Any]:
    """Each question, and whether it is answered; how many are not."""
    lines = [
        {
            "place": place,
            "stem": text_html(_stem(one, attempt.language), attempt.language),
            "url": reverse(
                "learning:question", args=[attempt.seat_id, attempt.part, attempt.number, place]
            ),
            **_state(attempt.answers.get(key)),
        }
        for place, (key, one) in enumerate(questions.items(), start=1)
    ]
    return {"lines": lines, "open": sum(not line["is_whole"] for line in lines)}


def _stem(question: Question, language: str) -> str:
    """What is asked; of a text with gaps, the text too, with their numbers."""
    stem = say(question.stem, language)
    if not isinstance(question, Gapped):
        return stem
    text = PLACE.sub(r"**(\1) …**", say(question.text, language))
    return f"{stem}\n\n{text}".strip()


def _state(answer: Any) -> dict[str, Any]:
    if not is_answered(answer):
        return {"state": _("Not answered yet"), "tone": "warn", "is_whole": False}
    if isinstance(answer, list) and not all(answer):
        return {"state": _("Partly answered"), "tone": "warn", "is_whole": False}
    return {"state": _("Answered"), "tone": "calm", "is_whole": True}


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Reviewed:
    """A question after it was marked."""

    place: int
    stem: SafeString
    state: str
    tone: Tone
    own: list[Told]
    right: list[Told]
    said: list[SafeString]
    screen: dict[str, str] | None
    is_order: bool


def review_page(frame: Frame, attempt: Attempt, title: str, *, needed: int) -> dict[str, Any]:
    """All questions with answers; where answers must stay open, only the screens to read."""
    questions = asked_in(attempt, frame.seat.version_id)
    screens = quizzes.tested_screens(frame.seat.version_id, questions)
    is_final = attempt.part == FINAL
    is_open = bool(attempt.passed) or not is_final
    reviewed = [
        _reviewed(frame, attempt, place, (key, one), screens.get(key))
        for place, (key, one) in enumerate(questions.items(), start=1)
    ]
    return {
        "frame": frame,
        "title": title,
        "attempt": attempt,
        "direction": direction(attempt.language),
        "is_final": is_final,
        "needed": needed,
        "result": _result_words(attempt, needed),
        "reviewed": reviewed if is_open else [],
        "right": _right_words(reviewed),
        "again": [] if is_open else _screens_again(frame, attempt, questions, screens),
        "quiz_url": reverse("learning:quiz", args=[frame.seat.pk, attempt.part]),
    }


def _right_words(reviewed: list[Reviewed]) -> str:
    """ "6 of 8 questions are right."."""
    right, total = sum(one.tone == "good" for one in reviewed), len(reviewed)
    said = ngettext(
        "%(right)d of %(total)d question is right.",
        "%(right)d of %(total)d questions are right.",
        total,
    )
    return said % {"right": right, "total": total}


def _result_words(attempt: Attempt, needed: int) -> str:
    said = {"percent": attempt.percent, "needed": needed}
    if attempt.passed:
        return _("You have %(percent)d percent; %(needed)d are needed. Passed.") % said
    return _("You have %(percent)d percent; %(needed)d are needed. Not passed yet.") % said


def _reviewed(
    frame: Frame,
    attempt: Attempt,
    place: int,
    asked: tuple[str, Question],
    screen: tuple[CoursePart, Screen] | None,
) -> Reviewed:
    key, question = asked
    answer, language = attempt.answers.get(key), attempt.language
    marked = mark(question, answer, language)
    state, tone = _marked_words(marked.right, bool(marked.points), is_answered(answer))
    return Reviewed(
        place=place,
        stem=text_html(_stem(question, language), language),
        state=state,
        tone=tone,
        own=told(question, answer, language),
        right=[] if marked.right else right_told(question, language),
        said=[text_html(one, language) for one in marked.said],
        screen=screen_link(frame, *screen) if screen else None,
        is_order=question.kind == "ordering",
    )


def _marked_words(is_right: bool, has_some: bool, was_answered: bool) -> tuple[str, Tone]:  # noqa: FBT001
    if is_right:
        return _("Right"), "good"
    if has_some:
        return _("Partly right"), "info"
    return (_("Not right"), "warn") if was_answered else (_("Not answered"), "warn")


def screen_link(frame: Frame, row: CoursePart, screen: Screen) -> dict[str, str]:
    """Where something is taught, in words and as an address."""
    return {
        "module": frame.say(row.title),
        "heading": line_html(frame.say(screen.heading)),
        "url": reverse("learning:screen", args=[frame.seat.pk, row.key, screen.name]),
    }


def _screens_again(
    frame: Frame,
    attempt: Attempt,
    questions: Mapping[str, Question],
    screens: Mapping[str, tuple[CoursePart, Screen]],
) -> list[dict[str, str]]:
    """The screens of questions that were not all right, each once, in the order of the course."""
    language = attempt.language
    wrong = [
        key
        for key, one in questions.items()
        if not mark(one, attempt.answers.get(key), language).right and key in screens
    ]
    found = {(screens[key][0].position, screens[key][1].name): screens[key] for key in wrong}
    order = sorted(
        found.values(), key=lambda one: (one[0].position, one[0].screens.index(one[1].name))
    )
    return [screen_link(frame, *one) for one in order]
