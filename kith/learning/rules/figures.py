"""How a question works, from the sums of first answers. About questions, never about people."""

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEAST = 10
"""With fewer answers a figure says more about chance than about the question."""
EASY, HARD = 0.9, 0.4
TELLS = 0.1
TINY = 1e-9


@dataclass(frozen=True)
class Sums:
    """What all first answers add up to.

    points  of the question, 0 to 1; rest: of the other questions of the same attempt, 0 to 1
    """

    number: int
    points: float
    points_squared: float
    rest: float
    rest_squared: float
    product: float


def difficulty(sums: Sums) -> float | None:
    """The share of the points that learners got, 0 to 1; None under ten answers."""
    return sums.points / sums.number if sums.number >= LEAST else None


def discrimination(sums: Sums) -> float | None:
    """Whether those who know the rest know this too: a correlation, -1 to 1.

    None under ten answers, and where everybody got the same.
    """
    n = sums.number
    if n < LEAST:
        return None
    own = n * sums.points_squared - sums.points**2
    rest = n * sums.rest_squared - sums.rest**2
    if own <= TINY or rest <= TINY:
        return None
    found = (n * sums.product - sums.points * sums.rest) / sqrt(own * rest)
    return max(-1.0, min(1.0, found))


def difficulty_words(share: float | None) -> "StrOrPromise":
    """Beside the number, where it says something."""
    if share is None:
        return _("too few answers yet")
    if share >= EASY:
        return _("most know it")
    return _("few know it") if share <= HARD else _("some know it")


def discrimination_words(share: float | None, *, number: int) -> "StrOrPromise":
    """Beside the number: whether the question tells learners apart."""
    if number < LEAST:
        return _("too few answers yet")
    if share is None or abs(share) < TELLS:
        return _("does not tell learners apart")
    if share < 0:
        return _("those who know the rest get it wrong")
    return _("tells learners apart")


def badness(sums: Sums) -> tuple[int, float, float]:
    """What the worst question is found by: the smallest comes first, too few answers last."""
    share = difficulty(sums)
    if share is None:
        return (1, 0.0, 0.0)
    tells = discrimination(sums)
    middle = (EASY + HARD) / 2
    return (0, 0.0 if tells is None else tells, -abs(share - middle))
