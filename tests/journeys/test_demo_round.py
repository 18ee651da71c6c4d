"""Someone looks round the demo: one click as each role, every way its pages offer, every language.

Pages of one kind are looked at once in each window size and language, whoever comes there first.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from kith.gate.roles import Role
from tests.journeys.acts import come_in_as
from tests.journeys.looks import assert_accessible, shoot

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d")
LOOKED_AT: set[tuple[str, ...]] = set()
OTHER_LOOKS = [("phone", "en"), ("wide", "pl"), ("phone", "pl"), ("wide", "ar"), ("phone", "ar")]
WELL_TRAVELLED = (
    Role.COORDINATOR,
    Role.MENTOR,
    Role.PARTICIPANT,
    Role.DATA_PROTECTION_LEAD,
    Role.PLATFORM_ADMINISTRATOR,
)
MORE = "/more/"
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"


def kind(address: str) -> str:
    """The address without keys, days and filters: pages of one kind share it."""
    return KEY.sub("*", re.split(r"[?#]", address)[0])


def menu(page: Page) -> list[str]:
    """Where the menu and the menu behind the name lead, and the first page."""
    links = page.locator("nav[aria-label] a, .pop-user .pop-list a, aside.demo a")
    found = ["/", *links.evaluate_all(ADDRESSES)]
    if MORE in found:
        page.locator(f"nav a[href='{MORE}']").click()
        expect(page).to_have_url(re.compile(f"{MORE}$"))
        found += page.locator("main .row-title").evaluate_all(ADDRESSES)
    return list(dict.fromkeys(found))


def ways(page: Page) -> set[str]:
    """Every address of this Kith that the page links to."""
    return set(page.locator("a[href^='/']").evaluate_all(ADDRESSES))


def one_of_each_kind(addresses: set[str]) -> list[str]:
    return list({kind(address): address for address in sorted(addresses)}.values())


def open_page(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    expect(page.locator("aside.demo")).to_be_visible()


def is_new(address: str, role: Role, *look: str) -> bool:
    """Whether nobody has looked at this kind of page so; the first page is each role's own."""
    seen = (kind(address), role if address == "/" else "", *look)
    is_first = seen not in LOOKED_AT
    LOOKED_AT.add(seen)
    return is_first


def say_why(page: Page) -> None:
    """Someone else's people open with a reason."""
    expect(page.locator("main h1")).to_be_visible()
    if page.locator("input[name=row_id]").count():
        page.locator("input[name=reason]").fill("Phone call")
        page.locator("main button[type=submit]").click()
        expect(page.locator("input[name=row_id]")).not_to_be_attached()


def show_all_sections(page: Page) -> None:
    """Scroll to each section that loads only when it comes into view."""
    sections = page.locator("section.panel")
    for left in range(sections.count(), 0, -1):
        page.evaluate("document.querySelector('section.panel')?.scrollIntoView()")
        expect(sections).not_to_have_count(left)


def assert_looks_right(page: Page) -> None:
    assert_accessible(page)
    assert page.locator("main h1").count() == 1, page.url
    speechless = page.locator(".empty-kith:not(:has(a)):not(:has(.empty-kith-text))")
    assert speechless.all_inner_texts() == [], page.url


def is_a_way(page: Page, address: str) -> bool:
    """Whether a link leads somewhere: to a page, or to the question why one opens a record."""
    answer = page.request.get(address, max_retries=3)
    return answer.status == 200 or 'name="row_id"' in answer.text()


@pytest.mark.parametrize("role", [*Role])
def test_every_way_that_a_role_is_offered_leads_somewhere(demo_kith, new_page, role):
    page = new_page("wide")
    come_in_as(page, demo_kith, role)

    offered = ways(page)
    for address in menu(page):
        open_page(page, demo_kith + address)
        offered |= ways(page)
        if is_new(address, role, "wide", "en"):
            assert_looks_right(page)
        if address == "/":
            shoot(page, f"demo-en-wide-{role}-")

    dead = [one for one in one_of_each_kind(offered) if not is_a_way(page, demo_kith + one)]
    assert dead == []


@pytest.mark.parametrize(("size", "language"), OTHER_LOOKS)
def test_pages_look_right_in_each_size_and_language(demo_kith, new_page, size, language):
    for role in WELL_TRAVELLED:
        page = new_page(size, language)
        come_in_as(page, demo_kith, role)
        expect(page.locator("html")).to_have_attribute("lang", language)
        for address in menu(page):
            if is_new(address, role, size, language):
                open_page(page, demo_kith + address)
                assert_looks_right(page)
                shoot(page, f"demo-{language}-{size}-{role}{address.replace('/', '-')}")
        page.context.close()


@pytest.mark.parametrize(("size", "language"), [("wide", "en"), *OTHER_LOOKS])
def test_records_look_right_in_each_size_and_language(demo_kith, new_page, size, language):
    page = new_page(size, language)
    come_in_as(page, demo_kith, Role.COORDINATOR)

    for number, place in enumerate(("/people/participants/", "/people/mentors/", "/matches/")):
        page.goto(demo_kith + place)
        page.locator("main .row-title").first.click()
        say_why(page)
        show_all_sections(page)
        assert_looks_right(page)
        shoot(page, f"demo-{language}-{size}-record-{number}")
