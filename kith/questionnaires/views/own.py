"""One's own page: what waits, what was answered, and one's own line over time."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.questionnaires.models import Answers
from kith.questionnaires.queries import answers as queries
from kith.questionnaires.queries.answers import Asked
from kith.questionnaires.queries.lines import OwnLine, own_lines
from kith.questionnaires.rules import occasion_of, words
from kith.questionnaires.views.shared import language, own_or_404
from kith.web.acts import actor_of
from kith.web.words import Text

WIDTH, HEIGHT, EDGE = 560, 180, 24


@dataclass(frozen=True)
class DrawnPoint:
    """A point of the drawing, in its own units."""

    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True)
class DrawnLine:
    """One line over time as a drawing with words and a table."""

    line: OwnLine
    points: list[DrawnPoint]
    path: str
    since_last: Text
    since_first: Text


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, and what I have answered."""
    actor, person, today = actor_of(request), own_or_404(request), clock.today()
    page = queries.own_page(person, today=today)
    context = {
        "due": [_waiting(one) for one in page.due],
        "on_request": [_waiting(one) for one in page.on_request],
        "sent": [_sent(one) for one in page.sent],
        "lines": [drawn(line) for line in own_lines(actor, person, language())],
        "today": today,
    }
    return render(request, "questionnaires/mine.html", context)


def _waiting(asked: Asked) -> dict[str, object]:
    return {
        "asked": asked,
        "title": asked.asking.questionnaire.titled(language()),
        "when": words.occasion_words(asked.occasion) if asked.comes_by_itself else "",
    }


def _sent(row: Answers) -> dict[str, object]:
    return {
        "row": row,
        "title": row.asking.questionnaire.titled(language()),
        "when": words.occasion_words(occasion_of(row.occasion)),
    }


def drawn(line: OwnLine) -> DrawnLine:
    """The line as points between left and right, from the oldest to the newest."""
    number = len(line.points)
    step = (WIDTH - 2 * EDGE) / max(1, number - 1)
    points = [
        DrawnPoint(
            x=round(EDGE + at * step if number > 1 else WIDTH / 2, 1),
            y=round(HEIGHT - EDGE - point.at * (HEIGHT - 2 * EDGE), 1),
            label=point.nearest,
            anchor="start" if at == 0 and number > 1 else "end" if at == number - 1 else "middle",
        )
        for at, point in enumerate(line.points)
    ]
    return DrawnLine(
        line=line,
        points=points,
        path=" ".join(f"{'L' if at else 'M'}{one.x} {one.y}" for at, one in enumerate(points)),
        since_last=words.SINCE_LAST[line.since_last] if line.since_last else "",
        since_first=words.SINCE_FIRST[line.since_first] if line.since_first else "",
    )
