"""kith demo: make the demo anew, in a data folder of its own, never beside real records."""

import argparse
import sys

from kith.config import options as settings
from kith.config.boot import ready_house
from kith.config.home import Home
from kith.config.launch.choice import Place, chosen
from kith.config.launch.house import DEMO_PEOPLE, DEMO_SEED, choice_file, discard_demo
from kith.config.launch.supervisor import RUN_LOCK
from kith.config.problems import CommandFailed
from kith.config.server.locks import Lock
from kith.config.terminal import Terminal

DONE = 0
FEWEST = 12
"""With fewer people the demo has not enough of everything: rounds, groups, endings."""


class DemoIsOpen(CommandFailed):
    def __init__(self) -> None:
        super().__init__("People look at the demo just now: stop kith run first.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--people",
        type=_people,
        default=DEMO_PEOPLE,
        metavar="N",
        help=f"how many, {FEWEST} at least; default {DEMO_PEOPLE}",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=DEMO_SEED,
        metavar="S",
        help="the same seed and day give the same people; default 1",
    )


def _people(text: str) -> int:
    if not text.isdecimal() or int(text) < FEWEST:
        raise argparse.ArgumentTypeError(f"the demo needs {FEWEST} people at least")
    return int(text)


def run(options: argparse.Namespace) -> int:
    root = Home(settings.home_folder()).ensure()
    lock = Lock.only(root.root / RUN_LOCK)
    if lock is None and chosen(choice_file(root)) == Place.DEMO:
        raise DemoIsOpen
    try:
        discard_demo(root)
        terminal = Terminal(sys.stdout)
        ready_house(Place.DEMO, terminal=terminal, people=options.people, seed=options.seed).close()
    finally:
        if lock is not None:
            lock.release()
    print(f"The demo has {options.people} people. Look at it with kith run --demo.")
    return DONE
