"""A coordinator holds a round over a whole waiting list: keeps, leaves out, asks why, asks both."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kith.gate.roles import Role
from tests.journeys.acts import come_in_as, heading, press
from tests.journeys.conftest import running_kith
from tests.journeys.looks import look

BEGUN = re.compile(r"Participants looked at: (\d+); mentors: (\d+)")
MANY_WAIT = 60
MANY_MENTORS = 40
PEOPLE = 420


@pytest.fixture(scope="module")
def office_kith():
    """A demo of this story's own: rounds are opened and closed in it."""
    with running_kith("--demo", people=PEOPLE) as address:
        yield address


def cards(page: Page) -> Locator:
    return page.locator("article.pair")


def more(page: Page, name: str) -> None:
    """Take a line of the menu of a round."""
    menu = page.locator("details.more-acts")
    menu.locator("summary").click()
    menu.get_by_text(name, exact=True).click()


def end_the_open_round(page: Page) -> None:
    """The demo comes with a round in which people still decide."""
    opened = page.get_by_role("link", name=re.compile("^Open the round"))
    if opened.count():
        opened.first.click()
        more(page, "Close the round")
        heading(page, "Matching")


def start_a_round(page: Page, address: str, shot: str) -> str:
    """Begin with what the programme asks for; gives where the round is."""
    page.goto(f"{address}/matching/")
    end_the_open_round(page)
    look(page, f"{shot}-01-start")
    page.get_by_role("link", name=re.compile("^Start a round")).first.click()
    heading(page, "A new round")
    look(page, f"{shot}-02-new")
    press(page, "Start the round")
    expect(cards(page).first).to_be_visible()
    return page.url


def assert_a_whole_list(page: Page) -> None:
    found = BEGUN.search(page.get_by_role("main").inner_text())
    assert found is not None
    participants, mentors = map(int, found.groups())
    assert participants >= MANY_WAIT
    assert mentors >= MANY_MENTORS


def keep_the_first(page: Page) -> str:
    names = cards(page).first.get_by_role("heading").inner_text()
    cards(page).first.get_by_role("button", name=re.compile("^Keep")).click()
    told = page.get_by_role("main").get_by_role("status").filter(has_text=names)
    expect(told).to_contain_text(f"{names} are kept.")
    expect(told).to_contain_text("Nothing changes for the others.")
    expect(told.get_by_role("button", name="Take this back")).to_be_visible()
    return names


def leave_out_the_second(page: Page, shot: str) -> str:
    """Open the second pair, read what leaving it out means, and do it with a reason."""
    names = cards(page).nth(1).get_by_role("heading").inner_text()
    cards(page).nth(1).get_by_role("link", name=re.compile("^Decide")).click()
    heading(page, names)
    page.get_by_text("Not these two", exact=True).click()
    expect(page.get_by_text("What this would mean")).to_be_visible()
    look(page, f"{shot}-04-pair")
    page.get_by_label("Their times do not really fit").check()
    press(page, "Leave this pair out")
    told = page.get_by_role("main").get_by_role("status").filter(has_text=names)
    expect(told).to_contain_text(f"{names} are left out.")
    assert told.locator("p").count() >= 2
    look(page, f"{shot}-05-left-out")
    return names


def read_a_why_not(page: Page, kept: str, shot: str) -> None:
    """Ask about the participant of one pair and the mentor of another."""
    mentor = kept.split(" and ")[1]
    participant = cards(page).nth(1).get_by_role("heading").inner_text().split(" and ")[0]
    page.get_by_role("link", name="Why not these two?").click()
    heading(page, "Why not these two?")
    page.get_by_label("Participant").fill(participant)
    page.get_by_label("Mentor").fill(mentor)
    press(page, "Search")
    for name in (participant, mentor):
        choice = page.locator(".found").get_by_role("button", name=name, exact=True)
        if choice.count():
            choice.first.click()
    expect(page.get_by_role("heading", name="What speaks against it")).to_be_visible()
    look(page, f"{shot}-06-why")


def set_a_slider(page: Page, url: str, shot: str) -> None:
    page.goto(url)
    more(page, "What counts in this round")
    heading(page, "What counts in this round")
    slider = page.locator("input[name=weight_language]")
    slider.fill("50")
    said = page.locator(".slider", has=slider).locator("[data-slider-said]")
    expect(said).to_have_text("counts most")
    look(page, f"{shot}-07-settings")
    press(page, "Propose again")
    expect(cards(page).first).to_be_visible()


def ask_both(page: Page, shot: str) -> str:
    names = cards(page).nth(1).get_by_role("heading").inner_text()
    cards(page).nth(1).get_by_role("link", name=re.compile("^Decide")).click()
    page.get_by_label("Why these two?").fill("Both like to walk along the river")
    press(page, "Ask both")
    expect(page.get_by_text("Names stay hidden until both say yes.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Being asked")).click()
    expect(page.get_by_role("heading", name=names)).to_be_visible()
    look(page, f"{shot}-08-asked")
    return names


def read_the_wish_list(page: Page, url: str, shot: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Mentors to look for").click()
    heading(page, "Mentors to look for")
    expect(
        page.get_by_text(re.compile(r"Could be asked for \d+ (person|people)\.")).first
    ).to_be_visible()
    look(page, f"{shot}-09-wanted")
    page.get_by_role("link", name="See the reasons").click()
    heading(page, "Nobody found yet")
    look(page, f"{shot}-10-unmatched")


def read_the_record(page: Page, url: str, shot: str) -> None:
    page.goto(url)
    more(page, "Whom it served, and the proof")
    press(page, "Repeat this run")
    expect(page.get_by_text(re.compile("the same pairs, to the last byte")).first).to_be_visible()
    look(page, f"{shot}-11-run")


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_coordinator_holds_a_round(office_kith, new_page, size):
    page, shot = new_page(size), f"round-{size}"
    come_in_as(page, office_kith, Role.COORDINATOR)

    url = start_a_round(page, office_kith, shot)
    assert_a_whole_list(page)
    look(page, f"{shot}-03-board")
    kept = keep_the_first(page)
    left_out = leave_out_the_second(page, shot)
    read_a_why_not(page, kept, shot)
    set_a_slider(page, url, shot)

    expect(page.get_by_role("heading", name=kept, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name=left_out, exact=True)).not_to_be_attached()
    asked = ask_both(page, shot)
    read_the_wish_list(page, url, shot)
    read_the_record(page, url, shot)
    page.goto(url)
    expect(page.get_by_role("heading", name=asked, exact=True)).not_to_be_attached()
    more(page, "Close the round")
    heading(page, "Matching")


def test_the_board_looks_right_in_polish_and_arabic(office_kith, new_page):
    office = new_page("wide")
    come_in_as(office, office_kith, Role.COORDINATOR)
    url = start_a_round(office, office_kith, "round-languages")

    for size, language in (("wide", "pl"), ("phone", "pl"), ("wide", "ar"), ("phone", "ar")):
        page = new_page(size, language)
        come_in_as(page, office_kith, Role.COORDINATOR)
        for view in ("cards", "table"):
            page.goto(f"{url}?view={view}")
            expect(page.locator("html")).to_have_attribute("lang", language)
            look(page, f"round-{language}-{size}-{view}")
        page.context.close()
