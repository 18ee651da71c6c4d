"""python -m bench.identical: the same bytes with 1 or 2 threads, with or without numba, and again.

One made-up round is solved in processes of their own; all pairs are priced, as in a large round.
What each part of the engine gives (matches, proofs, prices, explanations, acts on a live round,
short lists, a floor for groups, a year week by week, stable matches, welcome groups) is written
out and held against the others byte for byte. Ends with 1 when one byte differs.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np

from bench import groups, live, rolling
from bench.rounds import arrays_of, make_round
from kith.methods.matching import listing, shortlist
from kith.methods.matching.compiled import IS_COMPILED, PLAIN
from kith.methods.matching.fair import language_groups, raise_floor
from kith.methods.matching.group.form import form_groups
from kith.methods.matching.live import Live
from kith.methods.matching.problem import Problem
from kith.methods.matching.result import Result
from kith.methods.matching.rolling import Strategy, roll
from kith.methods.matching.shortlist import Finder
from kith.methods.matching.solve import solve
from kith.methods.matching.stable import accept_deferred

RUNS = {
    # name: threads, without numba, hash seed of Python
    "2 threads": (2, False, "1"),
    "again": (2, False, "2"),
    "1 thread": (1, False, "3"),
    "without numba": (2, True, "4"),
}
THREADS = "KITH_BENCH_THREADS"
ACTS = 12
HOURS = 3600.0


def main() -> int:
    """Compare all runs, or be one of them."""
    parser = argparse.ArgumentParser(prog="python -m bench.identical", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000, help="participants")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(_digests(arguments.people)))
        return 0
    found = {name: _run(name, arguments.people) for name in RUNS}
    first, *others = found.values()
    print(f"{arguments.people:,} participants; runs: {', '.join(found)}")
    faults = 0
    for part, (size, digest) in first["parts"].items():
        same = all(one["parts"][part] == [size, digest] for one in others)
        faults += not same
        print(f"  {part:<24}{size:12,} bytes  {digest[:16]}  {'the same' if same else 'DIFFERENT'}")
    compiled = [name for name, one in found.items() if one["compiled"]]
    print(f"compiled loops in: {', '.join(compiled) or 'none'}")
    word = "kept" if not faults else "NOT KEPT"
    print(f"target 14: {faults} parts that differ in any run (at most 0): {word}")
    return 1 if faults else 0


def _run(name: str, people: int) -> dict:
    threads, plain, seed = RUNS[name]
    environment = {word: value for word, value in os.environ.items() if word != PLAIN}
    environment |= {"NUMBA_NUM_THREADS": str(threads), THREADS: str(threads)}
    environment |= {"PYTHONHASHSEED": seed} | ({PLAIN: "1"} if plain else {})
    command = [sys.executable, "-m", "bench.identical", "--one", "--people", str(people)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _digests(people: int) -> dict:
    """Length and hash of what each part gives."""
    threads = int(os.environ.get(THREADS, "2"))
    shortlist.os.cpu_count = lambda: threads
    listing.WHOLE_CELLS = 0
    parts = {name: (len(told), hashlib.sha256(told).hexdigest()) for name, told in _outputs(people)}
    return {"compiled": IS_COMPILED, "parts": parts}


def _outputs(people: int) -> Iterator[tuple[str, bytes]]:
    problem = make_round(people, seed=1)
    result = solve(problem)
    yield "matches and proofs", _told(result)
    fair = solve(problem, objective="leximin", floor=0.3)
    yield "leximin with a floor", _told(fair)
    some = [one.id for one in problem.participants[:100]]
    yield "explanations", _written(result.explain(one) for one in some)
    yield "alternatives", _written(result.alternatives(one.participant) for one in result.pairs[:3])
    yield "short lists", _shortlists(problem)
    yield "acts on a live round", _acts(result)
    floored = raise_floor(result, language_groups(problem.participants), floor=1.0)
    yield "floor for groups", repr(floored).encode()
    yield "deferred acceptance", _stable(result)
    year, before = rolling.make_year(people // 4, seed=1)
    rolled = roll(year, strategy=Strategy.FUTURES, last_year=before, samples=2)
    yield "a year week by week", repr(rolled).encode()
    formed = form_groups(groups.make_round(20, 84, speakers=0.8, seed=1), time_limit_s=HOURS)
    yield "welcome groups", repr((formed.groups, formed.unserved, formed.proof)).encode()


def _told(result: Result) -> bytes:
    stages = [(stage.name, stage.gains.tolist(), stage.prices.tolist()) for stage in result.stages]
    return repr((result.pairs, result.unmatched, result.certificate, stages)).encode()


def _written(found: Iterator[object]) -> bytes:
    return "\n".join(map(repr, found)).encode()


def _shortlists(problem: Problem) -> bytes:
    finder = Finder(problem, *arrays_of(problem), closed=problem.excluded_cells())
    prices = np.random.default_rng(3).integers(0, 300_000, len(problem.mentors))
    lists = [*finder.find(most=8), *finder.find(most=12, prices=prices)]
    return b"".join(np.ascontiguousarray(one).tobytes() for one in lists)


def _acts(result: Result) -> bytes:
    """Locks, rejects and the others in turn, and how the round then stands."""
    others = make_round(100, seed=77)
    bench = live.Bench(Live.of(result), np.random.default_rng(2), others)
    stands = []
    for _ in range(ACTS):
        for act in live.CHANGES:
            getattr(bench, act)()
            stands.append(repr((act, bench.live.value, list(bench.live.pairs()))))
    return "\n".join([*stands, repr(bench.live.certificate())]).encode()


def _stable(result: Result) -> bytes:
    ground, fit = result.outcome.ground, result.outcome.fit.astype(np.int64)
    return accept_deferred(ground.start, ground.column, fit, ground.capacity).tobytes()


if __name__ == "__main__":
    sys.exit(main())
