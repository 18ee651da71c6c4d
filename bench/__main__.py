"""make bench: the same pages at 1,000 and at 100,000 people, side by side.

Prints p50 and p95 in milliseconds, the number of queries, their ratio between the sizes, how long
the demo took to load, and the memory of server, worker and database. Ends with 1 when a stated
limit is not kept.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from bench.homes import home_of

LIMITS_MS = {
    "home": 100,
    "match": 100,
    "calendar": 100,
    "list": 100,
    "search": 100,
    "record": 100,
    "save": 60,
}
RATIO = 1.3
# Below this many milliseconds a ratio tells more about the machine than about the page.
TOO_SHORT_MS = 25
LOAD_SECONDS = 15 * 60
MEMORY_MB = 4096


def main() -> int:
    arguments = _arguments()
    with home_of("kith-bench-", arguments.home) as folder:
        found = {size: _measure(size, folder, arguments.requests) for size in arguments.sizes}
    _print(found)
    faults = list(_faults(found))
    for fault in faults:
        print(f"NOT KEPT  {fault}")
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=2))
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[1000, 100_000], help="1000,100000")
    parser.add_argument("--home", type=Path, help="keep the data in this folder for the next time")
    parser.add_argument("--requests", type=int, default=200, help="of each kind")
    parser.add_argument("--out", type=Path, help="write the figures as JSON too")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _measure(size: int, folder: Path, requests: int) -> dict:
    command = [sys.executable, "-m", "bench.one", str(size), str(folder / str(size)), str(requests)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _print(found: dict[int, dict]) -> None:
    small, large = min(found), max(found)
    print(f"\n{'':<9}" + "".join(f"{f'{size:,} people':>32}" for size in found) + f"{'ratio':>8}")
    for page in LIMITS_MS:
        cells = []
        for size in found:
            one = found[size]["pages"][page]
            cells.append(f"{one['p50']:8.1f} {one['p95']:8.1f} ms {one['queries']:4d} queries")
        ratio = found[large]["pages"][page]["p50"] / found[small]["pages"][page]["p50"]
        print(f"{page:<9}" + "".join(f"{cell:>32}" for cell in cells) + f"{ratio:8.2f}")
    for size, one in found.items():
        memory = ", ".join(f"{name} {mb:.0f} MB" for name, mb in one["memory"].items())
        print(f"{size:,} people: loaded in {one['load_seconds']:.0f} s; {memory}")
        writers = one["writers"]
        print(
            f"{size:,} people: 20 writers at once, each save p50 {writers['p50']:.0f} ms,"
            f" p95 {writers['p95']:.0f} ms, {writers['per_second']:.0f} saves a second"
        )


def _faults(found: dict[int, dict]):
    small, large = min(found), max(found)
    for page, limit in LIMITS_MS.items():
        first, last = (found[size]["pages"][page] for size in (small, large))
        if last["p50"] > limit:
            yield f"{page}: p50 {last['p50']:.0f} ms is over {limit} ms"
        if last["p50"] > TOO_SHORT_MS and last["p50"] / first["p50"] > RATIO:
            yield f"{page}: {last['p50'] / first['p50']:.2f} times as long as with {small:,} people"
        if last["queries"] > first["queries"]:
            yield f"{page}: {last['queries']} queries instead of {first['queries']}"
    for size, one in found.items():
        if one["load_seconds"] > LOAD_SECONDS:
            yield f"{size:,} people took {one['load_seconds']:.0f} s to load"
        if sum(one["memory"].values()) > MEMORY_MB:
            yield f"{size:,} people need {sum(one['memory'].values()):.0f} MB of memory"


if __name__ == "__main__":
    sys.exit(main())
