"""A learner finishes a course on a phone: told why not, failing once, passing, checked."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from playwright.sync_api import Page, expect

import kith.learning
from kith.config.demo.learning import right_answer
from kith.gate.roles import Role
from kith.methods.learning.courses.blocks import inline_html
from kith.methods.learning.courses.reading import read_course
from kith.methods.learning.credentials.baking import taken_out
from kith.methods.learning.credentials.keys import read_keys
from kith.methods.learning.credentials.tokens import read_token
from kith.methods.learning.credentials.verifying import verify
from kith.methods.learning.questions.schema import (
    Choosing,
    Gapped,
    Matching,
    Ordering,
    Question,
    say,
)
from tests.journeys.acts import come_in_as, press
from tests.journeys.looks import look

FOLDER = Path(kith.learning.__file__).parent / "content" / "courses" / "helping-newcomers"
COURSE = "Helping newcomers settle through mentoring"
TEXT = "all => [...all.childNodes].filter(one => one.nodeType === 3).map(one => one.data).join(' ')"
"""What a text with gaps says, without what the gaps offer."""


@cache
def questions() -> dict[str, Question]:
    """Every question of the course by the words it asks with."""
    course = read_course(FOLDER).course
    assert course is not None
    return {
        words_of(asked_with(question)): question
        for module in course.modules
        for question in module.questions
    }


def asked_with(question: Question) -> str:
    return say(question.stem, "en") or say(getattr(question, "text", {}), "en")


def words_of(markdown: str) -> str:
    """Only letters and figures, as both the page and the file have them."""
    text = re.sub(r"<[^>]+>|\{\d+\}", " ", inline_html(markdown))
    return "".join(re.findall(r"\w+", text.replace("&quot;", " ").replace("&amp;", " ")))


def asked_on(page: Page) -> Question:
    stem = page.locator(".quiz-stem").inner_text() or page.locator(".quiz-gaps").evaluate(TEXT)
    return questions()["".join(re.findall(r"\w+", stem))]


def answer(page: Page, question: Question, *, rightly: bool) -> None:
    """Fill in one question as a finger would; a wrong answer chooses wrongly, or leaves it open."""
    if isinstance(question, Choosing):
        wrong = [one.key for one in question.options if one.weight <= 0][:1]
        wanted = right_answer(question) if rightly else wrong
        for key in wanted if isinstance(wanted, list) else [wanted]:
            page.locator(f"input[name=answer][value='{key}']").check(force=True)
    elif rightly:
        fill_in(page, question)


def fill_in(page: Page, question: Question) -> None:
    if isinstance(question, Matching):
        for pair in question.pairs:
            field = page.locator(f"select[name='answer-{pair.key}']")
            field.select_option(label=say(pair.right, "en"))
    elif isinstance(question, Ordering):
        put_in_order(page, [one.key for one in question.items])
    elif isinstance(question, Gapped):
        for number, text in enumerate(right_answer(question), start=1):
            field = page.locator(f"[name='answer-{number}']")
            is_list = field.evaluate("field => field.tagName") == "SELECT"
            field.select_option(label=text) if is_list else field.fill(text)
    else:
        page.locator("input[name=answer]").fill(str(right_answer(question)))


def put_in_order(page: Page, keys: list[str]) -> None:
    """Move each item up until it stands where it belongs."""
    shown = page.locator("[data-order] > li")
    for place, key in enumerate(keys):
        while shown.nth(place).get_attribute("data-key") != key:
            page.locator(f"[data-order] > li[data-key='{key}'] [data-move=up]").click()


def try_test(page: Page, *, rightly: bool) -> None:
    """Answer every question of what is open, and hand it in."""
    page.get_by_role("main").get_by_role("button", name=re.compile("Begin|Try again")).click()
    while re.search(r"/\d+/\d+/$", page.url):
        answer(page, asked_on(page), rightly=rightly)
        before = page.url
        page.locator("[data-main]").click()
        page.wait_for_url(lambda url, before=before: url != before)
    press(page, "Hand in")
    heading_is_told = page.get_by_role("main").get_by_text(re.compile(r"\d+ percent"))
    expect(heading_is_told.first).to_be_visible()


def read_to_the_end(page: Page, name: str) -> None:
    """From the first screen of a module or story to what follows it."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    while page.locator("form[data-read]").count():
        before = page.url
        page.locator("form[data-read] button[type=submit]").click()
        page.wait_for_url(lambda url, before=before: url != before)


