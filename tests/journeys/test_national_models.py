"""A year of one match in each of the five national models, from the application to the talk after.

In each story a month is missed, another mentor takes over, and the match ends before its time;
each uses what the other models lack.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acts import heading, press, search
from tests.journeys.conftest import NewPage, Story, told_kith
from tests.journeys.year import (
    Someone,
    Year,
    applies,
    are_brought_together,
    asks_about_the_match,
    asks_for_a_mentor,
    assert_closed_to,
    assert_pdf,
    becomes_ready,
    begin_year,
    come_in,
    come_in_with_a_card,
    ends_early,
    go_on,
    hands_over,
    is_asked_again,
    meet,
    office,
    open_programme,
    open_the_door,
    phone_of,
    put,
    send,
    signs,
    talk_about,
)

FEW = 14
MANY = 120
"""Enough for a welcome group that waits for a family."""
WEEK = 7


@pytest.fixture
def story() -> Iterator[Story]:
    """A demo of each story's own: its clock runs away."""
    with told_kith("--demo", people=FEW) as told:
        yield told


def begin_with_two(
    story: Story,
    new_page: NewPage,
    template: str,
    name: str,
    *,
    language: str,
    by_volunteer: bool = False,
) -> tuple[Year, Someone, Someone]:
    """A programme is opened, two people find it on the public page, and become a pair."""
    year = begin_year(story, new_page, template)
    open_programme(year, template, name)
    mentor = applies(
        year, "Aniela Brzoza", "aniela.brzoza@example.org", "+48 600 700 801", speaks=language
    )
    participant = asks_for_a_mentor(year, "Salma Haddad", language)
    becomes_ready(year, mentor)
    come_in(year, mentor)
    come_in_with_a_card(year, participant)
    are_brought_together(year, participant, mentor, by_volunteer=by_volunteer)
    return year, participant, mentor


def misses_a_month_and_goes_on_with_another(
    year: Year, participant: Someone, mentor: Someone, *, day: int
) -> Someone:
    """Nobody meets for a month: both are called; then somebody else takes over."""
    go_on(year, to_day=day)
    talk_about(year, f"Call {participant.name} and {mentor.name}", again_in=WEEK)
    after = applies(year, "Kamila Sosna", "kamila.sosna@example.org", "+48 600 700 802")
    becomes_ready(year, after)
    come_in(year, after)
    hands_over(year, participant, mentor.name, after)
    assert_closed_to(year, mentor)
    return after


def comes_to_its_end(
    year: Year, participant: Someone, mentor: Someone | None, *, day: int, reason: str
) -> None:
    """An ending before its time, and the two talks that the participant agreed to."""
    go_on(year, to_day=day)
    ends_early(year, participant, mentor, reason=reason)
    for months, days in ((6, 185), (12, 367)):
        go_on(year, to_day=day + days)
        is_asked_again(year, participant, months)


def paper(year: Year, key: str) -> str:
    return year.match.replace("/matches/", "/papers/") + f"{key}/"


def write_line(page: Page, address: str, section: str, values: dict[str, object]) -> None:
    """Add a line to a table of a working paper."""
    page.goto(f"{address}{section}/lines/new/")
    put(page, values)
    send(page)
    expect(page).not_to_have_url(re.compile("/new/$"))


def write_voice(page: Page, address: str, section: str, number: int, words: str) -> None:
    """Write what one person says in a section for each."""
    page.goto(address)
    page.locator(f"main a[href*='/{section}/words/']").nth(number).click()
    put(page, {"text": words})
    send(page)
    expect(page.get_by_text(words).first).to_be_visible()


def assert_paper_as_pdf(year: Year, key: str) -> None:
    page = office(year)
    page.goto(paper(year, key))
    year.picture(page, key)
    assert_pdf(page, "main a[href$='/pdf/']")


# ── Germany: a tandem at eye level, with an agreement of its own ─────────────────────────────────


