from itertools import combinations

import numpy as np
import pytest

from kith.methods.matching.group.asked import GroupRules, find_candidates
from kith.methods.matching.group.best import NEVER, best_groups, open_search, take_in_turn
from kith.methods.matching.group.form import form_groups
from kith.methods.matching.group.prices import find_prices, tighten
from kith.methods.matching.group.times import fewest_to_cover, find_options
from kith.methods.matching.tests.test_group import PAIR_RULES, best_of_all, random_round


def opened(seed: int, rules: GroupRules, **size):
    candidates = find_candidates(random_round(seed, **size), rules, seed=seed)
    options = find_options(candidates)
    return candidates, options, open_search(candidates, options)


def groups_of(candidates, pairs, rules: GroupRules, need: int):
    """Every group of these pairs that has everyone locked and meets the need."""
    for size in range(rules.smallest, rules.largest + 1):
        for group in combinations(pairs.tolist(), size):
            locked = [pair for pair in pairs.tolist() if candidates.locked[pair]]
            covered = np.bitwise_or.reduce(candidates.covers[list(group)])
            free = all(
                candidates.locked[pair] or candidates.unlocked_places[candidates.column[pair]]
                for pair in group
            )
            if set(locked) <= set(group) and covered == need and free:
                yield group


@pytest.mark.parametrize("seed", range(20))
def test_the_best_group_is_the_best_of_all_at_any_values(seed) -> None:
    rules = GroupRules(smallest=2, largest=4)
    candidates, options, search = opened(seed, rules, volunteers=10, locks=3)
    value = np.random.default_rng(seed).integers(-30, 50, size=len(candidates.column))

    total, members = best_groups(search, value)

    for option, row in enumerate(options.family):
        pairs = options.pair[options.option == option]
        need = (1 << len(candidates.needs[row])) - 1
        every = list(groups_of(candidates, pairs, rules, need))
        best = max((int(value[list(group)].sum()) for group in every), default=None)
        if best is None:
            assert total[option] < NEVER >> 1
        else:
            mine = tuple(sorted(pair for pair in members[option].tolist() if pair >= 0))
            assert (int(total[option]), mine in every) == (best, True)
            assert int(value[list(mine)].sum()) == best


@pytest.mark.parametrize("seed", range(20))
def test_bounds_are_never_below_the_best_there_is(seed) -> None:
    candidates, options, search = opened(seed, PAIR_RULES)
    reward = 7_000_000

    found = find_prices(search, candidates, options, fit=candidates.fit, reward=reward, steps=20)

    _, served, fit = best_of_all(candidates.problem, PAIR_RULES)
    assert found.bound >= reward * served + fit
    assert tighten(search, candidates, options, begin=found.price, served=served, steps=20) >= fit


@pytest.mark.parametrize("seed", range(20))
def test_the_first_in_turn_takes_their_best_group_and_places_are_kept(seed) -> None:
    candidates, options, search = opened(seed, PAIR_RULES, families=5, volunteers=9)
    order = np.unique(options.family)
    total, _ = best_groups(search, candidates.fit)

    chosen = take_in_turn(search, candidates.fit, family=options.family, order=order)

    if len(order):
        first = chosen[chosen < candidates.start[order[0] + 1]]
        assert candidates.fit[first].sum() == total[options.family == order[0]].max()
    held = np.bincount(candidates.column[chosen], minlength=len(candidates.capacity))
    assert (held <= candidates.capacity).all()


def test_a_round_in_the_balance_has_a_bound_close_by() -> None:
    candidates, options, search = opened(3, GroupRules(), families=12, volunteers=60)
    exact = form_groups(candidates.problem)

    bound = tighten(
        search,
        candidates,
        options,
        begin=np.zeros_like(candidates.capacity),
        served=exact.proof.served,
        steps=150,
    )

    assert exact.proof.fit <= bound <= exact.proof.fit * 1.1


def test_the_fewest_to_cover_are_counted() -> None:
    assert fewest_to_cover([0b001, 0b010, 0b110, 0b011], need=0b111) == 2
    assert fewest_to_cover([0b001, 0b010], need=0b111) is None
    assert fewest_to_cover([0b001], need=0b111, begun=0b110) == 1
    assert fewest_to_cover([], need=0) == 0
