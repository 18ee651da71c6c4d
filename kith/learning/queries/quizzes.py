"""Attempts at quizzes and at the final test, and what each question is about."""

from collections.abc import Mapping
from uuid import UUID

from kith.learning.models import Attempt, CoursePart, Progress, Seat
from kith.learning.queries.content import modules_of, part_of
from kith.methods.learning.courses.asking import screen_of_question
from kith.methods.learning.courses.schema import Screen
from kith.methods.learning.questions.schema import Question


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
        module = part_of(row)
        if screen := module.screen(screen_of_question(module, question) or ""):
            found[key] = (row, screen)
    return found
