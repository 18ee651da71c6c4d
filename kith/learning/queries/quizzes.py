"""Attempts at quizzes and at the final test, and what each question is about."""

import re
from collections.abc import Mapping
from uuid import UUID

from kith.learning.models import Attempt, CoursePart, Progress, Seat
from kith.learning.queries.content import modules_of, part_of
from kith.methods.learning.courses.schema import Module, Screen
from kith.methods.learning.questions.schema import ENGLISH, Question

_MARKUP = re.compile(r"[ \t]*\[@[^\]]*\]|[*_]")


def attempts(seat: Seat, part: str) -> list[Attempt]:
    """One's attempts, the first one first."""
    return list(Attempt.objects.filter(seat=seat, part=part).order_by("number"))


def attempt_of(seat: Seat, part: str, number: int) -> Attempt | None:
    found: Attempt | None = Attempt.objects.filter(seat=seat, part=part, number=number).first()
    return found


def modules_left(seat: Seat) -> list[CoursePart]:
    """Modules that have to be read and passed before the final test opens."""
    rows = Progress.objects.filter(seat=seat, done_on__isnull=False)
    done = set(rows.values_list("part", flat=True))
    return [one for one in modules_of(seat.version_id) if one.key not in done]


def tested_screens(
    version_id: UUID, asked: Mapping[str, Question]
) -> dict[str, tuple[CoursePart, Screen]]:
    """module/question -> the module and the screen with the sentence that the question tests."""
    modules = {row.key: row for row in modules_of(version_id)}
    found = {}
    for key, question in asked.items():
        row = modules[key.partition("/")[0]]
        if screen := tested_screen(part_of(row), question):
            found[key] = (row, screen)
    return found


def tested_screen(module: Module, question: Question) -> Screen | None:
    """The screen whose English text has the sentence that a question tests."""
    sentence = _plain(question.tests)
    if not sentence:
        return None
    texts = ((one, _plain(one.body.get(ENGLISH, ""))) for one in module.screens)
    return next((one for one, text in texts if sentence in text), None)


def _plain(markdown: str) -> str:
    """A text without emphasis and sources, with one space where there were several."""
    return " ".join(_MARKUP.sub("", markdown).split())
