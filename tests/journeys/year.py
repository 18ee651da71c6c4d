"""What happens in every match, from an application to the talk a year after its end.

A story moves the clock, lets the worker do what is due, and has people sign in anew: nobody stays
signed in for weeks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from kith.gate.roles import Role
from kith.web.visitors import QUICKEST_SECONDS
from tests.journeys.acts import come_in_as, heading, press, said
from tests.journeys.conftest import NewPage, Story
from tests.journeys.looks import look

PASSWORD = "violet kettle on the sill"
PLACE = "Jeżyce"
DOOR = "join/mosty"
WRITING_MS = 1000 * (QUICKEST_SECONDS + 1)
MORNING = 9
"""The hour, in UTC, at which a day of a story begins."""


@dataclass
class Someone:
    """A mentor or a participant with a phone, and the record that the office has."""

    name: str
    language: str
    phone: Page
    email: str = ""
    card: tuple[str, str] = ("", "")
    record: str = ""
    day: int = -1
    """The day of the story on which they signed in last."""

    def said(self, words: str) -> str:
        return said(self.language, words)


@dataclass
class Year:
    """One match of one programme, and everybody in it.

    shot      how the pictures of this story begin
    calls_on  the page that names whom to call: with many matches not all fit on the first one
    """

    story: Story
    new_page: NewPage
    shot: str
    office: Page
    day: int = 0
    office_day: int = -1
    programme: str = ""
    match: str = ""
    calls_on: str = "/"
    begun: datetime = field(default_factory=lambda: _tomorrow(MORNING))

    @property
    def address(self) -> str:
        return self.story.address

    @property
    def today(self) -> date:
        return self.date_of(self.day)

    def date_of(self, day: int) -> date:
        """The date of a day of the story; the morning is far enough from midnight everywhere."""
        return (self.begun + timedelta(days=day)).date()

    def picture(self, page: Page, name: str) -> None:
        look(page, f"{self.shot}-{name}")


def _tomorrow(hour: int) -> datetime:
    now = datetime.now(UTC) + timedelta(days=1)
    return now.replace(hour=hour, minute=0, second=0, microsecond=0)


def begin_year(story: Story, new_page: NewPage, shot: str) -> Year:
    """The first morning."""
    year = Year(story, new_page, shot, new_page("wide"))
    go_on(year, to_day=0)
    return year


def go_on(year: Year, *, to_day: int) -> None:
    """It becomes the morning of that day, and the worker does what is due."""
    year.day = to_day
    year.story.at(year.begun + timedelta(days=to_day))
    year.story.work()


# ── Signing in ───────────────────────────────────────────────────────────────────────────────────


def office(year: Year) -> Page:
    """The coordinator's window, signed in on this day."""
    if year.office_day != year.day:
        year.office.context.clear_cookies()
        come_in_as(year.office, year.address, Role.COORDINATOR)
        year.office_day = year.day
    return year.office


def phone_of(year: Year, one: Someone) -> Page:
    """Somebody's phone, signed in on this day."""
    if one.day != year.day:
        one.phone.context.clear_cookies()
        if one.card[0]:
            _sign_in_with_the_card(year, one)
        else:
            _sign_in_with_the_password(year, one)
        one.day = year.day
    return one.phone


def _sign_in_with_the_card(year: Year, one: Someone) -> None:
    number, pin = one.card
    one.phone.goto(f"{year.address}/sign-in/card/#{number}")
    one.phone.get_by_label(one.said("PIN")).fill(pin)
    press(one.phone, one.said("Sign in"))
    expect(one.phone).to_have_url(f"{year.address}/")


def _sign_in_with_the_password(year: Year, one: Someone) -> None:
    one.phone.goto(f"{year.address}/sign-in/")
    one.phone.get_by_label(one.said("E-mail address")).fill(one.email)
    one.phone.get_by_label(one.said("Password")).fill(PASSWORD)
    press(one.phone, one.said("Sign in"))
    expect(one.phone).to_have_url(f"{year.address}/")


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────


