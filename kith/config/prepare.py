"""Prepares a home as the owner of its database: tables, style sheets, and the people of the demo.

Runs as a process of its own, so that Django and the owner's address leave the memory with it.
Says how far it is in the home's progress file.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import django

from kith.config import assets, home, options, schema
from kith.config.problems import KNOWN
from kith.config.progress import ASSETS, PEOPLE, TABLES, Progress

PROGRESS = "progress.json"
COMPLETE = "demo-complete"
LOG = "prepare.log"


def main() -> int:
    here = home.current()
    arguments = _arguments()
    try:
        _prepare(here, arguments)
    except KNOWN as problem:
        Progress(problem=str(problem)).save(here.root / PROGRESS)
        return 1
    except Exception:
        log = here.logs / LOG
        log.write_text(traceback.format_exc())
        Progress(problem=f"Something unexpected happened; {log} says what.").save(
            here.root / PROGRESS
        )
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kith.config.prepare")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _prepare(here: home.Home, wanted: argparse.Namespace) -> None:
    tell = _teller(here.root / PROGRESS)
    owner_url = options.text("KITH_DATABASE_URL")
    tell(TABLES, None)
    django.setup()
    if not schema.is_current(owner_url):
        schema.bring_up()
        schema.finish(owner_url, os.environ["KITH_DATABASE_APP_ROLE"])
    if wanted.pages and not assets.is_current(here):
        tell(ASSETS, None)
        assets.collect(here)
    if wanted.people:
        _make_demo(here, people=wanted.people, seed=wanted.seed, tell=tell)
        schema.analyze(owner_url)
        (here.root / COMPLETE).touch()


def _teller(file: Path) -> Callable[[str, int | None], None]:
    def tell(step: str, share_percent: int | None) -> None:
        Progress(step=step, share_percent=share_percent).save(file)

    return tell


def _make_demo(
    here: home.Home, *, people: int, seed: int, tell: Callable[[str, int | None], None]
) -> None:
    """Fill the demo as the serving role: row security stands there too."""
    from django.db import connections  # noqa: PLC0415 - Django is set up by now

    from kith.base import clock  # noqa: PLC0415
    from kith.config.demo import Size, load_demo  # noqa: PLC0415
    from kith.config.settings import database  # noqa: PLC0415

    connections.close_all()
    connections.settings["default"].update(database(options.text("KITH_DATABASE_APP_URL")))
    load_demo(
        Size(people=people, seed=seed),
        today=clock.today(),
        progress=lambda done, of: tell(PEOPLE, 100 * done // of),
    )


if __name__ == "__main__":
    sys.exit(main())
