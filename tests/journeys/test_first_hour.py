"""The first hour: from an empty Kith to two people who have met.

A coordinator in a wide window reads English; on their phones a mentor reads Polish, and a
participant, who comes in with a card, reads Arabic.
"""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.acts import (
    choose_language,
    draw,
    go_to,
    heading,
    open_record,
    press,
    said,
    six_figures,
)
from tests.journeys.looks import look

LISTS = Path(__file__).resolve().parent.parent / "imports"
FALAH = "المهندس فلاح عامر بن صعصعة"
MUNADIL = "مُناضل خولان"
VOLODYMYR = "Володимир Височан"
GLEN = "Glen Gray"
GABRIEL = "Gabriel Drywa"
ANIELA = "Aniela Bartocha"
THANKS = "Thank you. We tell you as soon as the other person has answered."
NAMES_LATER = "You learn each other's names only when both of you say yes."
MAIN_PAGES = ("Participants", "Mentors", "Matching", "Programmes", "Today", "Matches")
NEXT_STEP = "Razem obejrzymy dwie szkoły"
GOAL = "أذهب إلى المدرسة وحدي"
CHECKS = ("identity", "references", "interview", "code of conduct", "training")


def begin_their_own(page: Page, address: str) -> None:
    page.goto(address)
    look(page, "01-welcome")
    page.get_by_role("link", name="Begin your own").click()
    page.get_by_label("Name of the organisation").fill("Mosty Poznań")
    page.get_by_label("Country").select_option(label="Poland")
    for language in ("English", "polski", "العربية"):
        page.get_by_label(language).check()
    page.get_by_label("Your name").fill("Ewa Nowicka")
    page.get_by_label("Your e-mail address").fill("ewa@mosty.example")
    page.get_by_label("Your password").fill("river lamp seven birches")
    look(page, "02-begin")
    press(page, "Go on")


def set_up_the_second_factor(page: Page) -> None:
    heading(page, "Protect your account")
    page.get_by_role("link", name="An app on your phone").click()
    page.get_by_text("No camera?").click()
    look(page, "03-second-factor")
    page.get_by_label("Code").fill(six_figures(page.locator(".letters-shown").inner_text()))
    press(page, "Save")
    heading(page, "Your recovery codes")
    look(page, "04-recovery-codes")
    press(page, "I have put them away")
    heading(page, "Bring in a list")


def bring_in(page: Page, who: str, name: str, *, number: int, shot: str) -> None:
    go_to(page, who)
    page.get_by_role("link", name="Bring in a list").first.click()
    page.get_by_label(who).check()
    page.get_by_label("File").set_input_files(LISTS / name)
    press(page, "Read the list")
    heading(page, "What is in which column?")
    look(page, f"{shot}-columns")
    press(page, "Read all rows")
    page.get_by_label("Everyone on this list is 18 or older").check()
    look(page, f"{shot}-preview")
    press(page, f"Bring in {number} {who.lower()}")
    heading(page, "The list is in")
    expect(page.get_by_role("heading", name="Ask for their consent")).to_be_visible()
    look(page, f"{shot}-in")


def open_a_programme(page: Page) -> None:
    go_to(page, "Programmes")
    page.get_by_role("link", name="Open a programme").click()
    heading(page, "Open a programme")
    look(page, "07-templates")
    page.get_by_role("link", name=re.compile("Use this one.*Six months side by side")).click()
    expect(page.get_by_label(re.compile("^Name"))).to_have_value("Six months side by side")
    look(page, "08-adapt")
    page.get_by_role("button", name="Open it", exact=True).click()
    heading(page, "Six months side by side")


def give_everyone_a_place(page: Page) -> None:
    page.get_by_role("link", name="Give people a place").click()
    press(page, "Give all 125 a place")
    expect(page.get_by_text("125 people wait for a mentor.")).to_be_visible()
    page.get_by_role("link", name="Give mentors a place").click()
    press(page, "Give all 74 a place")
    expect(page.get_by_text("74 are not ready yet")).to_be_visible()
    look(page, "09-programme")


def begin_the_talk(page: Page, words: str, name: str) -> None:
    open_record(page, words, name)
    page.get_by_role("link", name="Talk about consent").first.click()
    heading(page, f"Talk with {name}")
    page.get_by_role("radio", name="No").check()