def put(page: Page, values: dict[str, object]) -> None:
    """Fill in fields by the names that the form gives them, in whatever language it is shown."""
    for name, value in values.items():
        fields = page.locator(f"main [name='{name}']")
        kind = fields.first.evaluate("e => e.type || e.tagName.toLowerCase()")
        if kind == "select-one":
            fields.first.select_option(str(value))
        elif kind in ("radio", "checkbox"):
            _check(fields, value)
        else:
            fields.first.fill(str(value))


def _check(fields: Locator, value: object) -> None:
    if value is True:
        fields.first.check()
        return
    for one in [value] if isinstance(value, str) else value:  # type: ignore[attr-defined]
        fields.page.locator(f"{fields.first.evaluate(_NAMED)}[value='{one}']").check()


_NAMED = "e => `main [name='${e.name}']`"


def send(page: Page) -> None:
    """Press the button that a form is sent with."""
    page.locator("main form button.btn-primary[type=submit]").last.click()


# ── The door ─────────────────────────────────────────────────────────────────────────────────────


def open_programme(year: Year, template: str, name: str) -> None:
    """The coordinator opens a programme from a template and puts it on the public page."""
    page = office(year)
    page.goto(f"{year.address}/programmes/open/{template}/")
    page.get_by_label(re.compile("^Name")).fill(name)
    page.get_by_role("button", name="Open it", exact=True).click()
    heading(page, name)
    year.picture(page, "programme")
    year.programme = name
    open_the_door(year)


def open_the_door(year: Year) -> None:
    """People can apply and ask for this programme."""
    page = office(year)
    page.goto(f"{year.address}/welcome/page/")
    page.get_by_role("main").get_by_role("link", name=year.programme).click()
    page.get_by_label("People can apply to be mentors here").check()
    page.get_by_label("People can ask for a mentor here").check()
    press(page, "Save")
    expect(page.get_by_text("Saved. This is what everyone can read now.")).to_be_visible()


def _send(phone: Page, label: str) -> None:
    """Send what was written on a public page, no sooner than a person can have written it."""
    phone.wait_for_timeout(WRITING_MS)
    press(phone, label)
    expect(phone.locator(".receipt-code")).to_be_visible()


def applies(year: Year, name: str, email: str, number: str, *, speaks: str = "ar") -> Someone:
    """Somebody would like to be a mentor, writes so on the public page, and is accepted."""
    mentor = Someone(name, "pl", year.new_page("phone", "pl"), email=email)
    phone = mentor.phone
    phone.goto(f"{year.address}/{DOOR}/pl/")
    phone.get_by_role("link", name=re.compile(f"{re.escape(year.programme)}$")).click()
    put(phone, {
        "name": name, "email": email, "phone": number, "channel": "email",
        "languages-language": speaks, "languages-level": "4",
        "topics": ["language", "offices", "work"], "place": PLACE,
        "why": "Lubię rozmawiać i mam czas.", "is_adult": True,
    })  # fmt: skip
    _send(phone, mentor.said("Send my application"))
    _accept(year, mentor, "Accept as mentor", {"interview_on": year.today.isoformat()}, "Accept")
    mentor.record = office(year).url
    return mentor


def asks_for_a_mentor(
    year: Year, name: str, language: str, children: Mapping[str, int] | None = None
) -> Someone:
    """Somebody asks for a mentor on the public page, and has a talk with the coordinator.

    children  how many of each age
    """
    one = Someone(name, language, year.new_page("phone", language))
    phone = one.phone
    phone.goto(f"{year.address}/{DOOR}/{language}/request/self/")
    put(phone, {
        "name": name, "phone": "+48 600 100 200", "channel": "phone", "speaks": language,
        "needs": ["language", "offices", "work"], "place": PLACE, "is_adult": True,
    })  # fmt: skip
    phone.get_by_role("radio", name=year.programme).check()
    if children:
        phone.get_by_text(one.said("Is family here too?")).click()
        put(phone, {f"children_{age}": number for age, number in children.items()})
    _send(phone, one.said("Send"))
    talk = {"talk_held": True, "talk-language": language, "talk-wishes": "A neighbour to talk to."}
    _accept(year, one, "Note the welcome talk", talk, "Write it down")
    says_yes(office(year), one)
    one.record = office(year).get_by_role("link", name="To the record").get_attribute("href") or ""
    one.record = f"{year.address}{one.record}"
    return one


