"""Packages of other learning systems: they run, keep their place, and get at nothing of Kith."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FrameLocator, Locator, Page, Request, Response, expect

from kith.gate.roles import Role
from kith.methods.learning.courses.reading import course_of
from kith.methods.learning.packages.schema import Standard
from kith.methods.learning.packages.writing.packing import write_package
from kith.methods.learning.questions.folding import fits
from kith.methods.learning.questions.marking import mark
from kith.methods.learning.tests.factories import EACH
from kith.methods.learning.tests.package_files import (
    SCHEMA_2004,
    item,
    manifest,
    packed,
    resource,
)
from kith.methods.learning.tests.written import as_files, course_texts
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


def our_package(standard: Standard) -> bytes:
    """A course of ours with a question of each kind, as a package."""
    course = course_of(as_files(course_texts())).course
    assert course is not None
    bank = tuple(make() for make in EACH)
    module = replace(course.modules[0], questions=bank)
    course = replace(course, modules=(module,), quiz_questions=20, final_questions_per_module=20)
    return write_package(course, standard=standard, language="en", pictures={})


def answer_all(frame: FrameLocator) -> None:
    """Answer the questions of the quiz that is open, each in its own way, and hand them in."""

    def asked(key: str) -> Locator:
        return frame.locator(f'section:not([hidden]) [data-question="{key}"]')

    asked("single").get_by_label("Ask first").check()
    asked("truth").get_by_label("False").check()
    asked("multiple").get_by_label("Letter").check()
    asked("multiple").get_by_label("Ticket").check()
    for side, right in (("tram", "rails"), ("train", "rails"), ("ferry", "water")):
        pair = asked("matching").get_by_role("combobox", name=side, exact=True)
        pair.select_option(label=right)
    for word in ("part", "talk", "meet"):
        for _ in range(2):
            asked("ordering").get_by_role("button", name=f"Up: {word}").press("Enter")
    asked("numeric").get_by_role("textbox").fill("500 people")
    asked("short").get_by_role("textbox").fill("Coordinator")
    asked("gap").get_by_label("Gap 1").select_option("saw")
    asked("gap").get_by_label("Gap 2").fill("means")
    asked("gap").get_by_label("Gap 3").fill("2")
    frame.locator("section:not([hidden])").get_by_role("button", name="Check").click()
    expect(frame.locator("section:not([hidden]) .result")).to_contain_text("100 % right")


def step(frame: FrameLocator, title: str) -> None:
    frame.get_by_role("button", name="Next").click()
    expect(frame.locator("section:not([hidden]) h1")).to_have_text(title)


def saved(page: Page) -> None:
    expect(page.get_by_role("main").get_by_role("status").last).to_contain_text("Saved at")


def test_a_course_of_ours_leaves_as_a_package_and_plays_as_one(demo_kith, new_page):
    page = new_page("phone")
    come_in_as(page, demo_kith, Role.TRAINER)
    bring_in(page, demo_kith, "small.zip", our_package(Standard.SCORM_12))
    heading(page, "A small course")
    press(page, "Begin")
    frame = page.frame_locator("iframe")
    shown = frame.locator("section:not([hidden]) h1")
    expect(shown).to_have_text("Banks")
    step(frame, "Bridges")
    saved(page)

    page.reload()
    expect(shown).to_have_text("Bridges")
    step(frame, "Quiz")
    answer_all(frame)
    for title in ("Sources", "Rain", "Story", "Final test"):
        step(frame, title)
    answer_all(frame)
    expect(frame.locator("section:not([hidden]) .result")).to_contain_text("finished this course")
    page.get_by_role("link", name="Back to the parts").click()

    heading(page, "A small course")
    expect(page.get_by_role("main")).to_contain_text("100 %")
    expect(page.get_by_role("main")).to_contain_text("Passed")
    press(page, "Go on")
    expect(shown).to_have_text("Final test")


def test_a_course_of_ours_plays_as_a_package_of_cmi5_too(demo_kith, new_page):
    page = new_page("wide")
    come_in_as(page, demo_kith, Role.TRAINER)
    bring_in(page, demo_kith, "small.zip", our_package(Standard.CMI5))
    heading(page, "A small course")
    press(page, "Begin")
    frame = page.frame_locator("iframe")
    expect(frame.locator("section:not([hidden]) h1")).to_have_text("Banks")
    expect(frame.locator("#said")).to_be_empty()
    for title in ("Bridges", "Quiz"):
        step(frame, title)
    answer_all(frame)
    page.wait_for_timeout(1000)

    page.reload()
    expect(frame.locator("section:not([hidden]) h1")).to_have_text("Quiz")
    for title in ("Sources", "Rain", "Story", "Final test"):
        step(frame, title)
    answer_all(frame)
    page.wait_for_timeout(1000)
    page.get_by_role("link", name="Back to the parts").click()

    heading(page, "A small course")
    expect(page.get_by_role("main")).to_contain_text("100 %")
    expect(page.get_by_role("main")).to_contain_text("Passed")


ANSWERS: dict[str, list[object]] = {
    "single": ["a", "b", "c", "", None, 3, ["a"]],
    "truth": ["true", "false", "a"],
    "multiple": [["a"], ["a", "b"], ["a", "b", "c"], ["c"], [], "a", ["a", 3]],
    "matching": [["a", "a", "c"], ["a", "d", "c"], ["c"], [], ["a", "a", "c", "d"]],
    "ordering": [["a", "b", "c"], ["b", "a", "c"], ["c", "a", "b"], ["a", "b"], [], "abc"],
    "numeric": [
        "500", " 500 people", "500,0", "5e2", "0.5", "٥٠٠", "475", "474,99", "−500", "1,500", "",
        "people", "5 00", "1.234.567", "500PEOPLE", "5'000",
    ],
    "short": ["coordinator", " CO ordinator", "Coördinator", "co", "x", "", "COKE", "koordyn"],
    "gap": [
        ["saw", "means", "2"], ["saw", "meant", "2,0"], ["guess", "MEANS", "3"], ["saw"], [], "saw",
    ],
}  # fmt: skip
WANTED = [
    ("Łódź", "lodz"), ("straße", "STRASSE"), ("a  b", "a b"), ("abc", "a*c"), ("ac", "a*c"),
    ("a*c", r"a\*c"), ("abc", r"a\*c"), ("aXbXc", "a*b*c"), ("abab", "*ab*ab"), ("aba", "ab*ba"),
    ("مدرّسة", "مدرسه"), ("“so”", '"so"'), ("Ｆｕｌｌ", "full"), ("", "*"), ("x" * 2001, "*"),
]  # fmt: skip


def test_a_package_marks_answers_as_kith_does(new_page):
    page = new_page("wide")
    page.goto("about:blank")
    with zipfile.ZipFile(io.BytesIO(our_package(Standard.SCORM_12))) as archive:
        for name in ("data.js", "marking.js"):
            page.evaluate(archive.read(name).decode())
    bank = {one.key: one for one in (make() for make in EACH)}
    asked = [(key, answer) for key, answers in ANSWERS.items() for answer in answers]

    points = page.evaluate(
        "(asked) => asked.map(([key, answer]) => self.kithMarking.mark("
        "self.kithCourse.questions.rivers.find((one) => one.key === key), answer).points)",
        asked,
    )
    fit = page.evaluate(
        "(wanted) => wanted.map(([one, two]) => self.kithMarking.fits(one, two, false))", WANTED
    )

    assert [round(one, 9) for one in points] == [
        round(float(mark(bank[key], answer, "en").points), 9) for key, answer in asked
    ]
    assert fit == [fits(one, two, case=False) for one, two in WANTED]


# The browser says of both that they are done, whatever becomes of them: nothing does.
IN_VAIN = {
    "send on leaving": "done: queued",
    "say something strange to the page around it": "done: said",
}


def is_expected(path: str) -> bool:
    """The page of Kith itself, its style and scripts, and the files of the package."""
    own = ("/static/", "/learning/packages/runs/")
    return path.startswith(own) or is_own_file(path) or path.endswith("/begin/")


def is_own_file(path: str) -> bool:
    return path.startswith("/learning/packages/") and "/files/" in path


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
        own = [one for one in self.asked if is_own_file(urlsplit(one.url).path)]
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
