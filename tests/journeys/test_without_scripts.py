"""An old browser, or one that runs no scripts: the same work gets done."""

import pytest
from playwright.sync_api import Page, expect

from kith.gate.roles import Role
from tests.journeys.acts import come_in_as, heading, press, search


@pytest.fixture
def plain_page(new_page):
    """A window in which no script runs."""
    return new_page("wide", scripts=False)


def open_first_match(page: Page, address: str) -> None:
    page.goto(f"{address}/matches/")
    page.locator("main .row-title").first.click()


def test_a_coordinator_finds_someone_and_notes_a_consent(demo_kith, plain_page):
    page = plain_page
    come_in_as(page, demo_kith, Role.COORDINATOR)
    page.goto(f"{demo_kith}/consent/ask/")
    unasked = page.locator("main .row-title").count()
    name = page.locator("main .row-title").first.inner_text()

    search(page, name)
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    if page.locator("input[name=row_id]").count():
        page.locator("input[name=reason]").fill("Talk about consent")
        press(page, "Open the record")
    heading(page, name)
    page.get_by_role("link", name="Talk about consent").first.click()
    page.get_by_role("radio", name="No").check()
    page.get_by_label("Full name").fill(name)
    press(page, "Yes")

    page.goto(f"{demo_kith}/consent/ask/")
    expect(page.locator("main .row-title")).to_have_count(unasked - 1)
    expect(page.locator("main").get_by_text(name, exact=True)).not_to_be_attached()


def test_a_mentor_notes_a_meeting_and_a_goal(demo_kith, plain_page):
    page = plain_page
    come_in_as(page, demo_kith, Role.MENTOR)
    open_first_match(page, demo_kith)

    page.get_by_role("link", name="Note a meeting").click()
    page.get_by_label("How long").fill("40")
    page.get_by_role("radio", name="By phone").check()
    page.get_by_label("Next step").fill("Write the application together")
    press(page, "Save")

    expect(page.get_by_role("main").get_by_text("Write the application together")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("40 minutes · By phone")).to_be_visible()


def test_a_participant_decides_about_own_data(demo_kith, plain_page):
    page = plain_page
    come_in_as(page, demo_kith, Role.PARTICIPANT)

    page.goto(f"{demo_kith}/consent/mine/photos/")
    page.get_by_label("Full name").fill("Layla")
    press(page, "Yes")
    page.goto(f"{demo_kith}/consent/mine/photos/")
    expect(page.get_by_role("link", name="Take my yes back")).to_be_visible()
    page.get_by_role("link", name="Take my yes back").click()
    press(page, "Take it back")

    expect(page.get_by_role("link", name="Receipt")).to_be_visible()
    page.goto(f"{demo_kith}/consent/mine/photos/")
    expect(page.get_by_role("link", name="Take my yes back")).not_to_be_attached()


def test_a_participant_draws_a_map(demo_kith, plain_page):
    page = plain_page
    come_in_as(page, demo_kith, Role.PARTICIPANT)

    page.get_by_role("link", name="My map").click()
    page.get_by_role("main").locator("a.btn-primary").click()
    for number in range(1, 9):
        expect(page.locator(".map-count")).to_have_text(f"{number} of 8")
        page.get_by_role("radio").nth(number % 5).check()
        press(page, "Save and go on")

    expect(page.locator(".ladders li")).to_have_count(8)
    expect(page.get_by_text("The map is drawn.")).to_be_visible()
