"""Readies a command that needs the records: data folder, database, tables, Django."""

import atexit
import os
import sys

import django

from kith.config import home, options
from kith.config.home import Home
from kith.config.launch.choice import Place
from kith.config.launch.house import DEMO_PEOPLE, DEMO_SEED, SERVED, House, open_house
from kith.config.launch.shown import Shown
from kith.config.terminal import Terminal


def boot(place: Place = Place.OWN) -> Home:
    """Connect Django to the records of the place, as the serving role.

    A database that this starts is stopped when the command ends.

    raises  HomeFault, ServerProblem, CommandFailed
    """
    if SERVED in os.environ:
        django.setup()
        return home.current()
    house = ready_house(place)
    atexit.register(house.close)
    os.environ.update(house.environment(owner=False))
    django.setup()
    return house.home


def ready_house(
    place: Place,
    *,
    terminal: Terminal | None = None,
    people: int = DEMO_PEOPLE,
    seed: int = DEMO_SEED,
) -> House:
    """The house of the place with its database open and its tables up to date."""
    house = open_house(Home(options.home_folder()), place)
    try:
        # Answers go to the standard output; how far we are does not belong among them.
        shown = Shown(terminal or Terminal(sys.stderr))
        house.prepare(shown, pages=False, people=people, seed=seed)
    except BaseException:
        house.close()
        raise
    return house
