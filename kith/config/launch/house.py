"""One data folder being served: its database, its web server and its worker."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from kith.config import assets, schema
from kith.config.database import Database, environment, open_database
from kith.config.home import Home
from kith.config.launch import children
from kith.config.launch.children import Child
from kith.config.launch.choice import FILE, VARIABLE, Place
from kith.config.launch.shown import Shown
from kith.config.prepare import COMPLETE, PROGRESS
from kith.config.problems import CommandFailed
from kith.config.progress import Progress
from kith.config.server import ServerProblem

PAUSE_SECONDS = 0.1
DEMO_PEOPLE = 160
DEMO_SEED = 1

SERVED = "KITH_SERVED"  # says to a process of ours that everything is ready


@dataclass
class House:
    """A home with its database open; `children` run between start and close."""

    place: Place
    home: Home
    database: Database
    children: list[Child] = field(default_factory=list)

    def start(self, sockets: list[socket.socket], *, choice_file: str) -> None:
        serving = (
            dict(os.environ)
            | self.environment(owner=False)
            | {VARIABLE: choice_file, SERVED: "yes"}
        )
        logs = self.home.logs
        self.children = [
            children.web(serving, logs / "web.log", sockets=sockets),
            children.worker(serving, logs / "worker.log"),
        ]
        for child in self.children:
            child.start()

    def tend(self) -> None:
        for child in self.children:
            child.tend()

    def close(self) -> None:
        """Stop all that serves, then the database."""
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait()
        self.children = []
        self.database.stop()

    def is_empty(self) -> bool:
        """Whether nobody was ever let in."""
        with psycopg.connect(self.database.owner_url) as connection:
            row = connection.execute("SELECT EXISTS (SELECT FROM gate_user)").fetchone()
        return row is not None and not row[0]

    def start_key(self) -> str:
        """What lets someone on another machine begin the first organisation."""
        command = [sys.executable, "-m", "kith.config.launch.start_key"]
        done = subprocess.run(  # noqa: S603
            command,
            env=dict(os.environ) | self.environment(owner=False),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def prepare(
        self,
        shown: Shown,
        *,
        pages: bool = True,
        people: int = DEMO_PEOPLE,
        seed: int = DEMO_SEED,
    ) -> None:
        """Bring tables, demo people and, for pages, style sheets up to date, showing how far it is.

        raises  CommandFailed
        """
        wanted = [
            *(["--pages"] if pages and not assets.is_current(self.home) else []),
            *([] if self._is_filled() else ["--people", str(people), "--seed", str(seed)]),
        ]
        if not wanted and schema.is_current(self.database.owner_url):
            return
        self._run_prepare(wanted, shown)

    def _is_filled(self) -> bool:
        return self.place == Place.OWN or (self.home.root / COMPLETE).exists()

    def _run_prepare(self, wanted: list[str], shown: Shown) -> None:
        file = self.home.root / PROGRESS
        file.unlink(missing_ok=True)
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "kith.config.prepare", *wanted],
            env=dict(os.environ) | self.environment(owner=True),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            while child.poll() is None:
                shown(Progress.load(file))
                time.sleep(PAUSE_SECONDS)
            shown.finish()
        finally:
            child.terminate()
            child.wait()
        if child.returncode != 0:
            raise CommandFailed(Progress.load(file).problem or "Kith could not be prepared.")

    def environment(self, *, owner: bool) -> dict[str, str]:
        """What a process needs to know to work in this house."""
        demo = self.place == Place.DEMO
        here = {"KITH_HOSTS": "localhost"} if demo else {}
        return environment(self.home, self.database, demo=demo, owner=owner) | here


def open_house(root: Home, place: Place) -> House:
    """Open the database of the place. A demo that was never finished is begun anew.

    raises  HomeFault, ServerProblem
    """
    home = root if place == Place.OWN else demo_home(root)
    if place == Place.DEMO and not (home.root / COMPLETE).exists():
        discard_demo(root)
    home.ensure()
    assets.share(root, home)
    database = open_database(home, embedded=place == Place.DEMO)
    return House(place, home, database)


def demo_home(root: Home) -> Home:
    """The demo's own data folder, which is thrown away as a whole."""
    return Home(root.root / "demo")


def discard_demo(root: Home) -> None:
    """Throw the demo away, with a server that a killed program may have left in it."""
    home = demo_home(root)
    if (home.postgres / "postmaster.pid").exists():
        with contextlib.suppress(ServerProblem):
            open_database(home, embedded=True).stop()
    shutil.rmtree(home.root, ignore_errors=True)


def choice_file(root: Home) -> Path:
    return root.root / FILE
