"""Someone looks over a shoulder; someone reads another language, or from right to left."""

import pytest
from playwright.sync_api import Page, expect

from kith.gate.roles import Role
from tests.journeys.acts import choose_language, come_in_as

WEATHER = "Words for the weather"


def assert_gone(page: Page, address: str) -> None:
    expect(page).to_have_url(f"{address}/away/")
    expect(page.get_by_role("heading", level=1)).to_have_text(WEATHER)
    assert "Kith" not in page.inner_text("body")


def middle(page: Page, selector: str) -> float:
    """How far from the left edge the middle of something lies, from 0 to 1."""
    box, window = page.locator(selector).first.bounding_box(), page.viewport_size
    assert box is not None
    assert window is not None
    return (box["x"] + box["width"] / 2) / window["width"]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.COORDINATOR])
@pytest.mark.parametrize("size", ["phone", "wide"])
def test_one_tap_hides_the_page_and_back_does_not_bring_it_back(demo_kith, new_page, role, size):
    page = new_page(size)
    come_in_as(page, demo_kith, role)
    page.goto(f"{demo_kith}/account/")

    page.locator("[data-quick-hide]").click()
    assert_gone(page, demo_kith)
    page.go_back()

    expect(page).not_to_have_url(f"{demo_kith}/account/")


def test_escape_twice_hides_the_page(demo_kith, new_page):
    page = new_page("wide")
    come_in_as(page, demo_kith, Role.PARTICIPANT)

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    assert_gone(page, demo_kith)


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.MENTOR])
def test_every_page_changes_its_language_where_it_stands(demo_kith, new_page, role):
    page = new_page("wide")
    come_in_as(page, demo_kith, role)
    for place in ("/", "/account/", "/consent/mine/", "/people/me/"):
        page.goto(demo_kith + place)
        stands = page.url

        choose_language(page, "Polski", "pl")
        choose_language(page, "English", "en")

        assert page.url == stands


def test_arabic_pages_are_mirrored(demo_kith, new_page):
    english, arabic = new_page("wide"), new_page("wide", "ar")
    come_in_as(english, demo_kith, Role.COORDINATOR)
    come_in_as(arabic, demo_kith, Role.COORDINATOR)

    expect(arabic.locator("html")).to_have_attribute("dir", "rtl")
    for place in (".side", "main h1", "[data-quick-hide]", ".topsearch"):
        assert middle(arabic, place) == pytest.approx(1 - middle(english, place), abs=0.2)
    assert middle(english, ".side") < 0.2
    assert middle(arabic, ".side") > 0.8
