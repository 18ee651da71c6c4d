"""Packages of other learning systems: they run, keep their place, and get at nothing of Kith."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, Response, expect

from kith.gate.roles import Role
from kith.methods.learning.tests.package_files import (
    SCHEMA_2004,
    item,
    manifest,
    packed,
    resource,
)
from tests.journeys.acts import come_in_as, heading, press
from tests.test_doors import doors

HERE = Path(__file__).parent / "packages"


def package_2004() -> bytes:
    """A package of SCORM 2004, written by hand: a counter that keeps its page."""
    told = manifest(
        item(title="Counter"),
        resource("counter/index.html").replace("scormtype", "scormType"),
        schema=SCHEMA_2004,
        title="Counting",
    )
    counter = (HERE / "counter.html").read_text("utf-8")
    return packed({"imsmanifest.xml": told, "counter/index.html": counter})


def bring_in(page: Page, address: str, name: str, content: bytes) -> None:
    page.goto(f"{address}/learning/packages/new/")
    page.get_by_label("Package").set_input_files(
        {"name": name, "mimeType": "application/zip", "buffer": content}
    )
    press(page, "Bring it in")


def test_a_package_of_scorm_2004_keeps_score_and_place(demo_kith, new_page):
    page = new_page("wide")
    come_in_as(page, demo_kith, Role.TRAINER)
    bring_in(page, demo_kith, "counting.zip", package_2004())
    heading(page, "Counting")
    press(page, "Begin")

    frame = page.frame_locator("iframe")
    expect(frame.locator("#kept")).to_have_text("nothing")
    frame.locator("#on").click()
    frame.locator("#on").click()
    expect(frame.locator("#page")).to_have_text("3")
    expect(page.get_by_role("status")).to_contain_text("Saved at")
    page.reload()
    expect(frame.locator("#page")).to_have_text("3")
    expect(frame.locator("#kept")).to_have_text("seen up to 3")
    frame.locator("#end").click()
    page.get_by_role("link", name="Back to the parts").click()

    heading(page, "Counting")
    expect(page.get_by_role("main")).to_contain_text("90 %")
    expect(page.get_by_role("main")).to_contain_text("Passed")


# The browser says of both that they are done, whatever becomes of them: nothing does.
IN_VAIN = {
    "send on leaving": "done: queued",
    "say something strange to the page around it": "done: said",
}


def is_expected(path: str) -> bool:
    """The page of Kith itself, its style and scripts, and the files of the package."""
    own = ("/static/", "/learning/packages/runs/")
    return path.startswith(own) or "/files/" in path or path.endswith("/begin/")


def hostile_package(address: str, paths: list[str]) -> bytes:
    page = (HERE / "hostile.html").read_text("utf-8")
    page = page.replace("KITH", address).replace("PATHS", json.dumps(paths))
    told = manifest(item(title="Hostile"), resource(), title="Hostile")
    return packed({"imsmanifest.xml": told, "index.html": page, "own.png": b"no picture"})


def own_addresses() -> list[str]:
    """Every address of Kith that needs nothing to be filled in."""
    return sorted(f"/{address}" for address, _is_open in doors() if "<" not in address)


class Watch:
    """What a page asked for, what was answered, and which windows opened."""

    def __init__(self, page: Page) -> None:
        self.asked: list[Request] = []
        self.answered: list[str] = []
        self.windows: list[Page] = []
        page.on("request", self._ask)
        page.on("response", self._answer)
        page.context.on("page", self._open)

    def _ask(self, request: Request) -> None:
        self.asked.append(request)

    def _answer(self, response: Response) -> None:
        self.answered.append(urlsplit(response.url).path)

    def _open(self, window: Page) -> None:
        self.windows.append(window)

    def cookies_sent_from_within(self) -> list[tuple[str, str | None]]:
        own = [one for one in self.asked if "/files/" in one.url]
        return [
            (one.url.rpartition("/")[2], one.all_headers().get("cookie"))
            for one in own
            if not one.is_navigation_request()
        ]


def what_it_found(page: Page) -> dict[str, str]:
    frame = page.frame_locator("iframe")
    expect(frame.locator("#found")).to_contain_text("{", timeout=120_000)
    found: dict[str, str] = json.loads(frame.locator("#found").inner_text())
    for way_out in ("#top", "#blank", "#away"):
        frame.locator(way_out).click()
    page.wait_for_timeout(1000)
    return found


def test_a_hostile_package_gets_at_nothing(demo_kith, browser: Browser):
    page = browser.new_context(locale="en-GB").new_page()
    come_in_as(page, demo_kith, Role.TRAINER)
    paths = own_addresses()
    bring_in(page, demo_kith, "hostile.zip", hostile_package(demo_kith, paths))
    heading(page, "Hostile")
    watch = Watch(page)
    press(page, "Begin")

    found = what_it_found(page)

    assert len(paths) > 60
    assert len(found) > 6 * len(paths)
    assert {name: came for name, came in found.items() if came.startswith("done")} == IN_VAIN
    assert urlsplit(page.url).path.startswith("/learning/packages/runs/")
    assert watch.windows == []
    assert [one for one in watch.answered if not is_expected(one)] == []
    assert watch.cookies_sent_from_within() == [("bridge.js", None), ("own.png", None)]
    page.reload()
    heading(page, "Hostile")
