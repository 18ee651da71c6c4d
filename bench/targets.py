"""python -m bench.targets: every target of the matching engine, measured, in one table.

Runs each measurement in a process of its own, shows what it prints, and ends with a table: target,
what was printed about it, kept or not. Tests stand for the targets that are about equality. Ends
with 1 when one is not kept. `--only 9,11` runs some; `--quick` leaves out the largest sizes.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

TESTS = "kith/methods/matching/tests"
WITHOUT_NUMBA = "KITH_WITHOUT_NUMBA"


@dataclass(frozen=True)
class Target:
    """One target: what it is, and the commands that measure it (each ends with 0 when kept).

    quick  words added to shorten a measurement
    """

    number: int
    name: str
    commands: tuple[tuple[str, ...], ...]
    quick: tuple[str, ...] = ()
    plain: tuple[tuple[str, ...], ...] = ()
    """Commands that run without numba."""


def bench(name: str, *words: str) -> tuple[str, ...]:
    """A measurement."""
    return ("-m", f"bench.{name}", *words)


def tests(*names: str) -> tuple[str, ...]:
    """Tests by file."""
    return ("-m", "pytest", "-n", "0", *(f"{TESTS}/test_{name}.py" for name in names))


MOST, PEOPLE = ("--most", "10000"), ("--people", "2000")
TARGETS = (
    Target(1, "complete assignments equal the known optimum", (bench("assignment"),)),
    Target(
        2,
        "random rounds and acts equal dense solvers",
        (bench("live", "--instances"), tests("network", "stages", "verify")),
    ),
    Target(3, "all pairs: equal to the complete graph", (bench("matching"),), MOST),
    Target(4, "seconds against minimum-cost flow", (bench("solvers"),), MOST),
    Target(5, "certified 100,000 x 60,000 and 30,000", (bench("matching"),), MOST),
    Target(6, "memory for each pair", (bench("solvers"), bench("matching")), MOST),
    Target(
        7,
        "three ways of scoring agree; pairs a second",
        (bench("shortlists"), tests("score", "shortlist")),
        ("--sizes", "10000"),
        plain=(bench("shortlists"),),
    ),
    Target(8, "lock and reject in milliseconds", (bench("live"),), MOST, plain=(bench("live"),)),
    Target(9, "leximin and a floor for groups", (bench("fairness"), tests("fair")), PEOPLE),
    Target(10, "deferred acceptance is stable", (bench("stability"), tests("stable"))),
    Target(11, "weeks against hindsight", (bench("rolling"), tests("rolling")), PEOPLE),
    Target(12, "welcome groups", (bench("groups"), tests("group_compact")), ("--most", "200")),
    Target(13, "contributions, funnel, bounds", (tests("explain", "alternatives", "group_why"),)),
    Target(
        14,
        "byte-identical with 1 or 2 threads, with or without numba",
        (bench("identical"), tests("compiled", "solve")),
        ("--people", "500"),
        plain=(tests("solve", "network", "rolling", "fair", "group_compact"),),
    ),
)


@dataclass(frozen=True)
class Measured:
    """What came of one target."""

    target: Target
    lines: tuple[str, ...]
    kept: bool
    seconds: float


def main() -> int:
    """Measure and print; 1 when a target is not kept."""
    arguments = _arguments()
    chosen = [one for one in TARGETS if not arguments.only or one.number in arguments.only]
    known: dict[tuple[tuple[str, ...], bool], tuple[int, str]] = {}
    found = [_measure(one, known, quick=arguments.quick) for one in chosen]
    print(f"\n{'target':>6}  {'kept':<8}{'seconds':>8}  what was measured")
    for one in found:
        word = "kept" if one.kept else "NOT KEPT"
        print(f"{one.target.number:>6}  {word:<8}{one.seconds:8.0f}  {one.target.name}")
        for line in one.lines:
            print(f"{'':26}{line}")
    return 0 if all(one.kept for one in found) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.targets", description=__doc__)
    parser.add_argument("--only", type=_numbers, default=(), help="numbers of targets: 9,11")
    parser.add_argument("--quick", action="store_true", help="leave out the largest sizes")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _measure(
    target: Target, known: dict[tuple[tuple[str, ...], bool], tuple[int, str]], *, quick: bool
) -> Measured:
    """Run the commands of a target; one that ran for another target is not run again."""
    begun, lines, kept = time.monotonic(), [], True
    runs = [(one, False) for one in target.commands] + [(one, True) for one in target.plain]
    for command, without in runs:
        words = (*command, *target.quick) if quick and "pytest" not in command else command
        if (words, without) not in known:
            known[words, without] = _run(words, without_numba=without)
        code, text = known[words, without]
        kept &= code == 0
        lines += _telling(text, words, without=without)
    return Measured(target, tuple(lines), kept, time.monotonic() - begun)


def _run(words: Sequence[str], *, without_numba: bool) -> tuple[int, str]:
    shown = " ".join(words) + (" (without numba)" if without_numba else "")
    print(f"\n> python {shown}", flush=True)
    environment = dict(os.environ) | ({WITHOUT_NUMBA: "1"} if without_numba else {})
    done = subprocess.run(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        check=False,
    )
    print(done.stdout, end="", flush=True)
    return done.returncode, done.stdout


def _telling(text: str, words: Sequence[str], *, without: bool) -> list[str]:
    """The lines that name a target or a limit; of tests the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    where = " without numba" if without else ""
    if "pytest" in words:
        names = " ".join(word.rpartition("test_")[2].removesuffix(".py") for word in words[4:])
        return [f"tests{where} ({names}): {lines[-1] if lines else 'nothing ran'}"]
    marked = [
        line for line in lines if any(word in line for word in ("target", "limit", "kept", "KEPT"))
    ]
    return [f"{words[1]}{where}: {line}" for line in marked or lines[-1:]]


if __name__ == "__main__":
    sys.exit(main())
