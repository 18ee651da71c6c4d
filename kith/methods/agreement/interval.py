"""How far a figure of agreement might lie from this one, had other cases been rated."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from kith.methods.agreement.ratings import NoVariation, Ratings, TooFew, Value

LEVEL = 0.95
DRAWS = 2_000
FEWEST = 0.5
"""Where more of the draws than this give no figure, there is no interval."""

Figure = TypeVar("Figure", bound=float)


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds within which so many of the draws lie.

    draws  how many drew cases of which a figure can be told
    """

    lower: float
    upper: float
    draws: int


def bootstrap(
    ratings: Ratings[Value],
    figure: Callable[[Ratings[Value]], float],
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Interval | None:
    """Percentiles of the figure over cases drawn again and again, with repetition.

    seed     the same seed and the same ratings give the same interval
    returns  None where most draws hold no variation to speak of
    source   Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13
    """
    chance = np.random.default_rng(seed)
    found = []
    for _draw in range(draws):
        chosen = chance.integers(len(ratings.rows), size=len(ratings.rows))
        try:
            found.append(figure(Ratings(tuple(ratings.rows[one] for one in chosen))))
        except (NoVariation, TooFew):
            continue
    if len(found) < FEWEST * draws:
        return None
    lower, upper = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(lower), float(upper), len(found))
