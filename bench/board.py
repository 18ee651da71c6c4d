"""The board of a round with 10,000 people waiting: how long a page and a decision take over HTTP.

`python -m bench.board [--people 30000] [--home FOLDER]` loads the demo with so many people (about
two in five wait), starts a round, lets the worker solve it, and asks as a coordinator's browser
does. Ends with 1 when a limit is not kept.
"""

import argparse
import os
import socket
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from bench.homes import home_of
from bench.one import Visitor, _cookies, _coordinator, _load, _memory, _wait_for

PEOPLE = 30_000
REQUESTS = 100
DECISIONS = 60
LIMITS_MS = {"board": 200, "table": 200, "keep": 150, "reject": 150}
SOLVE_SECONDS = 1800


def main() -> int:
    arguments = _arguments()
    with home_of("kith-board-", arguments.home) as folder:
        found = measure(folder, arguments.people)
    print(f"{found['waiting']:,} waiting, {found['mentors']:,} mentors, {found['pairs']:,} pairs")
    print(f"from the question to the board: {found['seconds']:.0f} s")
    print("memory: " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in found["memory"].items()))
    kept = True
    for name, limit in LIMITS_MS.items():
        p50, p95 = found[name]
        kept &= p50 <= limit
        print(f"{name:<8} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  (target: p50 <= {limit} ms)")
    print(f"first decision after a start of the server: {found['first']:.0f} ms")
    return 0 if kept else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.board", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--home", type=Path, help="keep the data in this folder for the next time")
    return parser.parse_args()


def measure(folder: Path, people: int) -> dict[str, Any]:
    from kith.config.home import Home
    from kith.config.launch.choice import Place
    from kith.config.launch.house import open_house
    from kith.config.launch.shown import Shown
    from kith.config.terminal import Terminal

    house = open_house(Home(folder), Place.DEMO)
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        _load(house, Shown(Terminal(sys.stderr)), people)
        house.start([listener], choice_file=str(folder / "choice"))
        os.environ.update(house.environment(owner=False))
        port = listener.getsockname()[1]
        return {**_ask(port), "memory": _memory(house)}
    finally:
        house.close()
        listener.close()


def _ask(port: int) -> dict[str, Any]:
    import django

    django.setup()
    from kith.base import scope
    from kith.matching.models import Proposal

    member = _coordinator()
    _wait_for(port)
    with scope.entered(member.organisation_id, user_id=member.user_id):
        cookies = _cookies(member)
        round_, run, seconds = _solved(member)
        rows = Proposal.objects.filter(round=round_, state="proposed").order_by("waiting_since")
        keys = [str(key) for key in rows.values_list("pk", flat=True)[: 4 * DECISIONS]]
    visitor = Visitor(port, cookies)
    token = {"csrfmiddlewaretoken": cookies["csrftoken"]}
    board = f"/matching/rounds/{round_.pk}/"
    first = _timed(lambda: visitor.post(f"/matching/proposals/{keys.pop()}/keep/", token), 1)
    return {
        "waiting": run.counts["participants"],
        "mentors": run.counts["mentors"],
        "pairs": run.counts["pairs"],
        "seconds": seconds,
        "first": first[0] * 1000,
        "board": _quantiles(_timed(lambda: visitor.get(board), REQUESTS)),
        "table": _quantiles(_timed(lambda: visitor.get(f"{board}?view=table"), REQUESTS)),
        "keep": _quantiles(
            _timed(
                lambda: visitor.post(f"/matching/proposals/{keys.pop()}/keep/", token), DECISIONS
            )
        ),
        "reject": _quantiles(_timed(lambda: _reject(visitor, keys.pop(), token), DECISIONS)),
    }


def _reject(visitor: Visitor, key: str, token: dict[str, str]) -> int:
    fields = {**token, "reason": "times", "note": ""}
    return visitor.post(f"/matching/proposals/{key}/reject/", fields)


def _quantiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    found = sorted(1000 * one for one in seconds)
    return statistics.median(found), found[int(len(found) * 0.95)]


def _timed(ask, times: int) -> list[float]:
    """Seconds of each request. A page that is gone, because another decision moved it, is left."""
    seconds = []
    while len(seconds) < times:
        begun = time.perf_counter()
        status = ask()
        if status in {200, 302}:
            seconds.append(time.perf_counter() - begun)
        elif status not in {404, 409, 422}:
            raise RuntimeError(f"The server answered {status}.")
    return seconds


def _solved(member) -> tuple[Any, Any, float]:
    """A new round of the first programme, solved by the worker."""
    from kith.base import clock
    from kith.gate.actor import member_actor
    from kith.matching.commands import close_round, open_round
    from kith.matching.models import Round
    from kith.matching.queries.standing import latest_run
    from kith.programmes.models import Programme

    actor = member_actor(member)
    for round_ in Round.objects.filter(state="open"):
        close_round(actor, round=round_)
    begun = time.monotonic()
    round_ = open_round(
        actor,
        programmes=list(Programme.objects.order_by("opened_on")[:1]),
        seed=7,
        today=clock.today(),
        now=clock.now(),
    )
    while time.monotonic() - begun < SOLVE_SECONDS:
        run = latest_run(round_)
        if run is not None and run.state == "done":
            return round_, run, time.monotonic() - begun
        if run is not None and run.state in {"failed", "stopped"}:
            raise RuntimeError(f"The round was not solved: {run.fault}")
        time.sleep(0.5)
    raise TimeoutError("The round was not solved in time.")


if __name__ == "__main__":
    sys.exit(main())
