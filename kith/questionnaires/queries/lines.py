"""A person's own line over time, in words: for the one who answered, and for nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kith.base.errors import Denied
from kith.gate.actor import Actor
from kith.methods.instruments.schema import Instrument, Scale
from kith.methods.instruments.scoring import bounds, score
from kith.methods.trajectories.change import Outcome, reliable_change
from kith.people.models import Person
from kith.questionnaires.models import Answers
from kith.questionnaires.permissions import READ_ANSWERS
from kith.questionnaires.queries.content import instrument_of
from kith.questionnaires.rules import AnswersState

MOST_POINTS = 40


@dataclass(frozen=True)
class Point:
    """One time of answering.

    at      where it lies between the lowest and the highest answer, 0..1
    nearest the words of the answer it lies nearest to; empty where answers have no common words
    """

    on: date
    at: float
    nearest: str


@dataclass(frozen=True)
class OwnLine:
    """One scale over time. `since_last` is None where nobody published how far it wavers."""

    title: str
    low: str
    high: str
    points: tuple[Point, ...]
    since_last: Outcome | None
    since_first: Outcome | None
    source: str


def own_lines(actor: Actor, person: Person, language: str) -> list[OwnLine]:
    """The lines of the one who is signed in. Raises Denied for everybody else."""
    if person.user_id is None or person.user_id != actor.user_id:
        raise Denied(refused=READ_ANSWERS.name, row=person)
    rows = Answers.objects.filter(person=person, state=AnswersState.SENT.value)
    rows = rows.exclude(version__content__scales=[])
    found = list(rows.select_related("version").order_by("-sent_on", "-id")[:MOST_POINTS])
    by_questionnaire: dict[object, list[Answers]] = {}
    for row in reversed(found):
        by_questionnaire.setdefault(row.version.questionnaire_id, []).append(row)
    return [line for rows in by_questionnaire.values() for line in _lines(rows, language)]


def _lines(rows: list[Answers], language: str) -> Iterable[OwnLine]:
    newest = instrument_of(rows[-1].version)
    for scale in newest.scales:
        times = [(row, instrument_of(row.version)) for row in rows]
        figures = [
            (row, instrument, same, figure)
            for row, instrument in times
            if (same := _scale(instrument, scale.key))
            and (figure := score(instrument, same, _plain(row.given))) is not None
        ]
        if figures:
            yield _line(newest, scale, figures, language)


def _line(
    newest: Instrument,
    scale: Scale,
    figures: list[tuple[Answers, Instrument, Scale, float]],
    language: str,
) -> OwnLine:
    labels = _labels(newest, scale, language)
    points = tuple(
        _point(row, instrument, same, figure, labels) for row, instrument, same, figure in figures
    )
    last = figures[-1]
    # Figures of two versions are never held against each other.
    alike = [one for one in figures if one[0].version_id == last[0].version_id]
    return OwnLine(
        title=newest.words(scale.title, language),
        low=labels[0] if labels else "",
        high=labels[-1] if labels else "",
        points=points,
        since_last=_outcome(scale, alike[-2][3], last[3]) if len(alike) > 1 else None,
        since_first=_outcome(scale, alike[0][3], last[3]) if len(alike) > 2 else None,
        source=scale.reliability.source if scale.reliability else "",
    )


def _point(
    row: Answers, instrument: Instrument, scale: Scale, figure: float, labels: list[str]
) -> Point:
    low, high = bounds(instrument, scale)
    at = (figure - low) / (high - low) if high > low else 0.0
    nearest = labels[round(at * (len(labels) - 1))] if labels else ""
    return Point(row.sent_on or row.changed_on, at, nearest)


def _labels(instrument: Instrument, scale: Scale, language: str) -> list[str]:
    """The words of the answers from the lowest to the highest, where all items share them."""
    lists = {instrument.item(name).choices for name in scale.items}
    if len(lists) != 1:
        return []
    choices = sorted(instrument.choices[lists.pop()], key=lambda one: float(one.code))
    return [instrument.words(one.label, language) for one in choices]


def _outcome(scale: Scale, first: float, second: float) -> Outcome | None:
    if scale.reliability is None or scale.standard_deviation is None:
        return None
    change = reliable_change(
        first,
        second,
        standard_deviation=scale.standard_deviation.value,
        reliability=scale.reliability.value,
    )
    return change.outcome


def _scale(instrument: Instrument, key: str) -> Scale | None:
    return next((one for one in instrument.scales if one.key == key), None)


def _plain(given: Mapping[str, object] | None) -> dict[str, str]:
    return {name: text for name, text in (given or {}).items() if isinstance(text, str)}
