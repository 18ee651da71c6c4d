"""A live round against scipy's dense solver, after everything people do to it."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest

from kith.methods.matching import listing
from kith.methods.matching.explain import MatchExplanation
from kith.methods.matching.live import Live, points, tiles
from kith.methods.matching.live import proof as proof_module
from kith.methods.matching.live.sight import Sight, mentor_marks, participant_marks
from kith.methods.matching.problem import (
    SWITCHABLE,
    BadProblem,
    DecisionConflict,
    Gate,
    Gates,
)
from kith.methods.matching.result import Pair
from kith.methods.matching.score import GATE_BIT, is_barred, score
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import open_round
from kith.methods.matching.tests.live_rounds import (
    ACTS,
    best_value,
    random_participant,
    random_round,
    states,
    value_of_pairs,
)

NONE = np.zeros(0, dtype=np.int64)


def assert_best(live: Live) -> None:
    proof = live.certificate()

    assert live.value == best_value(live) == value_of_pairs(live)
    assert live.value == proof.primal == proof.dual
    assert (proof.violation, proof.graph) == (0, "full")
    assert live.matched == len(list(live.pairs()))
    assert live.total_fit == sum(pair.fit for pair in live.pairs())


def changed_round(seed: int, acts: int = 8, **settings: float) -> Live:
    """A random round in which people have decided this and that."""
    rng = np.random.default_rng(seed)
    live = Live.of(solve(random_round(rng), **settings))
    for _ in range(acts):
        ACTS[int(rng.integers(len(ACTS)))](live, rng)
    return live


@pytest.fixture(autouse=True)
def few_first(monkeypatch) -> None:
    """Large rounds list few pairs at first, so that small tests need the look at all others."""
    monkeypatch.setattr(listing, "FIRST", 1)


def large(monkeypatch) -> None:
    monkeypatch.setattr(listing, "WHOLE_CELLS", 0)


@pytest.mark.parametrize("surveyed", [2, 5, 40])
def test_pairs_that_no_list_has_are_found_when_they_become_better(monkeypatch, surveyed) -> None:
    large(monkeypatch)
    monkeypatch.setattr(listing, "FIRST", 1)
    monkeypatch.setattr(listing, "MORE", 1)
    monkeypatch.setattr(proof_module, "SURVEYED", surveyed)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        live = Live.of(solve(random_round(rng, most=40)))

        for _ in range(8):
            ACTS[int(rng.integers(len(ACTS)))](live, rng)

            assert_best(live)


@pytest.mark.parametrize("is_whole", [True, False])
@pytest.mark.parametrize("floor", [0.0, 0.4])
def test_after_every_act_the_value_is_that_of_a_solve_from_the_beginning(
    monkeypatch, is_whole, floor
) -> None:
    monkeypatch.setattr(listing, "WHOLE_CELLS", 2_000_000 if is_whole else 0)
    for seed in range(12):
        rng = np.random.default_rng(seed)
        live = Live.of(solve(random_round(rng), floor=floor))
        assert_best(live)

        for _ in range(8):
            ACTS[int(rng.integers(len(ACTS)))](live, rng)

            assert_best(live)


def test_a_change_tells_everybody_who_moved_and_the_differences() -> None:
    for seed in range(30):
        rng = np.random.default_rng(seed)
        live = changed_round(seed, acts=3)
        before = {one.id: live.mentor_of(one.id) for one in live.problem.participants}
        sums = np.array([live.value, live.matched, live.total_fit])
        pairs = list(live.pairs())
        if not pairs:
            continue
        pair = pairs[int(rng.integers(len(pairs)))]
        live.unlock(pair.participant)
        sums = np.array([live.value, live.matched, live.total_fit])
        before = {one.id: live.mentor_of(one.id) for one in live.problem.participants}

        change = live.reject(pair.participant, str(before[pair.participant]))

        after = {one.id: live.mentor_of(one.id) for one in live.problem.participants}
        moved = {one.participant: (one.from_mentor, one.to_mentor) for one in change.moves}
        assert moved == {
            one: (before[one], after[one]) for one in after if before[one] != after[one]
        }
        differences = np.array([live.value, live.matched, live.total_fit]) - sums
        assert differences.tolist() == [change.value, change.matched, change.fit]


def test_a_question_leaves_no_trace_and_is_answered_as_the_act_would() -> None:
    for seed in range(12):
        live = changed_round(seed)
        before = list(states(live))
        for person in live.problem.participants:
            for mentor in live.problem.mentors:
                try:
                    asked = live.what_if_lock(person.id, mentor.id)
                except DecisionConflict:
                    continue
                assert list(states(live)) == before
                twin = Live.restore(live.problem, live.settings, live.save())
                assert twin.lock(person.id, mentor.id) == asked
                assert twin.value == best_value(twin)


def test_a_rejection_that_is_only_asked_about_stays_open() -> None:
    live = Live.of(solve(open_round([[40, 30], [20, 0]])))
    before = list(states(live))

    asked = live.what_if_reject("P0", "M0")

    assert list(states(live)) == before
    assert live.problem.decisions == ()
    assert live.reject("P0", "M0") == asked


def test_every_alternative_costs_what_keeping_it_costs() -> None:
    for seed in range(12):
        live = changed_round(seed)
        for person in live.problem.participants:
            found = live.alternatives(person.id, 99)

            before = list(states(live))
            for one in found:
                twin = Live.restore(live.problem, live.settings, live.save())
                twin.unlock(person.id)
                twin.lock(person.id, one.mentor)
                assert twin.value == best_value(twin)
                own = worth(twin, person.id) - worth(live, person.id)
                assert one.loss_to_others == live.value - twin.value + own
                assert one.matches_lost == live.matched - twin.matched
            losses = [one.loss_to_others - one.fit for one in found]
            assert losses == sorted(losses)
            assert list(states(live)) == before
            assert live.alternatives(person.id, 2) == found[:2]


def worth(live: Live, participant: str) -> int:
    fits = {pair.participant: pair.fit for pair in live.pairs()}
    if participant not in fits:
        return 0
    row = live.problem.row(participant)
    averted = live.unmatched_loss + live.settings.waiting.bonuses(live.problem)
    return fits[participant] + int(averted[row])


def test_what_was_saved_goes_on_as_if_nothing_had_been() -> None:
    for seed in range(12):
        live = changed_round(seed, floor=0.3)

        twin = Live.restore(live.problem, live.settings, live.save())

        assert list(twin.pairs()) == list(live.pairs())
        assert twin.problem == live.problem
        assert twin.save() == live.save()
        for step in range(6):
            act = ACTS[int(np.random.default_rng(1000 * seed + step).integers(len(ACTS)))]
            act(live, np.random.default_rng(step))
            act(twin, np.random.default_rng(step))
            assert list(twin.pairs()) == list(live.pairs())
            assert twin.save() == live.save()


def test_it_is_not_restored_for_other_people() -> None:
    live = changed_round(1)
    problem = live.problem
    others = replace(problem, participants=list(reversed(problem.participants)))

    with pytest.raises(BadProblem):
        Live.restore(others, live.settings, live.save())


def test_a_lock_that_cannot_be_changes_nothing() -> None:
    live = Live.of(solve(open_round([[40, 30, 0], [20, 0, 0]])))
    live.reject("P1", "M0")
    live.lock("P0", "M1")
    before = list(states(live))

    for person, mentor in (("P0", "M0"), ("P1", "M0"), ("P1", "M1"), ("P1", "M2")):
        with pytest.raises(DecisionConflict):
            live.lock(person, mentor)
        assert list(states(live)) == before
    with pytest.raises(DecisionConflict):
        live.reject("P0", "M1")
    with pytest.raises(DecisionConflict):
        live.capacity("M1", 0)
    assert list(states(live)) == before


def test_who_arrives_may_name_what_nobody_named_before() -> None:
    rng = np.random.default_rng(5)
    live = Live.of(solve(random_round(rng)))
    newcomer = replace(
        random_participant(rng, "N1"),
        topics={"dancing": 1, "work": 2},
        interests=frozenset({"kites"}),
        region="elsewhere",
    )

    live.arrive(newcomer)

    assert_best(live)
    assert live.problem.participants[-1] == newcomer
    with pytest.raises(BadProblem):
        live.arrive(newcomer)


@pytest.mark.parametrize("is_whole", [True, False])
def test_who_arrives_requires_what_mentors_have_though_nobody_required_it_before(
    monkeypatch, is_whole
) -> None:
    monkeypatch.setattr(listing, "WHOLE_CELLS", 2_000_000 if is_whole else 0)
    problem = open_round([[50, 40], [20, 30]], capacity=[2, 2])
    mentors = [problem.mentors[0], replace(problem.mentors[1], marks=frozenset({"children"}))]
    live = Live.of(solve(replace(problem, mentors=mentors)))

    for name, mark in (("P8", "children"), ("P9", "tandem")):
        live.arrive(replace(problem.participants[0], id=name, requires=frozenset({mark})))

    assert [live.mentor_of(one) for one in ("P8", "P9")] == ["M1", None]
    assert live.explain_pair("P8", "M0").gates == live.explain_pair("P9", "M1").gates
    assert live.explain_pair("P8", "M0").gates == (Gate.MARKS,)
    assert_best(live)


def test_a_round_saved_before_there_were_marks_opens_and_goes_on() -> None:
    live = Live.of(solve(open_round([[50, 40], [20, 30]], capacity=[2, 2])))
    earlier = io.BytesIO()
    with np.load(io.BytesIO(live.save())) as saved:
        arrays = {name: saved[name] for name in saved.files if not name.endswith(".marks")}
    words = json.loads(arrays["words"].tobytes())
    del words["marks"]
    arrays["words"] = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
    np.savez_compressed(earlier, **arrays)

    twin = Live.restore(live.problem, live.settings, earlier.getvalue())
    twin.arrive(replace(live.participant("P0"), id="P9", requires=frozenset({"children"})))

    assert list(twin.pairs()) == list(live.pairs())
    assert twin.mentor_of("P9") is None
    assert_best(twin)


def test_locks_are_exempt_from_the_floor_until_they_are_taken_back() -> None:
    live = Live.of(solve(open_round([[20, 70]]), floor=0.5))

    live.lock("P0", "M0")

    assert list(live.pairs()) == [Pair("P0", "M0", 200_000, True)]
    live.unlock("P0")
    assert list(live.pairs()) == [Pair("P0", "M1", 700_000, False)]
    live.reject("P0", "M1")
    assert live.unmatched() == ["P0"]


def test_parts_of_every_pair_sum_to_its_fit() -> None:
    live = changed_round(3)

    points = dict(live.shared_points())

    assert list(points) == list(live.pairs())
    for pair, parts in points.items():
        assert sum(part.points for part in parts) == pair.fit
        explained = live.explain(pair.participant)
        assert isinstance(explained, MatchExplanation)
        assert explained.parts == parts


def test_a_pair_that_is_not_proposed_is_explained_with_its_cost() -> None:
    live = Live.of(solve(open_round([[40, 30, 0], [0, 50, 20]])))

    other, none = live.explain_pair("P0", "M1"), live.explain_pair("P0", "M2")

    assert (other.gates, other.fit, other.matched) == ((), 300_000, False)
    assert other.cost == live.alternatives("P0")[0]
    assert ([gate.value for gate in none.gates], none.cost) == (["topics"], None)
    assert live.explain_pair("P0", "M0").matched


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_many_explanations_are_those_of_one_by_one(objective) -> None:
    live = Live.of(solve(random_round(np.random.default_rng(7)), objective=objective))
    people = [one.id for one in live.problem.participants]

    assert list(live.explanations()) == [live.explain(one) for one in people]
    assert list(live.explanations(people[:2])) == [live.explain(one) for one in people[:2]]


def test_a_live_round_explains_as_the_solved_one() -> None:
    for seed in range(12):
        result = solve(random_round(np.random.default_rng(seed)))
        live = Live.of(result)
        for one in result.explanations():
            assert live.explain(one.participant) == one


def test_with_leximin_every_act_solves_anew() -> None:
    problem = random_round(np.random.default_rng(1))
    live = Live.of(solve(problem, objective="leximin"))
    assert live.matched > 2
    for act in (live.reject, live.reject, live.lock):
        pair = next(live.pairs())
        change = act(pair.participant, pair.mentor)

        again = solve(live.problem, objective="leximin")
        assert list(live.pairs()) == list(again.pairs)
        assert change.matched <= 0
    twin = Live.restore(live.problem, live.settings, live.save())
    assert list(twin.pairs()) == list(live.pairs())


def test_what_is_known_of_other_pairs_holds_after_any_number_of_acts(monkeypatch) -> None:
    large(monkeypatch)
    for seed in range(15):
        proof = changed_round(seed, acts=12)._proof
        fits, failed = proof.people.scores.tables
        before = proof.prices + proof.low
        for row in np.flatnonzero(proof.competes).tolist():
            closed = proof.people.closed(row)
            listed = set(np.asarray(proof.network.columns_of(row)).tolist())
            listed |= set(proof.near.rows.of([row])[1].tolist())
            values = [
                int(fits[row, column] - before[column])
                for column in np.flatnonzero(failed[row] == 0).tolist()
                if column not in closed | listed
            ]
            assert max(values, default=-proof_module.UNKNOWN) <= proof.most[row]


@pytest.mark.parametrize("off", [(), (Gate.LANGUAGE, Gate.RANGE), tuple(SWITCHABLE)])
def test_loops_and_tables_see_the_same_pairs(off) -> None:
    for seed in range(10):
        problem = random_round(np.random.default_rng(seed), most=25)
        scores = score(replace(problem, gates=Gates(off=frozenset(off))))
        fits, failed = scores.tables
        # Exclusions and marks are looked at pair by pair, when a pair is good enough.
        failed &= ~np.uint16(GATE_BIT[Gate.EXCLUDED])
        barred = is_barred(scores.mentors, scores.problem) | np.zeros_like(failed, dtype=bool)
        keys, columns = np.arange(fits.size), fits.shape[1]
        nothing = np.full(fits.size, -1)
        sides = points.folk_of(scores.participants), points.folk_of(scores.mentors)

        found = points.fits_of(keys, columns, nothing, *sides, points.rules_of(scores.problem))

        assert found[~barred.ravel()].tolist() == np.where(failed == 0, fits, -1)[~barred].tolist()


@pytest.mark.parametrize("off", [(), (Gate.LANGUAGE, Gate.RANGE), tuple(SWITCHABLE)])
def test_masks_leave_out_no_candidate(off) -> None:
    left_out = 0
    for seed in range(10):
        problem = random_round(np.random.default_rng(seed), most=25)
        scores = score(replace(problem, gates=Gates(off=frozenset(off))))
        marks = (
            participant_marks(scores.participants, scores.problem),
            mentor_marks(scores.mentors, scores.problem),
        )
        sight = Sight(*marks, ranged=Gate.RANGE not in off)
        candidates = scores.tables[1] == 0
        columns = np.arange(candidates.shape[1])
        rows = np.arange(candidates.shape[0])
        seen = np.zeros_like(candidates)
        for row in rows.tolist():
            seen[row, sight.columns_for(row, columns)] = True
        for column in columns.tolist():
            assert sight.rows_for(column, rows).tolist() == np.flatnonzero(seen[:, column]).tolist()

        left_out += int((~seen).sum())
        assert not (candidates & ~seen).any()
    assert left_out > 0


@pytest.mark.parametrize(
    ("size", "little", "many"), [(16, 24_000, 4_096), (3, 0, 0), (2, 1 << 50, 4_096)]
)
def test_with_numba_looks_and_without_are_the_same(monkeypatch, size, little, many) -> None:
    large(monkeypatch)
    monkeypatch.setattr(tiles, "SIZE", size)
    monkeypatch.setattr(proof_module, "LITTLE", little)
    monkeypatch.setattr(proof_module, "MANY", many)
    for seed in range(8):
        live = changed_round(seed, acts=10)
        proof = live._proof
        rows, columns = range(proof.network.rows), range(len(proof.prices))
        competing = [row for row in rows if proof.competes[row]]
        proof.low += 200_000
        tables = (
            *proof._from_rows(competing),
            *proof._from_columns(columns),
            *proof._from_unknown(competing),
        )

        loops = list(proof._glanced(competing, columns, competing))

        assert sorted(np.concatenate([*tables, NONE])) == sorted(np.concatenate([*loops, NONE]))
