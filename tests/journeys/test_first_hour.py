"""The first hour: from an empty Kith to two people who have met.

A coordinator in a wide window, a mentor and a participant on their phones; the participant reads
Arabic and has no e-mail address.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.acts import draw, go_to, heading, open_record, press, said, six_figures
from tests.journeys.looks import look

LISTS = Path(__file__).resolve().parent.parent / "imports"
FALAH = "المهندس فلاح عامر بن صعصعة"
MUNADIL = "مُناضل خولان"
VOLODYMYR = "Володимир Височан"
GLEN = "Glen Gray"
GABRIEL = "Gabriel Drywa"
ANIELA = "Aniela Bartocha"
THANKS = "Thank you. We tell you as soon as the other person has answered."
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
    look(page, "08-adapt")
    press(page, "Open the programme")
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
    press(page, "Start a round")
    heading(page, "Six months side by side")



def decide_about(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^Decide.*{name}")).click()
    expect(page.get_by_role("heading", name="What they share")).to_be_visible()


def lock(page: Page, name: str) -> None:
    decide_about(page, name)
    press(page, "Keep for now")
    expect(page.get_by_text("Kept. This pair stays when you solve the round again.")).to_be_visible()


def reject(page: Page, name: str) -> None:
    decide_about(page, name)
    page.get_by_text("Not these two").click()
    page.get_by_label("Other help is needed first").check()
    page.get_by_role("textbox", name="Note").fill("The diploma comes first.")
    look(page, "14-reject")
    press(page, "Leave this pair out")
    expect(page.get_by_text("Left out.")).to_be_visible()


def accept(page: Page, name: str) -> None:
    decide_about(page, name)
    expect(page.get_by_text("Both speak Arabic.")).to_be_visible()
    look(page, "15-decision")
    page.get_by_label("Why these two?").fill("Both are free in the evenings and speak Arabic.")
    press(page, "Ask both")
    expect(page.get_by_text("Both are asked now.")).to_be_visible()


def solve_again(page: Page) -> None:
    press(page, "Solve again")
    expect(page.get_by_text("Solved again. What you decided has stayed.")).to_be_visible()
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
    return page.get_by_label("Link of the invitation").input_value()


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
    return number.replace(" ", ""), pin


def come_in(phone: Page, link: str) -> None:
    phone.goto(link)
    expect(phone.get_by_label("Your name")).to_have_value(ANIELA)
    phone.get_by_label("Password").fill("violet kettle on the sill")
    look(phone, "22-welcome-mentor")
    press(phone, "Come in")


def come_in_with_the_card(phone: Page, address: str, number: str, pin: str) -> None:
    phone.goto(f"{address}/sign-in/card/#{number}")
    phone.get_by_label(said("ar", "PIN")).fill(pin)
    look(phone, "24-card-phone")
    press(phone, said("ar", "Sign in"))


def say_yes_to_the_offer(phone: Page, language: str, shot: str) -> None:
    phone.get_by_role("link", name=said(language, "Read and answer")).click()
    phone.get_by_text(said(language, "Yes, I would like to meet")).click()
    look(phone, shot)
    press(phone, said(language, "Send my answer"))
    expect(phone.get_by_text(said(language, THANKS))).to_be_visible()


def assert_not_named(phone: Page, name: str) -> None:
    assert name not in phone.content()


def sign_by_drawing(phone: Page) -> None:
    phone.get_by_role("link", name="Read and sign").click()
    draw(phone.locator("canvas"))
    look(phone, "28-sign-mentor")
    press(phone, "Sign")
    expect(phone.get_by_alt_text("Signature")).to_be_visible()


def sign_by_typing(phone: Page, typed: str) -> None:
    phone.get_by_role("link", name=said("ar", "Read and sign")).click()
    phone.get_by_label(said("ar", "Full name")).fill(typed)
    look(phone, "29-sign-participant")
    press(phone, said("ar", "Sign"))
    expect(phone.get_by_text(typed)).to_be_visible()
