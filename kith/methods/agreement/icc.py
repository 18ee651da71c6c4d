"""Intraclass correlation: how much of the spread of ratings lies between the cases."""

from dataclasses import dataclass

import numpy as np

from kith.methods.agreement.ratings import NoVariation, Ratings, TooFew, Uneven


@dataclass(frozen=True, slots=True)
class Icc:
    """The six coefficients; each at most 1, no unit.

    one_way      each case has raters of its own: ICC(1,1), and of the mean of all raters ICC(1,k)
    random       raters drawn from many, all rate all cases: ICC(2,1) and ICC(2,k)
    fixed        these raters and no others: ICC(3,1) and ICC(3,k)
    """

    one_way: float
    one_way_mean: float
    random: float
    random_mean: float
    fixed: float
    fixed_mean: float


def icc(ratings: Ratings[float]) -> Icc:
    """The coefficients of a full table of n >= 2 cases and k >= 2 raters.

    raises  Uneven where a rating is missing, TooFew, NoVariation when all ratings are the same
    source  Shrout and Fleiss 1979, Psychological Bulletin 86(2), 420-428
    """
    if any(value is None for row in ratings.rows for value in row):
        raise Uneven("Each rater has to rate each case.")
    table = np.asarray(ratings.rows, dtype=float)
    if table.ndim != 2 or min(table.shape) < 2:
        raise TooFew("Two cases and two raters are needed at least.")
    if np.ptp(table) == 0:
        raise NoVariation("All ratings are the same.")
    return _from_mean_squares(*_mean_squares(table), *table.shape)


def _mean_squares(table: np.ndarray) -> tuple[float, float, float, float]:
    """Between cases, within cases, between raters, and what is left."""
    cases, raters = table.shape
    mean = table.mean()
    of_cases = raters * ((table.mean(axis=1) - mean) ** 2).sum()
    of_raters = cases * ((table.mean(axis=0) - mean) ** 2).sum()
    total = ((table - mean) ** 2).sum()
    within = total - of_cases
    left = max(0.0, within - of_raters)
    return (
        of_cases / (cases - 1),
        within / (cases * (raters - 1)),
        of_raters / (raters - 1),
        left / ((cases - 1) * (raters - 1)),
    )


def _from_mean_squares(
    between: float, within: float, raters: float, left: float, n: int, k: int
) -> Icc:
    return Icc(
        one_way=_share(between - within, between + (k - 1) * within),
        one_way_mean=_share(between - within, between),
        random=_share(between - left, between + (k - 1) * left + k * (raters - left) / n),
        random_mean=_share(between - left, between + (raters - left) / n),
        fixed=_share(between - left, between + (k - 1) * left),
        fixed_mean=_share(between - left, between),
    )


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