def test_a_tandem_of_the_german_model(story, new_page):
    year, salma, aniela = begin_with_two(
        story, new_page, "de_tandem", "Tandem Poznań", language="ar", by_volunteer=True
    )
    go_on(year, to_day=14)
    meet(year, aniela, [7, 14])
    agree_as_a_tandem(year, salma, aniela)

    kamila = misses_a_month_and_goes_on_with_another(year, salma, aniela, day=49)
    go_on(year, to_day=100)
    meet(year, kamila, range(52, 101, WEEK))
    asks_about_the_match(year, salma)
    asks_about_the_match(year, kamila)
    comes_to_its_end(year, salma, kamila, day=110, reason="moved_away")


def agree_as_a_tandem(year: Year, participant: Someone, mentor: Someone) -> None:
    """Both write what they hope for and give, and say yes to what stands there."""
    address = paper(year, "tandem_agreement")
    for number, one in enumerate((participant, mentor)):
        write_voice(phone_of(year, one), address, "expectations", number, f"Time. {one.name}")
    write_line(
        phone_of(year, mentor), address, "rhythm", {"day": "tue", "at": "17:30", "place": "Jeżyce"}
    )
    write_line(phone_of(year, mentor), address, "languages", {"language": "polski"})
    for one in (participant, mentor):
        phone = phone_of(year, one)
        phone.goto(address)
        phone.locator("main form[action*='/yes/'] button").first.click()
    year.picture(phone_of(year, participant), "tandem-agreement")
    page = office(year)
    page.goto(address)
    expect(page.get_by_text("said yes")).to_have_count(2)
    assert_paper_as_pdf(year, "tandem_agreement")


# ── Sweden: a buddy, ordinary things together, and a group for everybody ─────────────────────────


def test_a_buddy_of_the_swedish_model(story, new_page):
    year, salma, aniela = begin_with_two(
        story, new_page, "se_buddy", "Buddies in Poznań", language="ar"
    )
    invite_to_an_activity(year, salma)
    go_on(year, to_day=21)
    meet(year, aniela, [7, 21])
    write_to_each_other(year, salma, aniela)
    write_line(
        phone_of(year, aniela),
        paper(year, "circle_plan"),
        "calendar",
        {"on": year.date_of(35).isoformat(), "what": "Zupa i planszówki", "place": "Jeżyce"},
    )
    assert_paper_as_pdf(year, "circle_plan")

    kamila = misses_a_month_and_goes_on_with_another(year, salma, aniela, day=63)
    go_on(year, to_day=100)
    meet(year, kamila, range(64, 101, 2 * WEEK))
    comes_to_its_end(year, salma, kamila, day=105, reason="no_time")


def invite_to_an_activity(year: Year, participant: Someone) -> None:
    """An evening of the programme; the participant says on the phone that they come."""
    page = office(year)
    page.goto(f"{year.address}/activities/new/")
    page.get_by_role("radio", name=year.programme).check()
    put(page, {
        "title": "Cooking together", "day": year.date_of(5).isoformat(), "time": "18:00",
        "minutes": 120, "place": "Jeżyce, ul. Słowackiego 8", "places": 12,
    })  # fmt: skip
    send(page)
    heading(page, "Cooking together")
    where = page.url
    phone = phone_of(year, participant)
    phone.goto(where)
    phone.get_by_role("link", name=participant.said("I want to come")).click()
    send(phone)
    year.picture(phone, "activity")
    page.goto(f"{where}who/")
    expect(page.get_by_text(participant.name).first).to_be_visible()


def write_to_each_other(year: Year, participant: Someone, mentor: Someone) -> None:
    """Between meetings they write, inside Kith."""
    thread = year.match.replace("/matches/", "/messages/")
    for one, words in ((mentor, "Pasuje we wtorek o 17?"), (participant, "نعم، شكرًا")):
        phone = phone_of(year, one)
        phone.goto(thread)
        put(phone, {"text": words})
        phone.locator("main form[action$='/send/'] button[type=submit]").first.click()
        expect(phone.get_by_text(words).first).to_be_visible()
    year.picture(phone_of(year, participant), "messages")


# ── United Kingdom: goals in work and learning ───────────────────────────────────────────────────


