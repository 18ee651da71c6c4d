import numpy as np

from kith.methods.matching.ties import TIE_VALUES, tie_keys, tie_values

IDS = [f"P{number}" for number in range(100)]


def test_values_are_spread_over_their_range() -> None:
    values = tie_values(
        tie_keys(IDS, seed=1, side="participant")[:, None],
        tie_keys(IDS, seed=1, side="mentor")[None, :],
    )

    assert values.min() >= 1
    assert values.max() <= TIE_VALUES
    assert len(np.unique(values)) > 9_900
    assert abs(values.mean() / TIE_VALUES - 0.5) < 0.02


def test_a_key_depends_on_seed_side_and_id_alone() -> None:
    keys = tie_keys(IDS, seed=1, side="participant")

    assert tie_keys(IDS[::-1], seed=1, side="participant").tolist() == keys[::-1].tolist()
    assert not set(keys.tolist()) & set(tie_keys(IDS, seed=2, side="participant").tolist())
    assert not set(keys.tolist()) & set(tie_keys(IDS, seed=1, side="mentor").tolist())
