"""How questions did: whether they are hard, and whether those who know more get them right.

About questions, never about people: attempts come in without names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt

from kith.methods.learning.questions.schema import Choosing, Multiple

FEWEST_ATTEMPTS = 10
Attempt = Mapping[str, Fraction]
"""Key of each question that was asked -> points, 0..1."""


@dataclass(frozen=True, slots=True)
class Figures:
    """answered: how often it was asked. The other two are None where they would say nothing."""

    answered: int
    difficulty: float | None
    discrimination: float | None


def figures(attempts: Sequence[Attempt], *, fewest: int = FEWEST_ATTEMPTS) -> dict[str, Figures]:
    """The figures of each question that was asked.

    attempts  points of each question asked, 0..1; questions may differ between attempts
    fewest    with fewer attempts at a question than this its figures are None
    """
    keys = dict.fromkeys(key for attempt in attempts for key in attempt)
    return {key: _figures(key, attempts, fewest) for key in keys}


def _figures(key: str, attempts: Sequence[Attempt], fewest: int) -> Figures:
    asked = [attempt for attempt in attempts if key in attempt]
    if len(asked) < fewest:
        return Figures(len(asked), None, None)
    points = [float(attempt[key]) for attempt in asked]
    return Figures(len(asked), fsum(points) / len(points), discrimination(key, asked))


def discrimination(key: str, attempts: Sequence[Attempt]) -> float | None:
    """Corrected item-total correlation: points of a question beside the mean of all the others.

    With points of 0 and 1 it is the point-biserial correlation. The question itself is left out of
    the total, which would otherwise agree with it by itself. The mean, not the sum, because
    attempts hold different questions.

    attempts  all of them hold the question
    returns   -1..1, no unit; None where one side does not vary or fewer than two can be compared
    source    Henrysson 1963, Psychometrika 28(2), 211-218
    """
    pairs = [(float(attempt[key]), rest) for attempt in attempts if (rest := _rest(key, attempt))]
    return _correlation([one for one, _ in pairs], [rest[0] for _, rest in pairs])


def _rest(key: str, attempt: Attempt) -> tuple[float] | None:
    others = [float(points) for name, points in attempt.items() if name != key]
    return (fsum(others) / len(others),) if others else None


def _correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    if len(first) < 2:
        return None
    from_mean = [[one - fsum(row) / len(row) for one in row] for row in (first, second)]
    squares = [fsum(one * one for one in row) for row in from_mean]
    if min(squares) < 1e-12:
        return None
    together = fsum(one * other for one, other in zip(*from_mean, strict=True))
    return max(-1.0, min(1.0, together / sqrt(squares[0] * squares[1])))


def shares_of_options(question: Choosing, answers: Iterable[object]) -> dict[str, Fraction]:
    """Key of each option -> share of the answers that chose it; all 0 without an answer.

    answers  as they are marked: a key, or a list of keys where several may be chosen
    """
    keys = [one.key for one in question.options]
    chosen = [_chosen(question, answer) for answer in answers]
    number = max(len(chosen), 1)
    return {key: Fraction(sum(key in one for one in chosen), number) for key in keys}


def _chosen(question: Choosing, answer: object) -> Sequence[object]:
    if isinstance(question, Multiple):
        return answer if isinstance(answer, list | tuple) else ()
    return (answer,)
