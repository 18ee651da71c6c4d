"""Agreement beyond chance of two raters, or of the same number of raters for each case."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations

import numpy as np

from kith.methods.agreement.ratings import NoVariation, Ratings, TooFew, Uneven

Apart = Callable[[int, int], float]
"""How far two levels are apart; 0 for a level and itself."""


def linear(one: int, other: int) -> float:
    """As many steps as lie between two levels."""
    return abs(one - other)


def quadratic(one: int, other: int) -> float:
    """The square of the steps: far apart counts much more than next to each other."""
    return (one - other) ** 2


def unequal(one: int, other: int) -> float:
    """Every difference counts the same: kappa without weights."""
    return float(one != other)


def percent_agreement(ratings: Ratings[Hashable]) -> float:
    """The share of pairs of ratings that are equal, as a mean over the cases.

    returns  0..1, no unit; of cases that two raters or more have rated
    raises   TooFew when there is no such case
    source   Fleiss 1971, Psychological Bulletin 76(5), 378-382 (its mean P)
    """
    shares = [_equal_pairs(row) for row in ratings.given()]
    if not shares:
        raise TooFew("No case was rated by two people.")
    return float(np.mean(shares))


def weighted_kappa(
    first: Sequence[int], second: Sequence[int], *, levels: int, apart: Apart = quadratic
) -> float:
    """Agreement of two raters beyond chance, by how far apart their ratings are.

    first, second  ratings of the same n >= 2 cases in the same order, each 0..levels-1
    apart          weight of a disagreement, in any unit; quadratic steps where nothing is said
    returns        -1..1, no unit; 1 is full agreement
    raises         Uneven, TooFew, NoVariation when both used one single level
    source         Cohen 1968, Psychological Bulletin 70(4), 213-220
    """
    if len(first) != len(second):
        raise Uneven("Two raters rate the same cases.")
    if len(first) < 2:
        raise TooFew("Two cases are needed at least.")
    seen = np.zeros((levels, levels))
    np.add.at(seen, (np.asarray(first), np.asarray(second)), 1 / len(first))
    return _kappa(seen, apart)


def kappa_of_shares(shares: Sequence[Sequence[float]], *, apart: Apart) -> float:
    """The same from a table of shares: rows are the levels of one rater, columns of the other.

    shares  levels x levels, together 1
    raises  NoVariation
    """
    return _kappa(np.asarray(shares, dtype=float), apart)


def fleiss_kappa(ratings: Ratings[Hashable]) -> float:
    """Agreement beyond chance where each case has equally many ratings, by whomever.

    returns  -1..1, no unit
    raises   Uneven when cases have different numbers of ratings, TooFew, NoVariation
    source   Fleiss 1971, Psychological Bulletin 76(5), 378-382
    """
    rows = ratings.given()
    if not rows:
        raise TooFew("No case was rated by two people.")
    if len({len(row) for row in rows}) > 1:
        raise Uneven("Fleiss' kappa needs the same number of ratings for each case.")
    values = Counter(value for row in rows for value in row)
    total = sum(values.values())
    chance = sum((number / total) ** 2 for number in values.values())
    if chance == 1:
        raise NoVariation("All ratings are the same.")
    return (float(np.mean([_equal_pairs(row) for row in rows])) - chance) / (1 - chance)


def mean_weighted_kappa(ratings: Ratings[int], *, levels: int, apart: Apart = quadratic) -> float:
    """The mean of weighted kappa over all pairs of raters, each by the cases both have rated.

    raises  TooFew when no two raters share two cases that vary
    source  Light 1971, Psychological Bulletin 76(5), 365-377
    """
    found = []
    for pair in combinations(range(ratings.raters), 2):
        first, second = ratings.of_two(*pair)
        try:
            found.append(weighted_kappa(first, second, levels=levels, apart=apart))
        except (TooFew, NoVariation):
            continue
    if not found:
        raise TooFew("No two raters share two cases with different ratings.")
    return float(np.mean(found))


def _kappa(seen: "np.ndarray", apart: Apart) -> float:
    levels = range(len(seen))
    weight = np.array([[apart(one, other) for other in levels] for one in levels], dtype=float)
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    expected = float((weight * by_chance).sum())
    if expected == 0:
        raise NoVariation("Both raters used one single level.")
    return 1 - float((weight * seen).sum()) / expected


def _equal_pairs(row: Sequence[Hashable]) -> float:
    number = len(row)
    equal = sum(times * (times - 1) for times in Counter(row).values())
    return equal / (number * (number - 1))
