"""A running Kith of its own and a real browser, for stories told from end to end."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


@pytest.fixture(autouse=True)
def _open_sockets(socket_enabled: None) -> None:
    """A browser and a server talk over sockets."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def running_kith(folder: Path, *arguments: str) -> Iterator[str]:
    """Start `kith run` as a person would; gives its address, and stops it with Ctrl-C."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("KITH_")
    }
    if "KITH_TEST_DATABASE_URL" in os.environ:
        environment["KITH_DATABASE_URL"] = os.environ["KITH_TEST_DATABASE_URL"]
    environment |= {"KITH_HOME": str(folder), "KITH_PORT": str(free_port())}
    child = subprocess.Popen(
        [Path(sys.executable).parent / "kith", "run", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    assert child.stdout is not None
    for line in child.stdout:
        said.append(line)
        if found := READY.search(line):
            break
    else:
        raise AssertionError("".join(said))
    yield found[1].rstrip("/")
    child.send_signal(signal.SIGINT)
    child.stdout.read()
    assert child.wait(60) == 0


@pytest.fixture(scope="module")
def own_kith(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty Kith, just started."""
    yield from running_kith(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="session")
def demo_kith(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Kith with the demo programme."""
    yield from running_kith(tmp_path_factory.mktemp("demo"), "--demo")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("KITH_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
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
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("response", lambda r: faults.append(r.url) if r.status >= 500 else None)
        page.set_default_timeout(20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
