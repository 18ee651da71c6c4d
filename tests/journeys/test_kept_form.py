"""The session ends while someone writes: nothing is lost."""

from playwright.sync_api import Page, expect

from kith.gate.roles import Role
from tests.journeys.acts import come_in_as, heading, press, take_the_role

NEXT_STEP = "Ask at the library about the evening course"


def begin_to_note_a_meeting(page: Page, address: str) -> None:
    come_in_as(page, address, Role.MENTOR)
    page.goto(f"{address}/matches/")
    page.locator("main .row-title").first.click()
    page.get_by_role("link", name="Note a meeting").click()
    page.get_by_label("How long").fill("50")
    page.get_by_role("radio", name="In person").check()
    page.get_by_label("Next step").fill(NEXT_STEP)


def lose_the_session_and_save(page: Page) -> None:
    page.context.clear_cookies(name="kith")
    press(page, "Save")
    expect(page.get_by_text("We kept what you typed.")).to_be_visible()


def test_a_half_written_form_is_offered_again(demo_kith, new_page):
    page = new_page("phone")
    begin_to_note_a_meeting(page, demo_kith)

    lose_the_session_and_save(page)
    take_the_role(page, demo_kith, Role.MENTOR)
    heading(page, "We kept what you typed")
    expect(page.get_by_role("paragraph").filter(has_text=NEXT_STEP)).to_be_visible()
    press(page, "Send it now")

    expect(page.get_by_text("The meeting is noted.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(NEXT_STEP).first).to_be_visible()


def test_a_kept_form_is_offered_to_its_writer_alone_who_may_drop_it(demo_kith, new_page):
    page = new_page("phone")
    begin_to_note_a_meeting(page, demo_kith)

    lose_the_session_and_save(page)
    come_in_as(page, demo_kith, Role.COORDINATOR)
    page.goto(f"{demo_kith}/kept/")
    expect(page).to_have_url(f"{demo_kith}/")
    assert NEXT_STEP not in page.content()

    page.context.clear_cookies(name="kith")
    take_the_role(page, demo_kith, Role.MENTOR)
    heading(page, "We kept what you typed")
    press(page, "Do not send it")
    expect(page.get_by_text("It was not sent and is not kept any longer.")).to_be_visible()
    page.goto(f"{demo_kith}/kept/")
    expect(page).to_have_url(f"{demo_kith}/")
