"""kith run, as a person starts and stops it."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kith.config.launch import choice
from kith.config.launch.choice import Place
from kith.config.tests.conftest import open_folder

READY = "Stop it with Ctrl-C."
LONG = 240


class Running:
    """A `kith run` with what it prints."""

    def __init__(self, home: Path, port: int, *words: str, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
        self.port = port
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "kith.config.cli", "run", "--port", str(port), *words],
            env=kept | {"KITH_HOME": str(home)} | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []

    def read_until(self, wanted: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if self.lines[-1] == wanted:
                return

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process.stdout is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
            rest, _ = self.process.communicate(timeout=LONG)
            self.lines += rest.splitlines()
        self.process.stdout.close()
        return self.process.returncode


@contextmanager
def running(home: Path, port: int, *words: str, **settings: str) -> Iterator[Running]:
    kith = Running(home, port, *words, **settings)
    try:
        kith.read_until(READY)
        yield kith
    finally:
        kith.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def page(port: int, address: str = "/start/", **names: str) -> tuple[int, str]:
    link = http.client.HTTPConnection("localhost", port, timeout=60)
    try:
        link.request("GET", address, headers=names)
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    finally:
        link.close()


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def gone(processes: list[psutil.Process]) -> bool:
    return not any(map(alive, processes))


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def names_of(family: list[psutil.Process]) -> set[str]:
    """Names of those who are still there: the database starts and ends helpers as it likes."""
    found = set()
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            found.add(one.name())
    return found


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data folder where Kith ran once before."""
    with open_folder() as folder:
        with running(folder, free_port()) as kith:
            assert kith.lines[-1] == READY
        yield folder


def test_it_prints_the_address_and_serves_the_first_page(home: Path) -> None:
    port = free_port()

    with running(home, port) as kith:
        said = kith.lines[-4:]
        status, text = page(port)
        by_number, _text = page(port, Host=f"127.0.0.1:{port}")
        by_another_name, _text = page(port, Host="elsewhere.example.org")

    assert (by_number, by_another_name) == (200, 400)
    assert said == [
        "",
        f"Kith is ready: http://localhost:{port}/",
        "Nobody is in it yet: the page lets you begin your own Kith or look at the demo.",
        READY,
    ]
    assert (status, "Look at the demo" in text) == (200, True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_stops_everything(home: Path, number: int) -> None:
    with running(home, free_port()) as kith:
        family = kith.family()
        names = names_of(family)
        code = kith.stop(number)

    assert code == 0
    assert "postgres" in names
    assert gone(family)
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_killing_it_leaves_no_trouble_for_the_next_start(home: Path) -> None:
    port = free_port()
    kith = Running(home, port)
    kith.read_until(READY)
    family = [one for one in kith.family() if one.name() != "postgres"]
    kith.stop(signal.SIGKILL)
    wait_until(lambda: gone(family))

    with running(home, port):
        status, _ = page(port)

    assert status == 200


def test_a_second_one_on_the_same_folder_is_refused(home: Path) -> None:
    with running(home, free_port()):
        second = Running(home, free_port())
        code = second.process.wait(60)
        second.read_until("")

    assert code == 1
    assert second.lines == [
        f"Kith already runs with the data folder {home}: use that one or stop it."
    ]


def test_a_taken_port_is_named_before_anything_is_made(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        second = Running(place / "new", port)
        code = second.process.wait(60)
        second.read_until("")

    assert code == 1
    assert " ".join(second.lines) == (
        f"Port {port} is used by another program: stop that one, or choose another port "
        f"with kith run --port {port + 1}."
    )
    assert not (place / "new").exists()


def test_the_demo_is_refused_where_others_can_reach_it(place: Path) -> None:
    kith = Running(place / "new", free_port(), "--demo", KITH_BIND="0.0.0.0")  # noqa: S104
    code = kith.process.wait(60)
    kith.read_until("")

    assert code == 1
    assert " ".join(kith.lines) == (
        "The demo lets anyone in, so it works on this machine only: KITH_BIND is 0.0.0.0; "
        "use 127.0.0.1."
    )


def test_a_failed_web_server_is_started_again(home: Path) -> None:
    port = free_port()
    with running(home, port) as kith:
        web = next(one for one in kith.family() if "gunicorn" in " ".join(one.cmdline()))
        web.kill()
        wait_until(lambda: gone([web]))
        status, _ = page(port)

    assert status == 200


def test_one_looks_at_the_demo_and_comes_back_without_losing_the_address(home: Path) -> None:
    port = free_port()
    file = home / choice.FILE
    with running(home, port):
        choice.choose(file, Place.DEMO)
        wait_until(lambda: "sign-in" in page(port, "/")[1] or page(port)[0] == 302)
        shown_demo = page(port, "/sign-in/")[1]
        choice.choose(file, Place.OWN)
        wait_until(lambda: page(port)[0] == 200)
        shown_own = page(port)[1]

    assert "All people here are made up" in shown_demo
    assert "All people here are made up" not in shown_own
    assert (home / "demo" / "demo-complete").exists()
    assert not (home / "demo" / "postgres" / "postmaster.pid").exists()
