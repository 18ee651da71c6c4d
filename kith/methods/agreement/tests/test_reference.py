"""Random ratings beside two reference implementations, to nine places."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats import inter_rater

from kith.methods.agreement.alpha import krippendorff_alpha
from kith.methods.agreement.icc import icc
from kith.methods.agreement.kappa import (
    Apart,
    fleiss_kappa,
    linear,
    quadratic,
    unequal,
    weighted_kappa,
)
from kith.methods.agreement.ratings import Level, NoVariation, TooFew, ratings

EXACT = 1e-9
LEVELS = 5


def table(*, missing: bool) -> st.SearchStrategy[list[list[int | None]]]:
    """Two to thirty cases, two to six raters."""
    value = st.integers(0, LEVELS - 1)
    place = st.one_of(st.none(), value) if missing else value
    return st.integers(2, 6).flatmap(
        lambda raters: st.lists(
            st.lists(place, min_size=raters, max_size=raters), min_size=2, max_size=30
        )
    )


@pytest.mark.parametrize("level", list(Level))
@settings(max_examples=200, deadline=None)
@given(rows=table(missing=True))
def test_alpha_equals_the_reference(level: Level, rows: list[list[int | None]]) -> None:
    try:
        alpha = krippendorff_alpha(ratings(rows), level)
    except (NoVariation, TooFew):
        return
    by_rater = np.array([[np.nan if one is None else one for one in row] for row in rows]).T

    reference = krippendorff.alpha(reliability_data=by_rater, level_of_measurement=level.value)

    assert alpha == pytest.approx(reference, abs=EXACT)


@pytest.mark.parametrize(
    ("apart", "weights"), [(unequal, None), (linear, "linear"), (quadratic, "quadratic")]
)
@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60))
def test_kappa_of_two_equals_the_reference(
    apart: Apart, weights: str | None, rows: list[tuple[int, int]]
) -> None:
    first, second = zip(*rows, strict=True)
    try:
        kappa = weighted_kappa(first, second, levels=LEVELS, apart=apart)
    except NoVariation:
        return
    counts = np.zeros((LEVELS, LEVELS))
    for one, other in rows:
        counts[one, other] += 1

    reference = inter_rater.cohens_kappa(counts, wt=weights, return_results=False)

    assert kappa == pytest.approx(reference, abs=EXACT)


@settings(max_examples=200, deadline=None)
@given(rows=table(missing=False))
def test_kappa_of_many_equals_the_reference(rows: list[list[int]]) -> None:
    try:
        kappa = fleiss_kappa(ratings(rows))
    except NoVariation:
        return
    counts, _values = inter_rater.aggregate_raters(np.array(rows))

    assert kappa == pytest.approx(inter_rater.fleiss_kappa(counts), abs=EXACT)


@settings(max_examples=200, deadline=None)
@given(rows=table(missing=False))
def test_icc_equals_an_analysis_of_variance(rows: list[list[int]]) -> None:
    """Mean squares from a linear model with one level for each case and each rater."""
    values = np.array(rows, dtype=float)
    if np.ptp(values) == 0:
        return
    cases, raters = values.shape
    case, rater = (one.ravel() for one in np.indices(values.shape))

    def left_over(*factors: np.ndarray) -> float:
        columns = [np.ones(values.size)]
        columns += [(one == level).astype(float) for one in factors for level in np.unique(one)[1:]]
        design = np.column_stack(columns)
        fitted = design @ np.linalg.lstsq(design, values.ravel(), rcond=None)[0]
        return float(((values.ravel() - fitted) ** 2).sum())

    within = left_over(case) / (cases * (raters - 1))
    left = left_over(case, rater) / ((cases - 1) * (raters - 1))
    between = (left_over(rater) - left_over(case, rater)) / (cases - 1)
    found = icc(ratings(rows))

    if between + (raters - 1) * within > EXACT:
        expected = (between - within) / (between + (raters - 1) * within)
        assert found.one_way == pytest.approx(expected, abs=EXACT)
    if between + (raters - 1) * left > EXACT:
        expected = (between - left) / (between + (raters - 1) * left)
        assert found.fixed == pytest.approx(expected, abs=EXACT)
