"""Pages with little and with much behind them, side by side: command, two processes, report."""

import argparse
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.homes import home_of
from bench.one import _load

LIMIT_MS = 100
RATIO = 1.3
# Below this many milliseconds a ratio tells more about the machine than about the page.
LEAST_MS = 10
PEOPLE = 60

Measured = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """What is measured.

    name    of the module below bench
    things  what there are so many of, in the plural
    kinds   the pages, in the order they are printed
    usual   the sizes, where none are given
    """

    name: str
    about: str
    things: str
    kinds: Sequence[str]
    usual: tuple[int, ...]

    def main(self, measure: Callable[[Path, int], Measured]) -> int:
        """Run the command; 1 when a limit is not kept."""
        arguments = self._arguments()
        if arguments.one:
            print(json.dumps(measure(arguments.home, arguments.one)))
            return 0
        with home_of(f"kith-{self.name}-", arguments.home) as folder:
            found = {size: self._apart(size, folder / str(size)) for size in arguments.sizes}
        faults = list(self._report(found))
        for fault in faults:
            print(f"NOT KEPT  {fault}")
        return 1 if faults else 0

    def _arguments(self) -> argparse.Namespace:
        parser = argparse.ArgumentParser(
            prog=f"python -m bench.{self.name}", description=self.about
        )
        usual = ",".join(map(str, self.usual))
        parser.add_argument("--sizes", type=_sizes, default=list(self.usual), help=usual)
        kept = "keep the data in this folder for the next time"
        parser.add_argument("--home", type=Path, help=kept)
        parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
        return parser.parse_args()

    def _apart(self, size: int, folder: Path) -> Measured:
        """Each size in a process of its own, as each has a database of its own."""
        module = f"bench.{self.name}"
        command = [sys.executable, "-m", module, "--one", str(size), "--home", str(folder)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        measured: Measured = json.loads(done.stdout.splitlines()[-1])
        return measured

    def _report(self, found: dict[int, Measured]) -> Iterator[str]:
        small, large = min(found), max(found)
        for size, one in found.items():
            print(f"{size:,} {self.things} written in {one['seconds']:.0f} s")
        for kind in self.kinds:
            first, last = found[small]["pages"][kind], found[large]["pages"][kind]
            ratio = last["p50"] / first["p50"]
            print(
                f"{kind:<10} p50 {first['p50']:6.1f} and {last['p50']:6.1f} ms,"
                f" p95 {last['p95']:6.1f} ms, {last['queries']} queries, ratio {ratio:.2f}"
                f"  (target: p50 <= {LIMIT_MS} ms, ratio <= {RATIO})"
            )
            if last["p50"] > LIMIT_MS:
                yield f"{kind}: p50 {last['p50']:.0f} ms is over {LIMIT_MS} ms"
            if ratio > RATIO and last["p50"] - first["p50"] > LEAST_MS:
                yield f"{kind}: {ratio:.2f} times as long as with {small:,} {self.things}"
            if last["queries"] > first["queries"]:
                yield f"{kind}: {last['queries']} queries instead of {first['queries']}"


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[int]:
    """A small demo in a folder, served; gives its port. Django is not set up yet."""
    import os

    from kith.config.home import Home
    from kith.config.launch.choice import Place
    from kith.config.launch.house import open_house
    from kith.config.launch.shown import Shown
    from kith.config.terminal import Terminal

    house = open_house(Home(folder), Place.DEMO)
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        _load(house, Shown(Terminal(sys.stderr)), PEOPLE)
        os.environ.update(settings)
        house.start([listener], choice_file=str(folder / "choice"))
        os.environ.update(house.environment(owner=False))
        yield listener.getsockname()[1]
    finally:
        house.close()
        listener.close()