def _accept(year: Year, one: Someone, act: str, values: dict[str, object], button: str) -> None:
    page = office(year)
    page.goto(f"{year.address}/welcome/")
    page.get_by_role("main").get_by_role("link", name=one.name).first.click()
    press(page, "I look after this")
    page.get_by_role("link", name=act).first.click()
    put(page, values)
    page.get_by_role("radio", name=year.programme).check()
    press(page, button)


def says_yes(page: Page, one: Someone) -> None:
    """One consent after the other, each explained and signed with the typed name."""
    while page.locator("[name=signature-typed]").count():
        before = page.url
        page.get_by_role("radio", name="No").check()
        page.locator("[name=signature-typed]").fill(one.name)
        press(page, "Yes")
        expect(page).not_to_have_url(before)


def becomes_ready(year: Year, mentor: Someone) -> None:
    """Every check that the programme asks for is noted, and consent is given."""
    page = office(year)
    needs = mentor.record.replace("/people/", "/mentors/of/")
    page.goto(needs)
    year.picture(page, "needs")
    while (missing := page.locator("main a[href*='checks/new/?kind=']")).count():
        missing.first.click()
        press(page, "Save the check")
        heading(page, mentor.name)
        page.goto(needs)
    expect(page.get_by_text("Nothing is missing before a match.").first).to_be_visible()
    page.goto(mentor.record.replace("/people/", "/consent/people/") + "mentoring/")
    says_yes(page, mentor)


def come_in(year: Year, mentor: Someone) -> None:
    """The mentor gets a link and makes a password of one's own."""
    page = office(year)
    page.goto(mentor.record)
    page.get_by_role("link", name="Invite by link").click()
    press(page, "Make the invitation")
    heading(page, "The link is ready")
    mentor.phone.goto(page.get_by_label("Link of the invitation").input_value())
    mentor.phone.get_by_label(mentor.said("Password")).fill(PASSWORD)
    press(mentor.phone, mentor.said("Come in"))
    expect(mentor.phone).to_have_url(f"{year.address}/")
    mentor.day = year.day


def come_in_with_a_card(year: Year, one: Someone) -> None:
    """The participant gets a card with a number and a PIN."""
    page = office(year)
    page.goto(one.record)
    press(page, "Make a card")
    heading(page, "Sign-in card")
    press(page, "Make the card")
    heading(page, "The card is ready")
    number = page.locator(".paper-card-number").first.inner_text().replace(" ", "")
    one.card = number, page.locator(".paper-card-strip bdi").inner_text()
    phone_of(year, one)


# ── Matching ─────────────────────────────────────────────────────────────────────────────────────


WHY = "Both speak one language and live close by."


def are_brought_together(
    year: Year, participant: Someone, mentor: Someone, *, by_volunteer: bool = False
) -> None:
    """A round proposes them, the coordinator asks both, both say yes and sign.

    by_volunteer  a trained volunteer holds the round and suggests the pair
    """
    if by_volunteer:
        page = suggested_by_a_volunteer(year, participant)
    else:
        page = office(year)
        open_the_pair(year, page, participant)
    page.get_by_label("Why these two?").fill(WHY)
    press(page, "Ask both")
    for one in (participant, mentor):
        says_yes_to_the_offer(year, one)
    for one in (participant, mentor):
        signs(year, one)
    year.match = open_match(year, mentor, participant.name)