def test_a_goal_mentor_of_the_british_model(story, new_page):
    year, salma, aniela = begin_with_two(
        story, new_page, "uk_goal_mentor", "Goal mentors", language="pl"
    )
    go_on(year, to_day=28)
    meet(year, aniela, [7, 14, 28])
    choose_a_goal(year, salma, "Pracuję znowu jako elektryczka", "Wysyłam dyplom do uznania")
    write_down_a_qualification(year, salma)
    write_a_cv(year, salma)
    assert_paper_as_pdf(year, "goal_sheet")

    kamila = misses_a_month_and_goes_on_with_another(year, salma, aniela, day=75)
    go_on(year, to_day=120)
    meet(year, kamila, range(77, 121, 2 * WEEK))
    comes_to_its_end(year, salma, kamila, day=130, reason="goals_reached")


def choose_a_goal(year: Year, participant: Someone, title: str, step: str) -> None:
    phone = phone_of(year, participant)
    phone.goto(f"{year.match}goals/new/")
    put(phone, {"title": title, "domain_key": "work"})
    press(phone, participant.said("Save"))
    phone.get_by_role("link", name=title).first.click()
    put(phone, {"text": step})
    press(phone, participant.said("Add the step"))
    expect(phone.get_by_text(step).first).to_be_visible()
    year.picture(phone, "goal")


def write_down_a_qualification(year: Year, participant: Someone) -> None:
    phone = phone_of(year, participant)
    phone.goto(f"{year.address}/working-life/mine/")
    phone.locator("main a[href$='/qualifications/new/']").first.click()
    put(phone, {"title": "Technik elektryk"})
    send(phone)
    expect(phone.get_by_text("Technik elektryk").first).to_be_visible()
    year.picture(phone, "qualification")


def write_a_cv(year: Year, participant: Someone) -> None:
    phone = phone_of(year, participant)
    phone.goto(f"{year.address}/working-life/mine/")
    phone.locator("main a[href$='/cv/']").first.click()
    phone.locator("main a[href$='/cv/pl/']").first.click()
    put(phone, {"about": "Naprawiam instalacje od dwunastu lat."})
    send(phone)
    assert_pdf(phone, "main a[href$='/cv/pl/pdf/']")


# ── Australia: a term of lessons, which may be followed by another ───────────────────────────────


def test_a_language_tutor_of_the_australian_model(story, new_page):
    year, salma, aniela = begin_with_two(
        story, new_page, "au_language_tutor", "Language tutors", language="ar"
    )
    go_on(year, to_day=14)
    meet(year, aniela, [7, 14])
    keep_a_lesson_log(year, aniela)

    kamila = misses_a_month_and_goes_on_with_another(year, salma, aniela, day=49)
    go_on(year, to_day=100)
    meet(year, kamila, range(52, 101, WEEK))
    go_on_for_another_term(year)
    comes_to_its_end(year, salma, kamila, day=180, reason="no_click")


def keep_a_lesson_log(year: Year, tutor: Someone) -> None:
    """What the learner wants to be able to do, the lessons, and the steps that work now."""
    phone, address = phone_of(year, tutor), paper(year, "lesson_log")
    write_line(phone, address, "wanted", {"situation": "Zadzwonić do lekarza"})
    write_line(
        phone,
        address,
        "lessons",
        {
            "on": year.today.isoformat(),
            "practised": "Umawianie wizyty",
            "sentence": "Źle się czuję.",
        },
    )
    phone.goto(f"{address}levels/ticks/")
    phone.locator("main [name=ticks]").nth(1).check()
    send(phone)
    assert_paper_as_pdf(year, "lesson_log")


def go_on_for_another_term(year: Year) -> None:
    """The first term comes to its end; the two wish to go on."""
    page = office(year)
    page.goto(f"{year.match}ending/")
    page.get_by_text("They would like to go on").click()
    put(page, {"until": year.date_of(280).isoformat()})
    press(page, "Give more time")
    expect(page.get_by_text("They have more time now.")).to_be_visible()


# ── Canada: a group of volunteers with roles, around one family ──────────────────────────────────


