"""Agreement of any number of raters, with missing ratings and any level of measurement."""

import numpy as np

from kith.methods.agreement.ratings import Level, NoVariation, Ratings, TooFew

Table = np.ndarray


def krippendorff_alpha(ratings: Ratings[float], level: Level) -> float:
    """One minus the disagreement seen over the disagreement by chance.

    ratings  numbers; for nominal values any numbers that stand for them
    returns  at most 1, no unit; 0 is what chance brings, below it people differ systematically
    raises   TooFew when no case was rated twice, NoVariation when all ratings are one value
    source   Krippendorff 2011, Computing Krippendorff's Alpha-Reliability
    """
    rows = ratings.given()
    if not rows:
        raise TooFew("No case was rated by two people.")
    values = sorted({value for row in rows for value in row})
    if len(values) == 1:
        raise NoVariation("All ratings are the same.")
    together = _coincidences(rows, values)
    times = together.sum(axis=1)
    apart = _squared_distance(np.asarray(values, dtype=float), times, level)
    seen = (together * apart).sum()
    by_chance = (np.outer(times, times) * apart).sum() / (times.sum() - 1)
    return float(1 - seen / by_chance)


def _coincidences(rows: list[list[float]], values: list[float]) -> Table:
    """How often two values stand at the same case, each case counting as often as it was rated."""
    place = {value: number for number, value in enumerate(values)}
    together = np.zeros((len(values), len(values)))
    for row in rows:
        counts = np.bincount([place[value] for value in row], minlength=len(values)).astype(float)
        pairs = np.outer(counts, counts) - np.diag(counts)
        together += pairs / (len(row) - 1)
    return together


def _squared_distance(values: Table, times: Table, level: Level) -> Table:
    if level is Level.NOMINAL:
        return 1.0 - np.eye(len(values))
    if level is Level.INTERVAL:
        return np.asarray((values[:, None] - values[None, :]) ** 2)
    # As many ratings as lie between two values, half of those at either end.
    middle = np.cumsum(times) - times / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