def open_the_pair(year: Year, page: Page, participant: Someone) -> None:
    """Hold a round of the programme and open the pair of the participant."""
    page.goto(f"{year.address}/matching/")
    start = re.compile(f"^Start a round.*{re.escape(year.programme)}", re.DOTALL)
    page.get_by_role("main").get_by_role("link", name=start).click()
    press(page, "Start the round")
    expect(page.locator("article.pair").first).to_be_visible()
    page.get_by_role("link", name=re.compile(f"^Decide.*{participant.name}", re.DOTALL)).click()


def suggested_by_a_volunteer(year: Year, participant: Someone) -> Page:
    """The volunteer suggests the pair; gives the coordinator's page on which it is confirmed."""
    volunteer = year.new_page("wide")
    come_in_as(volunteer, year.address, Role.VOLUNTEER_MATCHER)
    open_the_pair(year, volunteer, participant)
    volunteer.get_by_label("Why these two?").fill(WHY)
    year.picture(volunteer, "suggest")
    press(volunteer, "Suggest it")
    line = line_of_today(year, "Confirm the pair of")
    line.filter(has_text=participant.name).get_by_role("link").first.click()
    page = office(year)
    expect(page.get_by_text(WHY).first).to_be_visible()
    return page


def says_yes_to_the_offer(year: Year, one: Someone) -> None:
    phone = phone_of(year, one)
    phone.goto(year.address)
    phone.get_by_role("link", name=one.said("Read and answer")).click()
    phone.get_by_text(one.said("Yes, I would like to meet")).click()
    press(phone, one.said("Send my answer"))
    expect(phone.get_by_role("main").get_by_role("status").first).to_be_visible()


def signs(year: Year, one: Someone) -> None:
    phone = phone_of(year, one)
    phone.goto(year.address)
    phone.get_by_role("link", name=one.said("Read and sign")).click()
    phone.locator("[name=signature-typed]").fill(one.name)
    press(phone, one.said("Sign"))
    expect(phone.locator("[name=signature-typed]")).to_have_count(0)


def open_match(year: Year, mentor: Someone, name: str) -> str:
    """The page of the match as the mentor opens it."""
    phone = phone_of(year, mentor)
    phone.goto(f"{year.address}/matches/mine/")
    phone.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(name)
    return phone.url


# ── Meetings and care ────────────────────────────────────────────────────────────────────────────


def meet(year: Year, mentor: Someone | None, days: Sequence[int]) -> None:
    """The mentor, or for a group the coordinator, notes that they met on these days."""
    page = phone_of(year, mentor) if mentor else office(year)
    for day in days:
        page.goto(f"{year.match}meetings/new/")
        put(page, {"held_on": year.date_of(day).isoformat(), "minutes": 90, "way": "in_person"})
        press(page, mentor.said("Save") if mentor else "Save")
        expect(page).not_to_have_url(re.compile("/new/$"))


def line_of_today(year: Year, words: str) -> Locator:
    """The line of what needs the coordinator that says this."""
    page = office(year)
    page.goto(f"{year.address}{year.calls_on}")
    return page.get_by_role("main").get_by_role("listitem").filter(has_text=words)


def talk_about(year: Year, words: str, *, again_in: int = 0) -> None:
    """A line of Today says it; the coordinator calls, notes the call, and the line is gone."""
    line = line_of_today(year, words)
    expect(line).to_have_count(1)
    line.get_by_role("link").first.click()
    page = office(year)
    year.picture(page, "talk")
    if again_in:
        put(page, {"again_on": (year.today + timedelta(days=again_in)).isoformat()})
    if not page.locator("main [name=side]:checked").count():
        page.locator("main [name=side]").first.check()
    put(page, {"reached": "yes", "way": "call", "note": "Both were ill. They meet on Tuesday."})
    press(page, "Save")
    expect(line_of_today(year, words)).to_have_count(0)


def asks_about_the_match(year: Year, one: Someone) -> None:
    """Six statements are answered on one's own phone."""
    phone = phone_of(year, one)
    phone.goto(year.address)
    phone.locator("main a[href*='/check/']").first.click()
    answer_everything(phone)
    year.picture(phone, "six-statements")
    send(phone)
    expect(phone.locator("main a[href*='/check/']")).to_have_count(0)


