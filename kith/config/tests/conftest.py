import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kith.config.server import Server, start


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the database's own user may enter too; the one of pytest is closed."""
    folder = Path(tempfile.mkdtemp(prefix="kith-place-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which nothing was set for Kith."""
    for name in [name for name in os.environ if name.startswith("KITH_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def begin(place: Path) -> Server:
    return start(place / "postgres", keys=place / "keys", durable=False)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A home whose database was made and stopped, to be copied: that is quicker than making."""
    with open_folder() as folder:
        begin(folder).stop()
        yield folder


@pytest.fixture
def home(made: Path, place: Path) -> Path:
    return copied(made, place)


def copied(made: Path, place: Path) -> Path:
    for name in ("postgres", "keys"):
        subprocess.run(["/bin/cp", "-a", made / name, place / name], check=True)  # noqa: S603
    return place


@pytest.fixture(scope="module")
def running(made: Path) -> Iterator[Server]:
    with open_folder() as folder:
        server = begin(copied(made, folder))
        yield server
        server.stop()


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(done: Callable[[], bool]) -> None:
    for _ in range(500):
        if done():
            return
        time.sleep(0.02)
    raise AssertionError("waited for ten seconds")
