"""kith migrate: bring the tables up to date and say the rights of the serving role anew."""

import argparse
import sys

from kith.config.boot import ready_house
from kith.config.launch.choice import Place
from kith.config.terminal import Terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    ready_house(Place.OWN, terminal=Terminal(sys.stdout)).close()
    print("The database is up to date.")
    return 0
