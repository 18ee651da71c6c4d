"""Loaded by pytest before Django: a data folder and a database server for this test run.

The first process of the run makes a folder of its own. Every process that needs the database joins
the embedded server in it; the last one stops it. KITH_DATABASE_URL puts the same tests on another
PostgreSQL server.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from kith.config import server
from kith.config.home import Home
from kith.config.server.locks import Lock

PREFIX = "kith-tests-"
DONE = "template.done"
KEPT = {"KITH_DATABASE_URL", "KITH_DATABASE_APP_URL", "KITH_CHROMIUM"}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Say where the data folder is before Django reads its settings."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        clear_leftovers()
        for name in [name for name in os.environ if name.startswith("KITH_")]:
            if name not in KEPT:
                del os.environ[name]
        root = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        os.environ["KITH_HOME"] = str(Home(root).ensure().root)
    return (yield)


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    home = Home(Path(os.environ["KITH_HOME"]))
    if "KITH_DATABASE_URL" in os.environ and (home.root / DONE).exists():
        databases = Databases(home)
        databases.drop(databases.template)
    shutil.rmtree(home.root, ignore_errors=True)


def clear_leftovers() -> None:
    """Stop and remove what a killed test run left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if folder.stat().st_uid != os.geteuid() or psutil.pid_exists(int(number)):
            continue
        if (folder / "postgres" / "postmaster.pid").exists():
            server.start(folder / "postgres", keys=folder / "keys").stop()
        shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """The migrated template of this run, and quick copies of it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.server = _server(home)
        self.template = f"kith_{home.root.name.removeprefix(PREFIX).replace('-', '_')}".lower()

    @contextmanager
    def made_once(self) -> Iterator[bool]:
        """Whether this process shall make the template; the others wait meanwhile."""
        lock = Lock.exclusive(self.home.root / "template.lock")
        done = self.home.root / DONE
        try:
            yield not done.exists()
            done.touch()
        finally:
            lock.release()

    def owner_url(self, name: str) -> str:
        return _with_database(self.server.owner_url, name)

    def app_url(self, name: str) -> str:
        return _with_database(self.server.app_url, name)

    def create(self, name: str, *, template: str = "template1") -> None:
        with psycopg.connect(self.server.owner_url, autocommit=True) as owner:
            names = sql.Identifier(name), sql.Identifier(template)
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))

    def copy(self, name: str) -> None:
        """Copy the template; rights on a database itself are not copied with it."""
        self.create(name, template=self.template)
        server.prepare_database(self.owner_url(name), self.server.app_role)

    def drop(self, name: str) -> None:
        with psycopg.connect(self.server.owner_url, autocommit=True) as owner:
            owner.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def close(self) -> None:
        self.server.stop()


def _server(home: Home) -> server.Server | server.External:
    url = os.environ.get("KITH_DATABASE_URL", "")
    if url:
        app_url = os.environ.get("KITH_DATABASE_APP_URL", "")
        # Every run has keys of its own, the role on the server stays.
        return server.attach(url, app_url, keys=home.keys, for_tests=True)
    return server.start(home.postgres, keys=home.keys, durable=False)


def _with_database(url: str, name: str) -> str:
    head, mark, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{mark}{query}"
