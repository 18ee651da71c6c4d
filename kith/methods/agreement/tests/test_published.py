"""Worked examples as they are printed in the articles that the figures come from."""

import pytest

from kith.methods.agreement.alpha import krippendorff_alpha
from kith.methods.agreement.icc import icc
from kith.methods.agreement.kappa import (
    fleiss_kappa,
    kappa_of_shares,
    percent_agreement,
    unequal,
)
from kith.methods.agreement.ratings import Level, ratings

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: four observers, twelve units,
# missing data.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = ratings(list(zip(*OBSERVERS, strict=True)))

# Shrout and Fleiss 1979: six targets, four judges.
TARGETS = ratings(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)

# Cohen 1968: shares of 200 patients under three diagnoses, and the weights of disagreement.
DIAGNOSES = ((0.44, 0.07, 0.09), (0.05, 0.20, 0.05), (0.01, 0.03, 0.06))
WEIGHTS = ((0, 1, 3), (1, 0, 6), (3, 6, 0))

# Fleiss 1971: how many of six psychiatrists gave each of five diagnoses to a patient.
PATIENTS = (
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0),
    (2, 0, 4, 0, 0), (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6),
    (1, 0, 0, 5, 0), (1, 1, 0, 4, 0), (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1),
    (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0), (0, 2, 0, 4, 0), (1, 0, 2, 0, 3),
    (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0), (1, 0, 0, 4, 1),
    (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
)  # fmt: skip


@pytest.mark.parametrize(
    ("level", "alpha"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_alpha_is_that_of_krippendorffs_own_example(level, alpha) -> None:
    assert round(krippendorff_alpha(UNITS, level), 3) == alpha


def test_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    found = icc(TARGETS)

    single = [round(one, 2) for one in (found.one_way, found.random, found.fixed)]
    mean = [round(one, 2) for one in (found.one_way_mean, found.random_mean, found.fixed_mean)]
    assert single == [0.17, 0.29, 0.71]
    assert mean == [0.44, 0.62, 0.91]


def test_kappa_without_and_with_weights_is_that_of_cohen() -> None:
    weighted = kappa_of_shares(DIAGNOSES, apart=lambda one, other: WEIGHTS[one][other])

    assert round(kappa_of_shares(DIAGNOSES, apart=unequal), 3) == 0.492
    assert round(weighted, 3) == 0.348


def test_agreement_of_six_psychiatrists_is_that_of_fleiss() -> None:
    rows = ratings(
        [[level for level, times in enumerate(row) for _ in range(times)] for row in PATIENTS]
    )

    assert round(percent_agreement(rows), 3) == 0.556
    assert round(fleiss_kappa(rows), 3) == 0.430