def answer_everything(page: Page) -> None:
    """The first answer to each question."""
    names = page.locator("main input[type=radio]").evaluate_all(
        "fields => [...new Set(fields.map(field => field.name))]"
    )
    for name in names:
        page.locator(f"main [name='{name}']").first.check()


# ── Somebody else takes over ─────────────────────────────────────────────────────────────────────


def hands_over(year: Year, participant: Someone, before: str, after: Someone) -> None:
    """The coordinator finds another mentor, the participant says yes, the two go on."""
    page = office(year)
    page.goto(year.match)
    page.get_by_role("link", name=re.compile(f"^Hand over.*{before}", re.DOTALL)).first.click()
    page.get_by_role("link", name=re.compile(f"^Choose.*{after.name}", re.DOTALL)).click()
    put(page, {"how_long": "for_good", "from_on": year.today.isoformat()})
    press(page, "Ask the participant")
    phone = phone_of(year, participant)
    phone.goto(year.address)
    phone.locator("main a[href*='/hand-over/']").first.click()
    year.picture(phone, "somebody-else")
    phone.locator("main button[name=answer][value=yes]").click()
    expect(phone.get_by_role("main")).to_contain_text(after.name)
    signs(year, after)


def assert_closed_to(year: Year, one: Someone) -> None:
    """Whoever handed over no longer opens the match."""
    assert phone_of(year, one).request.get(year.match).status == 404


# ── The end and after ────────────────────────────────────────────────────────────────────────────


def ends_early(year: Year, participant: Someone, mentor: Someone | None, *, reason: str) -> None:
    """A good ending before its time: talks, the question about later, a farewell, a letter."""
    page = office(year)
    page.goto(f"{year.match}ending/")
    put(page, {"farewell_on": year.today.isoformat()})
    press(page, "Plan the farewell")
    for side in ("participant", "mentor"):
        page.goto(f"{year.match}ending/talk/{side}/")
        answer_everything(page)
        press(page, "Save")
    page.goto(f"{year.match}looking-back/")
    press(page, "We looked back together")
    page.goto(participant.record.replace("/people/", "/consent/people/") + "follow_up/")
    says_yes(page, participant)
    meet(year, mentor, [year.day])
    write_a_letter(year, participant, "achievement")
    page.goto(f"{year.match}ending/")
    year.picture(page, "ending")
    page.goto(f"{year.match}close/")
    put(page, {"reason": reason})
    press(page, "Close the match")
    expect(page.get_by_text("The match is closed. Thank both of them.")).to_be_visible()
    year.picture(page, "closed")


def write_a_letter(year: Year, one: Someone, kind: str) -> None:
    """A letter is written and comes as a PDF."""
    page = office(year)
    papers = year.match.replace("/matches/", "/papers/")
    page.goto(f"{papers}letters/")
    page.get_by_role("main").locator(f"a[href*='/letters/{kind}/']").first.click()
    put(page, {"words": "I call the doctor myself now.", "language": one.language})
    press(page, "Make the letter")
    assert_pdf(page, "main a[href$='/pdf/']")


def assert_pdf(page: Page, selector: str) -> None:
    """The first link of these gives a PDF."""
    link = page.locator(selector).first
    expect(link).to_be_visible()
    answer = page.request.get(_absolute(page, link.get_attribute("href") or ""))
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")


def _absolute(page: Page, href: str) -> str:
    return str(page.evaluate("href => new URL(href, location).href", href))


def is_asked_again(year: Year, participant: Someone, months: int) -> None:
    """Some months after the end a short talk is to be held, and is noted."""
    page = office(year)
    if year.calls_on == "/":
        line_of_today(year, participant.name).get_by_role("link").first.click()
    else:
        page.goto(f"{year.match}ending/")
        page.get_by_role("link", name="to be held").click()
    expect(page.get_by_text(f"{months} months after the end")).to_be_visible()
    year.picture(page, f"after-{months}-months")
    answer_everything(page)
    press(page, "Save")
    heading(page, "A good ending")
