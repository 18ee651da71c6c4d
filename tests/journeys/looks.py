"""What is looked at on every page: a picture for people, and the rules of accessibility."""

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
SHOTS = ROOT / "screenshots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TALLEST = 4000


def look(page: Page, name: str) -> None:
    """Check the page and keep a picture of it."""
    assert_accessible(page)
    shoot(page, name)


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    before = page.viewport_size
    assert before is not None
    page.evaluate("scrollTo(0, 0)")
    height = page.evaluate("document.documentElement.scrollHeight")
    # What sticks to the edge of the window would else lie across the middle of the picture.
    page.set_viewport_size(
        {"width": before["width"], "height": max(before["height"], min(height, TALLEST))}
    )
    page.screenshot(path=SHOTS / f"{name}.png")
    page.set_viewport_size(before)


def assert_accessible(page: Page) -> None:
    """No violation that axe-core finds, and nothing wider than the window."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    violations = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]
    assert violations == [], page.url
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert page.evaluate(too_wide) is False, page.url
