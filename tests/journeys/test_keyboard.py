"""Someone who cannot use a mouse: Tab, Enter, Space and arrows reach everything."""

from playwright.sync_api import Page, expect

from tests.journeys.acts import heading

MOST_STOPS = 80


def focused(page: Page) -> str:
    """What the person hears where the focus stands."""
    return page.evaluate(
        "(() => { const e = document.activeElement;"
        " return (e.labels?.[0] ?? e).innerText.trim() || e.getAttribute('aria-label') || ''; })()"
    )


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus stands on these words, and see that one sees where it stands."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            assert_focus_is_seen(page)
            return
    raise AssertionError(f"Tab never came to “{words}” on {page.url}")


def assert_focus_is_seen(page: Page) -> None:
    """A ring stands round the thing itself, or round the row that its link fills."""
    has_ring = page.evaluate(
        "[null, '::after'].some(part => {"
        " const style = getComputedStyle(document.activeElement, part);"
        " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; })"
    )
    assert has_ring, focused(page)


def press_on(page: Page, words: str, key: str = "Enter") -> None:
    tab_to(page, words)
    page.keyboard.press(key)


def sign_in_as(page: Page, address: str, role: str) -> None:
    page.goto(f"{address}/sign-in/")
    press_on(page, role)
    expect(page).to_have_url(f"{address}/")


def say_why(page: Page) -> None:
    """A record that someone else works with opens with a reason."""
    if page.locator("input[name=row_id]").count():
        tab_to(page, "Reason")
        page.keyboard.type("Phone call")
        page.keyboard.press("Enter")


def test_the_first_stop_leads_past_the_menu(demo_kith, new_page):
    page = new_page("wide")
    sign_in_as(page, demo_kith, "Coordinator")

    page.keyboard.press("Tab")
    assert focused(page) == "Go to the content"
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_coordinator_searches_and_opens_a_record(demo_kith, new_page):
    page = new_page("wide")
    sign_in_as(page, demo_kith, "Coordinator")
    press_on(page, "Mentors")
    heading(page, "Mentors")
    name = page.locator("main .row-title").first.inner_text()

    tab_to(page, "Search everything")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    heading(page, "Search")
    press_on(page, name)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Search")
    say_why(page)

    heading(page, name)


def test_arrows_walk_through_a_list(demo_kith, new_page):
    page = new_page("wide")
    sign_in_as(page, demo_kith, "Coordinator")
    press_on(page, "Mentors")
    heading(page, "Mentors")
    names = page.locator("main .row-title").all_inner_texts()

    tab_to(page, names[0])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == names[2]
    page.keyboard.press("ArrowUp")

    assert focused(page) == names[1]


def test_a_mentor_notes_a_meeting(demo_kith, new_page):
    page = new_page("wide")
    sign_in_as(page, demo_kith, "Mentor")
    press_on(page, "Matches")
    heading(page, "Matches")
    name = page.locator("main .row-title").first.inner_text()
    press_on(page, name)
    heading(page, name)
    press_on(page, "Note a meeting")
    heading(page, "Note a meeting")

    tab_to(page, "How long")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("35")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    way = focused(page)
    press_on(page, "Free time", "Space")
    tab_to(page, "Next step")
    page.keyboard.type("Go to the market together")
    press_on(page, "Save")

    main = page.get_by_role("main")
    expect(main.get_by_text("Go to the market together")).to_be_visible()
    expect(main.get_by_text(f"35 minutes · {way} · Free time")).to_be_visible()