def says_yes_by_typing(page: Page, words: str, name: str, typed: str) -> None:
    begin_the_talk(page, words, name)
    page.get_by_label("Full name").fill(typed)
    press(page, "Yes")
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()


def says_yes_by_drawing(page: Page, words: str, name: str) -> None:
    begin_the_talk(page, words, name)
    draw(page.locator("canvas"))
    look(page, "11-consent-drawn")
    press(page, "Yes")
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()


def says_no(page: Page, words: str, name: str) -> None:
    begin_the_talk(page, words, name)
    press(page, "No")


def note_checks(page: Page, words: str, name: str) -> None:
    open_record(page, words, name)
    for kind in CHECKS:
        page.get_by_role("link", name="Note a check").click()
        page.get_by_label("What was checked").select_option(label=kind)
        press(page, "Save the check")
        heading(page, name)


def start_a_round(page: Page) -> None:
    go_to(page, "Matching")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Start a round")).first.click()
    press(page, "Start the round")
    heading(page, "Six months side by side")


def decide_about(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^Decide.*{name}")).click()
    expect(page.get_by_role("heading", name="What they share")).to_be_visible()


def lock(page: Page, name: str) -> None:
    decide_about(page, name)
    press(page, "Keep for now")
    expect(page.get_by_text(re.compile(r"are kept\.$"))).to_be_visible()


def reject(page: Page, name: str) -> None:
    decide_about(page, name)
    page.get_by_text("Not these two").click()
    page.get_by_label("Other help is needed first").check()
    page.get_by_role("textbox", name="Note").fill("The diploma comes first.")
    look(page, "14-reject")
    press(page, "Leave this pair out")
    expect(page.get_by_text(re.compile(r"are left out\.$"))).to_be_visible()


def accept(page: Page, name: str) -> None:
    decide_about(page, name)
    expect(page.get_by_text("Both speak Arabic.")).to_be_visible()
    look(page, "15-decision")
    page.get_by_label("Why these two?").fill("Both are free in the evenings and speak Arabic.")
    press(page, "Ask both")
    expect(page.get_by_text("Both are asked now.")).to_be_visible()


def solve_again(page: Page) -> None:
    page.get_by_role("main").get_by_text("More", exact=True).click()
    press(page, "Propose again")
    expect(page.get_by_role("link", name=re.compile(f"^Decide.*{VOLODYMYR}"))).to_be_visible()
    expect(page.get_by_text("For 1 person there is nobody yet")).to_be_visible()
    look(page, "16-round")
    page.get_by_role("link", name="See the reasons").click()
    expect(page.get_by_role("heading", name=FALAH)).to_be_visible()
    look(page, "17-nobody-yet")


def invite(page: Page, words: str, name: str) -> str:
    """Make the link by which someone comes in."""
    open_record(page, words, name)
    look(page, "18-record-of-mentor")
    page.get_by_role("link", name="Invite by link").click()
    expect(page.get_by_label("Name")).to_have_value(name)
    look(page, "19-invite")
    press(page, "Make the invitation")
    heading(page, "The link is ready")
    look(page, "20-link")
    link = page.get_by_label("Link of the invitation").input_value()
    page.get_by_role("link", name="Done").click()
    heading(page, name)
    return link


def make_a_card(page: Page, words: str, name: str) -> tuple[str, str]:
    """Make the card of someone without e-mail; gives its number and PIN."""
    open_record(page, words, name)
    press(page, "Make a card")
    heading(page, "Sign-in card")
    press(page, "Make the card")
    heading(page, "The card is ready")
    look(page, "21-card")
    number = page.locator(".paper-card-number").first.inner_text()
    pin = page.locator(".paper-card-strip bdi").inner_text()
    page.get_by_role("link", name="Done").click()
    heading(page, "Members")
    return number.replace(" ", ""), pin


def todo(phone: Page, words: str) -> Locator:
    """A line of the first page: what needs me today."""
    return phone.get_by_role("heading", name=words)


def come_in(phone: Page, link: str) -> None:
    phone.goto(link)
    expect(phone.get_by_label(said("pl", "Your name"))).to_have_value(ANIELA)
    phone.get_by_label(said("pl", "Password")).fill("violet kettle on the sill")
    look(phone, "22-welcome-mentor")
    press(phone, said("pl", "Come in"))
    expect(todo(phone, said("pl", "Someone would like a mentor like you"))).to_be_visible()


def come_in_with_the_card(phone: Page, address: str, number: str, pin: str) -> None:
    phone.goto(f"{address}/sign-in/card/#{number}")
    phone.get_by_label(said("ar", "PIN")).fill(pin)
    look(phone, "24-card-phone")
    press(phone, said("ar", "Sign in"))
    expect(todo(phone, said("ar", "We may have found a mentor for you"))).to_be_visible()


def say_yes_to_the_offer(phone: Page, language: str, shot: str, *, hidden: str) -> None:
    phone.get_by_role("link", name=said(language, "Read and answer")).click()
    expect(phone.get_by_text(said(language, NAMES_LATER))).to_be_visible()
    assert_not_named(phone, hidden)
    phone.get_by_text(said(language, "Yes, I would like to meet")).click()
    look(phone, shot)
    press(phone, said(language, "Send my answer"))
    expect(phone.get_by_text(said(language, THANKS))).to_be_visible()


def assert_not_named(phone: Page, name: str) -> None:
    assert name not in phone.content()


def sign_by_drawing(phone: Page) -> None:
    phone.get_by_role("link", name=said("pl", "Read and sign")).click()
    draw(phone.locator("canvas"))
    look(phone, "28-sign-mentor")
    press(phone, said("pl", "Sign"))
    expect(phone.get_by_alt_text(said("pl", "Signature"))).to_be_visible()


def sign_by_typing(phone: Page, typed: str) -> None:
    phone.get_by_role("link", name=said("ar", "Read and sign")).click()
    phone.get_by_label(said("ar", "Full name")).fill(typed)
    look(phone, "29-sign-participant")
    press(phone, said("ar", "Sign"))
    expect(phone.get_by_text(typed)).to_be_visible()


def note_the_first_meeting(phone: Page) -> None:
    phone.get_by_role("link", name=said("pl", "My matches")).first.click()
    phone.get_by_role("main").get_by_role("link", name=MUNADIL).click()
    phone.get_by_role("link", name=said("pl", "Note a meeting")).click()
    phone.get_by_label(said("pl", "How long")).fill("75")
    phone.get_by_role("radio", name="Osobiście").check()
    phone.get_by_role("checkbox", name="Nauka").check()
    phone.get_by_label(said("pl", "Next step")).fill(NEXT_STEP)
    look(phone, "30-note-meeting")
    press(phone, said("pl", "Save"))
    expect(phone.get_by_text(NEXT_STEP).first).to_be_visible()
    look(phone, "31-match-of-mentor")


def take(phone: Page, name: str) -> None:
    """A line of the menu at the foot of the participant's pages."""
    menu = phone.get_by_role("navigation", name=said("ar", "Menu"))
    menu.get_by_role("link", name=said("ar", name)).click()


def choose_a_goal(phone: Page, title: str, step: str) -> None:
    take(phone, "My mentor")
    phone.get_by_role("link", name=said("ar", "My goals")).click()
    phone.get_by_role("link", name=said("ar", "Add a goal")).click()
    phone.get_by_label(said("ar", "What shall be different?")).fill(title)
    phone.locator(".choicecard").first.click()
    look(phone, "32-new-goal")
    press(phone, said("ar", "Save"))
    phone.get_by_role("link", name=title).click()
    phone.get_by_label(said("ar", "Next small step")).fill(step)
    press(phone, said("ar", "Add the step"))
    expect(phone.get_by_role("paragraph").filter(has_text=step)).to_be_visible()
    look(phone, "33-goal")


def draw_the_first_map(phone: Page) -> None:
    take(phone, "My map")
    phone.get_by_role("link", name=said("ar", "Begin")).click()
    for number in range(1, 9):
        expect(phone.locator(".map-count")).to_contain_text(str(number))
        phone.locator(".choicecard").nth(number % 5).click()
        if number == 1:
            look(phone, "34-domain")
        press(phone, said("ar", "Save and go on"))
    expect(phone.locator(".ladders li")).to_have_count(8)
    look(phone, "35-map")


def see_the_map(page: Page) -> None:
    """Scroll down to the map: a section is fetched when it comes into view."""
    for _ in range(4):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(300)
    expect(page.get_by_role("main").locator(".ladders li")).to_have_count(8)


def assert_the_office_sees_it(page: Page, goal: str) -> None:
    go_to(page, "Matches")
    look(page, "36-matches")
    page.get_by_role("main").get_by_role("link", name=ANIELA).click()
    main = page.get_by_role("main")
    expect(main.get_by_text("signed by both")).to_be_visible()
    expect(main.get_by_text("75 minutes · In person · Learning")).to_be_visible()
    expect(main.get_by_text(NEXT_STEP)).to_be_visible()
    expect(main.get_by_text(goal).first).to_be_visible()
    see_the_map(page)
    look(page, "37-match")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Today").click()
    expect(main.get_by_text("1 match is running as planned.")).to_be_visible()
    look(page, "38-today")


def look_in_another_language(page: Page, name: str, code: str) -> None:
    choose_language(page, name, code)
    for place in MAIN_PAGES:
        page.get_by_role("navigation", name=said(code, "Menu")).get_by_role(
            "link", name=said(code, place), exact=True
        ).click()
        expect(page.locator("[aria-current=page]").first).to_have_text(said(code, place))
        look(page, f"40-{code}-{place.lower()}")
    page.get_by_role("main").get_by_role("link", name=ANIELA).click()
    see_the_map(page)
    look(page, f"40-{code}-match")


def begin(office: Page, address: str) -> None:
    begin_their_own(office, address)
    set_up_the_second_factor(office)
    bring_in(office, "Participants", "lista_uczestnikow.xlsx", number=126, shot="05-participants")
    bring_in(office, "Mentors", "mentorzy.csv", number=74, shot="06-mentors")
    open_a_programme(office)
    give_everyone_a_place(office)


def talk_with_everyone(office: Page) -> None:
    says_yes_by_typing(office, "Falah", FALAH, "فلاح عامر")
    says_yes_by_drawing(office, "Munadil", MUNADIL)
    says_yes_by_typing(office, "Wysoczan", VOLODYMYR, "Volodymyr Vysochan")
    says_no(office, "Glen Gray", GLEN)
    says_yes_by_typing(office, "Bartocha", ANIELA, "Aniela Bartocha")
    note_checks(office, "Bartocha", ANIELA)


def hold_a_round(office: Page) -> None:
    start_a_round(office)
    lock(office, VOLODYMYR)
    reject(office, FALAH)
    accept(office, MUNADIL)
    solve_again(office)


def both_say_yes(mentor: Page, participant: Page, address: str) -> None:
    assert_not_named(mentor, MUNADIL)
    say_yes_to_the_offer(mentor, "pl", "23-offer-mentor", hidden=MUNADIL)
    assert_not_named(mentor, MUNADIL)
    assert_not_named(participant, ANIELA)
    say_yes_to_the_offer(participant, "ar", "25-offer-participant", hidden=ANIELA)

    expect(participant.get_by_role("main")).to_contain_text(ANIELA)
    mentor.goto(address)
    expect(mentor.get_by_role("main")).to_contain_text(MUNADIL)
    look(mentor, "26-today-mentor")
    look(participant, "27-today-participant")


def begin_together(mentor: Page, participant: Page) -> None:
    sign_by_drawing(mentor)
    sign_by_typing(participant, "مناضل خولان")
    note_the_first_meeting(mentor)
    choose_a_goal(participant, GOAL, "نتصل بالمدرسة معًا")
    draw_the_first_map(participant)


def test_the_first_hour(own_kith, new_page):
    office, mentor, participant = new_page("wide"), new_page("phone", "pl"), new_page("phone", "ar")

    begin(office, own_kith)
    talk_with_everyone(office)
    hold_a_round(office)
    come_in(mentor, invite(office, "Bartocha", ANIELA))
    come_in_with_the_card(participant, own_kith, *make_a_card(office, "Munadil", MUNADIL))
    both_say_yes(mentor, participant, own_kith)
    begin_together(mentor, participant)

    assert_the_office_sees_it(office, GOAL)
    look_in_another_language(office, "Polski", "pl")
    look_in_another_language(office, "العربية", "ar")
