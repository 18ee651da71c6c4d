"""A running Kith of its own and a real browser, for stories told from end to end."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)
from psycopg import sql

from tests.journeys.looks import shoot

DATABASE = ("KITH_DATABASE_URL", "KITH_DATABASE_APP_URL")
PATIENCE = 20_000
FAILED = pytest.StashKey[bool]()
DEMO = "--demo"
READY = re.compile(r"Kith is ready: (\S+)")
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(autouse=True)
def _open_sockets(socket_enabled: None) -> None:
    """A browser and a server talk over sockets."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# Those who run tests side by side are children of one process, which tidies up at the end.
RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
READY_DEMOS = Path(tempfile.gettempdir()) / f"kith-ready-demos-{RUN}"
MADE = "ready-for-stories"
PROGRAM = Path(sys.executable).parent / "kith"


@dataclass(frozen=True)
class Story:
    """A running Kith whose clock the story moves, and whose worker it asks to do what is due.

    place  words that say in which data folder: `--demo`, or nothing for one's own
    """

    address: str
    surroundings: dict[str, str]
    place: tuple[str, ...] = ()

    def at(self, moment: datetime) -> None:
        """From now on it is this moment; the clock goes on from there."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        Path(self.surroundings["KITH_CLOCK"]).write_text(str(ahead))

    def work(self) -> None:
        """Do everything that waits or whose time has come: `kith worker --once`."""
        command = [PROGRAM, "worker", "--once", *self.place]
        subprocess.run(command, env=self.surroundings, check=True, capture_output=True)  # noqa: S603


@contextmanager
def running_kith(*arguments: str, people: int = 0, **settings: str) -> Iterator[str]:
    """Start `kith run` as a person would; gives its address, and stops it with Ctrl-C.

    people  how many made-up people the demo has; as many as usual when 0
    """
    with told_kith(*arguments, people=people, **settings) as story:
        yield story.address


@contextmanager
def told_kith(*arguments: str, people: int = 0, **settings: str) -> Iterator[Story]:
    """The same, with a clock that can be moved."""
    # Started by root, the database runs as another user, who has to enter this folder.
    folder = Path(tempfile.mkdtemp(prefix="kith-journey-"))
    folder.chmod(0o711)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    own = {"KITH_HOME": str(folder / "home"), "KITH_PORT": str(free_port())}
    own["KITH_CLOCK"] = str(folder / "clock")
    Path(own["KITH_CLOCK"]).write_text("0")
    with own_database() as database:
        surroundings = kept | own | database | settings
        if DEMO in arguments and not database:
            _copy(_ready_demo(people, kept), Path(own["KITH_HOME"]))
        elif people:
            _make_demo(people, surroundings)
        with _running(arguments, surroundings) as address:
            yield Story(address, surroundings, tuple({DEMO} & set(arguments)))
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(arguments: Sequence[str], surroundings: dict[str, str]) -> Iterator[str]:
    child = subprocess.Popen(  # noqa: S603 - our own program
        [PROGRAM, "run", *arguments],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield address_said_by(child)
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    assert child.returncode == 0


def _make_demo(people: int, surroundings: dict[str, str]) -> None:
    demo = [PROGRAM, "demo", "--people", str(people)]
    subprocess.run(demo, env=surroundings, check=True, capture_output=True)  # noqa: S603


def _ready_demo(people: int, kept: dict[str, str]) -> Path:
    """A data folder with the demo in it, made once for all stories of this run of the tests."""
    READY_DEMOS.mkdir(mode=0o711, exist_ok=True)
    home = READY_DEMOS / f"people-{people}"
    with (READY_DEMOS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / MADE).exists():
            surroundings = kept | {"KITH_HOME": str(home), "KITH_PORT": str(free_port())}
            if people:
                _make_demo(people, surroundings)
            with _running([DEMO], surroundings):
                pass
            (home / MADE).touch()
    return home


def _copy(home: Path, to: Path) -> None:
    """A copy keeps whose files they are: the database may run as another user."""
    subprocess.run(["cp", "-a", str(home), str(to)], check=True)  # noqa: S603, S607


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(READY_DEMOS, ignore_errors=True)


def address_said_by(child: subprocess.Popen[str]) -> str:
    """Wait until Kith says that it is ready."""
    said = []
    assert child.stdout is not None
    for line in child.stdout:
        said.append(line)
        if found := READY.search(line):
            return found[1].rstrip("/")
    raise AssertionError("".join(said))


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """Where KITH_DATABASE_URL names a server: a database on it for one Kith alone."""
    given = {name: os.environ[name] for name in DATABASE if os.environ.get(name)}
    if not given:
        yield {}
        return
    name = f"kith_journey_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(given["KITH_DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {key: urlsplit(url)._replace(path=f"/{name}").geturl() for key, url in given.items()}
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def own_kith() -> Iterator[str]:
    """An empty Kith, just started."""
    with running_kith() as address:
        yield address


@pytest.fixture(scope="session")
def demo_kith() -> Iterator[str]:
    """A Kith with the demo programme."""
    with running_kith("--demo") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("KITH_CHROMIUM", "/usr/bin/chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()


def is_fault(message: ConsoleMessage) -> bool:
    """Whether the browser complains; about answers it got, `is_broken` decides."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def is_broken(answer: Response) -> bool:
    """Whether something is missing or fell over; a no and a form to correct are good answers."""
    return answer.status >= 400 and answer.status not in {403, 422}


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Opens a window of its own: `new_page("phone", "ar")`. A fault in the page fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(size: str = "wide", language: str = "en", *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE if size == "phone" else WIDE,
            locale={"en": "en-GB", "pl": "pl-PL", "ar": "ar"}[language],
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if is_fault(m) else None)
        page.on("response", lambda r: faults.append(r.url) if is_broken(r) else None)
        page.set_default_timeout(PATIENCE)
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(page for context in contexts for page in context.pages):
            shoot(page, f"failed-{request.node.name}-{number}")
    for context in contexts:
        context.close()
    assert faults == []
