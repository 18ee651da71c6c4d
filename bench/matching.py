"""How long large rounds take, how much memory, and what short lists would lose.

python -m bench.matching [--most 100000]: 1,000, 10,000, 30,000 and 100,000 participants, each in a
process of its own. Prints seconds from the records to the proven result, the memory that is added
to them, the number of pricings, and how many are matched when only the best 8, 16 or 32 candidates
of each participant are looked at. At 1,000 and 10,000 the result must be worth the same as when all
pairs are listed. Ends with 1 when a target is missed. KITH_WITHOUT_NUMBA=1 measures plain Python.
"""

import argparse
import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bench.rounds import make_round
from bench.solvers import min_cost_flow_value
from kith.methods.matching import listing
from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.outcome import Field, open_field, score_in_hash_order
from kith.methods.matching.problem import Problem
from kith.methods.matching.result import Result
from kith.methods.matching.solve import solve

SIZES = (1_000, 10_000, 30_000, 100_000)
BEST = (8, 16, 32)
SECONDS = {30_000: 1.5, 100_000: 12.0}
"""On a machine on which minimum-cost flow takes 6 s on the short lists of 100,000 (see FLOWS)."""
FLOWS = {100_000: 2.0}
"""At most so many times what minimum-cost flow takes on short lists, in the same run."""
MEMORY_MB = {100_000: 400}
BYTES_FOR_A_PAIR = {100_000: 200}
"""Of the whole pipeline, for each pair that is listed at the end; small rounds have few pairs."""
COMPARED = 10_000
"""Up to so many participants the result is held against the list of all pairs."""
EVERY_CELL = 1 << 62


def main() -> int:
    """Measure every size up to the largest wanted, or one here."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="participants at most")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(_measured(arguments.one)))
        return 0
    print("compiled loops" if IS_COMPILED else "without numba: no targets")
    faults = [fault for size in SIZES if size <= arguments.most for fault in _told(size)]
    for fault in faults:
        print(f"NOT KEPT  {fault}")
    return 1 if faults else 0


def _told(size: int) -> list[str]:
    """Print the figures of one size; gives the targets that it misses."""
    command = [sys.executable, "-m", "bench.matching", "--one", str(size)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout)
    seconds, memory = (
        f" (target {limit[size]:g})" if IS_COMPILED and size in limit else ""
        for limit in (SECONDS, MEMORY_MB)
    )
    print(
        f"\n{size:,} participants, {found['mentors']:,} mentors\n"
        f"  proven in {found['seconds']:.2f} s{seconds}, of processors {found['worked']:.2f} s,"
        f" {found['memory']:.0f} MB{memory}, {found['pricings']} pricings,"
        f" {found['pairs']:,} pairs listed"
    )
    most = BYTES_FOR_A_PAIR.get(size) if IS_COMPILED else None
    note = f" (target at most {most})" if most else ""
    print(f"  the whole pipeline: {_for_a_pair(found):.0f} bytes for each pair listed{note}")
    if found.get("flow"):
        print(
            f"  {found['seconds'] / found['flow']:.2f} of OR-Tools' minimum-cost flow on the best"
            f" {BEST[-1]} alone, {found['flow']:.1f} s (target: at most {FLOWS[size]:g})"
        )
    shares = {f"best {most}": found["short"][str(most)] for most in BEST}
    shares["all pairs"] = found["matched"]
    print("  matched on " + ", ".join(f"{name}: {number:,}" for name, number in shares.items()))
    return list(_faults(size, found))


def _faults(size: int, found: dict):
    if not found["holds"]:
        yield f"{size:,}: the certificate does not hold"
    if found["whole"] is not None and found["whole"] != found["worth"]:
        yield f"{size:,}: worth {found['worth']:,}, with all pairs listed {found['whole']:,}"
    if IS_COMPILED and not found.get("flow") and found["seconds"] > SECONDS.get(size, np.inf):
        yield f"{size:,}: {found['seconds']:.2f} s are over {SECONDS[size]} s"
    if IS_COMPILED and found.get("flow") and found["seconds"] > FLOWS[size] * found["flow"]:
        yield f"{size:,}: {found['seconds'] / found['flow']:.2f} times minimum-cost flow"
    if IS_COMPILED and found["memory"] > MEMORY_MB.get(size, np.inf):
        yield f"{size:,}: {found['memory']:.0f} MB are over {MEMORY_MB[size]} MB"
    if IS_COMPILED and _for_a_pair(found) > BYTES_FOR_A_PAIR.get(size, np.inf):
        yield f"{size:,}: {_for_a_pair(found):.0f} bytes for a pair, over {BYTES_FOR_A_PAIR[size]}"


def _for_a_pair(found: dict) -> float:
    return found["memory"] * 2**20 / found["pairs"]


def _measured(size: int) -> dict:
    _solved(make_round(300, seed=9), cells=0)  # compiled before anything is timed
    problem = make_round(size, seed=1)
    pricings: list[int] = []
    before = _restarted_peak()
    began, worked = time.perf_counter(), time.process_time()
    result = _solved(problem, cells=0, pricings=pricings)
    found = {
        "seconds": time.perf_counter() - began,
        "worked": time.process_time() - worked,
        "memory": _status("VmHWM") - before,
        "mentors": len(problem.mentors),
        "pricings": len(pricings),
        "pairs": len(result.outcome.ground.column),
        "matched": len(result.pairs),
        "holds": result.certificate.holds and result.certificate.graph == "full",
        "worth": _worth(result),
        "whole": None,
    }
    if size <= COMPARED:
        found["whole"] = _worth(_solved(problem, cells=EVERY_CELL))
    if size in FLOWS:
        found["flow"] = _flow_seconds(problem)
    return found | {"short": _short(problem)}


def _solved(problem: Problem, *, cells: int, pricings: list[int] | None = None) -> Result:
    listing.WHOLE_CELLS = cells

    def note(step: str, done: int, _: int) -> None:
        if step == "pricing" and pricings is not None:
            pricings.append(done)

    return solve(problem, progress=note)


def _worth(result: Result) -> list[int]:
    """Matches, and fit with waiting points."""
    number = len(result.pairs)
    return [number, result.certificate.primal - result.unmatched_loss * number]


def _short(problem: Problem) -> dict[int, int]:
    """How many are matched on the best few candidates of each."""
    field = open_field(score_in_hash_order(problem, seed=0), floor=0)
    return {most: _matched(field, most) for most in BEST}


def _flow_seconds(problem: Problem) -> float | None:
    """What OR-Tools needs for the best 32 of each alone, without finding them and without proof."""
    if find_spec("ortools") is None:
        return None
    field = open_field(score_in_hash_order(problem, seed=0), floor=0)
    pairs = _pairs(field, BEST[-1])
    began = time.perf_counter()
    min_cost_flow_value(pairs, field.capacity)
    return time.perf_counter() - began


def _pairs(field: Field, most: int) -> Pairs:
    found = field.finder.find(most=most)
    worth = found.fit + np.int64(listing.sure_loss(field))
    return Pairs(found.start, found.column, worth)


def _matched(field: Field, most: int) -> int:
    network = Network(_pairs(field, most), field.capacity)
    network.solve()
    return int((network.holders >= 0).sum())


def _restarted_peak() -> float:
    """The memory of this process now, in MB; its peak is counted from here."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith(f"{name}:")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