def test_a_welcome_group_of_the_canadian_model(new_page):
    with told_kith("--demo", people=MANY) as story:
        year = begin_year(story, new_page, "ca_welcome_group")
        year.programme, year.calls_on = "Welcome to Poznań", "/matches/care/"
        open_the_door(year)
        salma = asks_for_a_mentor(year, "Salma Haddad", "ar", children={"3-6": 2})
        come_in_with_a_card(year, salma)
        begin_with_a_group(year, salma)
        write_a_settlement_plan(year)
        lay_out_a_rota(year, salma)
        go_on(year, to_day=14)
        meet(year, None, [7, 14])

        go_on(year, to_day=49)
        talk_about(year, f"Call {salma.name}", again_in=WEEK)
        kamila = applies(year, "Kamila Sosna", "kamila.sosna@example.org", "+48 600 700 802")
        becomes_ready(year, kamila)
        come_in(year, kamila)
        hands_over(year, salma, "", kamila)
        meet(year, None, [49])
        comes_to_its_end(year, salma, None, day=60, reason="goals_reached")


def begin_with_a_group(year: Year, participant: Someone) -> None:
    """A ready-made group lacks one paper; it is noted, and the family and the group begin."""
    page = office(year)
    look_at_both(year, participant)
    lacking = page.locator("main li:has(.lack)")
    expect(lacking).to_have_count(1)
    name = lacking.locator("legend").inner_text()
    open_with_a_reason(page, name)
    page.get_by_role("link", name="Note a check").click()
    page.get_by_label("What was checked").select_option(label="money rules")
    press(page, "Save the check")
    look_at_both(year, participant)
    expect(page.locator("main .lack")).to_have_count(0)
    year.picture(page, "group")
    put(page, {"said_yes": True})
    press(page, "Begin the match")
    expect(page).to_have_url(re.compile(r"/matches/[0-9a-f-]{36}/$"))
    year.match = page.url
    everybody_signs(year, participant)


def open_with_a_reason(page: Page, name: str) -> None:
    """A record outside one's own people opens with a reason."""
    search(page, name)
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    page.locator("input[name=reason]").fill("A check was shown")
    page.locator("main button[type=submit]").click()
    heading(page, name)


def look_at_both(year: Year, participant: Someone) -> None:
    page = office(year)
    page.goto(f"{year.address}/matches/groups/choose/")
    page.get_by_role("link", name=year.programme).click()
    page.get_by_role("radio", name="Welcome group Wilda").check()
    page.get_by_role("radio", name=re.compile(participant.name)).check()
    press(page, "Look at both")


def everybody_signs(year: Year, participant: Someone) -> None:
    """The family on its phone, the volunteers in the office."""
    signs(year, participant)
    page = office(year)
    page.goto(f"{year.match}agreement/")
    while (left := page.get_by_role("link", name=re.compile("^Let them sign here"))).count():
        left.first.click()
        page.locator("[name=signature-typed]").fill("Anna Maj")
        press(page, "Sign")
        expect(page.locator("[name=signature-typed]")).to_have_count(0)
        page.goto(f"{year.match}agreement/")


def write_a_settlement_plan(year: Year) -> None:
    """What must be done first, and what the first month costs."""
    page, address = office(year), paper(year, "settlement_plan")
    write_line(page, address, "first_weeks", {"what": "Zapisać dzieci do przedszkola"})
    write_line(page, address, "budget", {
        "month": f"{year.today:%Y-%m}", "head": "rent", "planned": "1800", "payer": "family",
    })  # fmt: skip
    assert_paper_as_pdf(year, "settlement_plan")


def lay_out_a_rota(year: Year, participant: Someone) -> None:
    """Weeks are laid out in one act; the family reads on the phone who comes when."""
    page = office(year)
    rota = year.match.replace("/matches/", "/rota/")
    page.goto(f"{rota}lay-out/")
    send(page)
    expect(page.locator("main .rota li").first).to_be_visible()
    year.picture(page, "rota")
    phone = phone_of(year, participant)
    phone.goto(rota)
    expect(phone.locator("main .visits li").first).to_be_visible()
    year.picture(phone, "who-comes")
