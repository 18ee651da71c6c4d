"""Acts on live rounds: `python -m bench.live [--most 100000] [--instances]`.

Prints p50, p99 and the largest of each act in milliseconds, with the target beside it, at 10,000
and 100,000 participants; everything a person waits for is counted, the look at all other pairs
included. Ends with 1 when a target is missed, when the value is not that of a solve from the
beginning, or when a bound lies above an exact loss. KITH_WITHOUT_NUMBA=1 measures without numba.

--instances: 3,000 random rounds and 13,000 acts against scipy's dense solver instead.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench.rounds import make_round
from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.live import Live
from kith.methods.matching.problem import DecisionConflict
from kith.methods.matching.solve import solve

SIZES = (10_000, 100_000)
TARGET_MS = {10_000: 3.0 if IS_COMPILED else 50.0, 100_000: 3.0 if IS_COMPILED else 60.0}
"""p99 of a lock and of a rejection."""
TARGETED = ("lock", "reject")
TIMES = 300
INSTANCES, ACTS = 3_000, 13_000


def main() -> int:
    """Measure, or compare many small rounds."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="participants at most")
    parser.add_argument("--times", type=int, default=TIMES, help="how often each act is done")
    parser.add_argument("--instances", action="store_true", help="small rounds against scipy")
    arguments = parser.parse_args()
    if arguments.instances:
        return _instances()
    _measure(300, 20)  # compiled before anything is timed
    sizes = [size for size in SIZES if size <= arguments.most]
    return 1 if sum(_measure(size, arguments.times) for size in sizes) else 0