def write(page: Page, text: str) -> None:
    for field in page.locator("form#writing textarea").all():
        field.fill(text)
    press(page, "Hand in")
    expect(page.get_by_text("A trainer is reading your answer")).to_be_visible()


def join(page: Page, address: str, country: str) -> None:
    page.goto(f"{address}/learning/")
    page.get_by_role("main").get_by_role("link", name=COURSE).first.click()
    page.get_by_role("main").get_by_role("link", name="Join", exact=True).click()
    page.get_by_label("In which country do you work?").select_option(label=country)
    press(page, "Join")


def test_a_course_from_the_door_to_the_badge(demo_kith, new_page, tmp_path) -> None:
    learner, address = new_page("phone"), demo_kith
    course = read_course(FOLDER).course
    come_in_as(learner, address, Role.LEARNER)
    come_in_from_the_right_country(learner, address)

    for module in course.modules:
        learner.goto(seat_of(learner, address))
        read_to_the_end(learner, module.title["en"])
        try_test(learner, rightly=True)
    look(learner, "learner-review")
    seat = seat_of(learner, address)
    look(learner, "learner-course")
    fail_and_pass(learner, f"{seat}quiz/final/")
    for vignette in course.vignettes:
        learner.goto(seat)
        read_to_the_end(learner, vignette.title["en"])
        write(learner, "I would ask first what she wants, and look for the day it is due by.")
    accept_all(new_page("wide"), address)

    learner.goto(f"{address}/learning/certificates/")
    learner.get_by_role("main").get_by_role("link", name=COURSE).click()
    look(learner, "learner-certificate")
    check_badge(learner, address, tmp_path)
    check_as_a_stranger(new_page("phone", "ar"), learner, address)


def come_in_from_the_right_country(page: Page, address: str) -> None:
    join(page, address, "Canada")
    told = page.get_by_text("This edition is for people who work in other countries").first
    expect(told).to_be_visible()
    look(page, "learner-other-country")
    join(page, address, "Poland")


def fail_and_pass(page: Page, final: str) -> None:
    page.goto(final)
    try_test(page, rightly=False)
    expect(page.get_by_text("Not passed").first).to_be_visible()
    page.goto(final)
    try_test(page, rightly=True)


def check_as_a_stranger(stranger: Page, learner: Page, address: str) -> None:
    code = learner.locator(".certificate-code").inner_text()
    stranger.goto(f"{address}/learning/check/{code}/")
    expect(stranger.get_by_text(COURSE)).to_be_visible()
    look(stranger, "certificate-checked")


def seat_of(page: Page, address: str) -> str:
    page.goto(f"{address}/learning/")
    page.get_by_role("main").get_by_role("link", name=COURSE).first.click()
    return page.url


def accept_all(page: Page, address: str) -> None:
    """A trainer reads what was handed in, the oldest first."""
    come_in_as(page, address, Role.TRAINER)
    page.goto(f"{address}/learning/answers/")
    while page.locator("main .row-title").count():
        page.locator("main .row-title").first.click()
        for group in page.locator("main fieldset").all():
            group.get_by_role("radio", name="there", exact=True).check(force=True)
        page.locator("main textarea[name=feedback]").fill("You ask before you act. Good.")
        press(page, "Accept")
        page.goto(f"{address}/learning/answers/")


def check_badge(page: Page, address: str, folder: Path) -> None:
    """The badge is downloaded and verified with what is published."""
    with page.expect_download() as download:
        press(page, "Badge as picture")
    file = folder / "badge.svg"
    download.value.save_as(file)
    token = taken_out(file.read_bytes())
    asked = page.request

    def fetched(place: str) -> bytes:
        return asked.get(address + "/" + place.split("/", 3)[3]).body()

    issuer = read_token(token).claims["iss"]
    outcome = verify(
        token,
        key_of=read_keys(fetched(f"{issuer}keys.json")).named,
        status_of=lambda place: fetched(place).decode(),
        accepted_issuers=[issuer],
        today=datetime.now(UTC).date(),
    )
    assert outcome.findings == ()