def _measure(size: int, times: int) -> int:
    """Measure one size; gives how many faults were found."""
    result = solve(make_round(size, seed=1))
    begun = time.perf_counter()
    live = Live.of(result)
    opened = time.perf_counter() - begun
    print(f"\n{size:,} participants, {'with' if IS_COMPILED else 'without'} numba")
    print(f"  opened in {opened:.2f} s; {live.matched:,} matched")
    bench = Bench(live, np.random.default_rng(2), make_round(min(size, 1_000), seed=77))
    faults = 0
    for act in (*CHANGES, *QUESTIONS):
        faults += _timed(bench, act, times if act in CHANGES else max(10, times // 5), size)
    print(f"  locks and rejections that cost somebody a match: {bench.lost} of {bench.decided}")
    print(f"  alternatives: {bench.below} of {bench.tried} exact losses below their bound")
    faults += bench.below + _saved(live) + _compared(live)
    return faults


def _timed(bench: "Bench", name: str, times: int, size: int) -> int:
    act: Callable[[], float] = getattr(bench, name)
    spent = sorted(1000 * act() for _ in range(times))
    middle, late = spent[len(spent) // 2], spent[int(len(spent) * 0.99)]
    target = TARGET_MS.get(size) if name in TARGETED else None
    note = f"  (target p99 {target:g})" if target else ""
    print(f"  {name:<14} p50 {middle:8.2f}  p99 {late:8.2f}  max {spent[-1]:8.2f} ms{note}")
    return int(target is not None and late > target)


def _saved(live: Live) -> int:
    begun = time.perf_counter()
    saved = live.save()
    middle = time.perf_counter()
    problem = live.problem
    then = time.perf_counter()
    twin = Live.restore(problem, live.settings, saved)
    print(
        f"  saved in {middle - begun:.2f} s, {len(saved) / 1e6:.2f} MB;"
        f" restored in {time.perf_counter() - then:.2f} s"
    )
    return int(list(twin.pairs()) != list(live.pairs()))


def _compared(live: Live) -> int:
    """The certificate, and a solve from the beginning."""
    proof = live.certificate()
    again = Live.of(solve(live.problem))
    mine, other = _worth(live), _worth(again)
    same = mine == other and proof.holds
    print(f"  certificate {'holds' if proof.holds else 'DOES NOT HOLD'} over all pairs")
    print(f"  solved from the beginning: {'the same value' if mine == other else 'NOT THE SAME'}")
    return int(not same)


def _worth(live: Live) -> tuple[int, int]:
    """Matches, and fits with waiting points: the value without the loss, which may differ."""
    return live.matched, live.value - live.matched * live.unmatched_loss  # type: ignore[attr-defined]


class Bench:
    """Acts on one live round, each timed alone: every method gives seconds."""

    def __init__(self, live: Live, rng: np.random.Generator, others) -> None:
        self.live, self.rng = live, rng
        self.participants = [one.id for one in live.problem.participants]
        self.mentors = [one.id for one in live.problem.mentors]
        self.newcomers = [
            replace(one, id=f"N{number}") for number, one in enumerate(others.participants)
        ]
        self.locked: list[str] = []
        self.rejected: list[tuple[str, str]] = []
        self.lost = self.decided = self.below = self.tried = 0

    def reject(self) -> float:
        """A proposed pair is rejected."""
        person, mentor = self._pair()
        spent, change = _clocked(lambda: self.live.reject(person, mentor))
        self.rejected.append((person, mentor))
        self._note(change)
        return spent

    def lock(self) -> float:
        """Somebody keeps one of the alternatives."""
        while True:
            person, _ = self._pair()
            found = self.live.alternatives(person, 3)
            if found:
                break
        mentor = found[int(self.rng.integers(len(found)))].mentor
        spent, change = _clocked(lambda: self.live.lock(person, mentor))
        self.locked.append(person)
        self._note(change)
        return spent

    def lock_any(self) -> float:
        """Somebody keeps whichever mentor passes."""
        while True:
            person = self.participants[int(self.rng.integers(len(self.participants)))]
            mentor = self.mentors[int(self.rng.integers(len(self.mentors)))]
            begun = time.perf_counter()
            try:
                change = self.live.lock(person, mentor)
            except DecisionConflict:
                continue
            self.locked.append(person)
            self._note(change)
            return time.perf_counter() - begun

    def unlock(self) -> float:
        """A lock is taken back."""
        person = self.locked.pop(int(self.rng.integers(len(self.locked))))
        return _clocked(lambda: self.live.unlock(person))[0]

    def allow(self) -> float:
        """A rejection is taken back."""
        person, mentor = self.rejected.pop(int(self.rng.integers(len(self.rejected))))
        return _clocked(lambda: self.live.allow(person, mentor))[0]

    def arrive(self) -> float:
        """Somebody new."""
        newcomer = self.newcomers.pop()
        return _clocked(lambda: self.live.arrive(newcomer))[0]

    def leave(self) -> float:
        """Somebody goes."""
        person, _ = self._pair()
        self.participants.remove(person)
        return _clocked(lambda: self.live.leave(person))[0]

    def capacity(self) -> float:
        """One place more or less than before."""
        _, mentor = self._pair()
        places = int(self.rng.integers(0, 4))
        try:
            return _clocked(lambda: self.live.capacity(mentor, places))[0]
        except DecisionConflict:
            return self.capacity()

    def alternatives(self) -> float:
        """Five alternatives with exact losses; each is held against its bound."""
        person, _ = self._pair()
        spent, _ = _clocked(lambda: self.live.alternatives(person))
        row = self.live._people.row(person)
        bounds = {column: bound for bound, column, _ in self.live._ranked(row)}
        for column in list(bounds)[:8]:
            self.tried += 1
            self.below += -self.live._tried(row, column).value < bounds[column]
        return spent

    def explain_match(self) -> float:
        """Why this match."""
        person, _ = self._pair()
        return _clocked(lambda: self.live.explain(person))[0]

    def explain_none(self) -> float:
        """Why no match."""
        waiting = self.live.unmatched()
        person = waiting[int(self.rng.integers(len(waiting)))]
        return _clocked(lambda: self.live.explain(person))[0]

    def explain_pair(self) -> float:
        """Why not these two."""
        person = self.participants[int(self.rng.integers(len(self.participants)))]
        mentor = self.mentors[int(self.rng.integers(len(self.mentors)))]
        return _clocked(lambda: self.live.explain_pair(person, mentor))[0]

    def _pair(self) -> tuple[str, str]:
        while True:
            person = self.participants[int(self.rng.integers(len(self.participants)))]
            mentor = self.live.mentor_of(person)
            if mentor is not None and person not in self.locked:
                return person, mentor

    def _note(self, change) -> None:
        self.decided += 1
        self.lost += change.matched < 0


CHANGES = ("reject", "lock", "lock_any", "unlock", "allow", "leave", "arrive", "capacity")
QUESTIONS = ("alternatives", "explain_match", "explain_none", "explain_pair")


def _clocked(act: Callable[[], object]):
    begun = time.perf_counter()
    found = act()
    return time.perf_counter() - begun, found


def _instances() -> int:
    """Random rounds and acts against scipy."""
    from kith.methods.matching.tests import live_rounds as rounds

    acts = wrong = 0
    for seed in range(INSTANCES):
        rng = np.random.default_rng(seed)
        live = Live.of(solve(rounds.random_round(rng), floor=float(rng.choice([0, 0, 0.4]))))
        wrong += not _is_best(live, rounds)
        for _ in range(-(-ACTS * (seed + 1) // INSTANCES) - acts):
            rounds.ACTS[int(rng.integers(len(rounds.ACTS)))](live, rng)
            wrong += not _is_best(live, rounds)
            acts += 1
    print(f"{INSTANCES:,} rounds, {acts:,} acts: {wrong} not equal to scipy or not proven")
    return int(wrong > 0)


def _is_best(live: Live, rounds) -> bool:
    proof = live.certificate()
    return proof.holds and live.value == proof.primal == rounds.best_value(live)


if __name__ == "__main__":
    sys.exit(main())
