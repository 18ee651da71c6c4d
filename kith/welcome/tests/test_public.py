"""Public pages through the client: without an account, without a cookie."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from kith.base import clock, scope
from kith.base.tests.factories import OrganisationFactory
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.people.models import Person
from kith.programmes.tests.factories import ProgrammeFactory, WaitFactory
from kith.welcome.models import Application, Step
from kith.welcome.rules.states import AskedBy
from kith.welcome.tests.factories import (
    CODE,
    ApplicationFactory,
    DoorFactory,
    FrontFactory,
    StepFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def front():
    return FrontFactory(organisation=OrganisationFactory(name="Mosty"), slug="mosty")


@pytest.fixture
def door(front):
    programme = ProgrammeFactory(organisation=front.organisation, name="Poznań 2026")
    return DoorFactory(programme=programme, slug="poznan")


@pytest.fixture
def stranger():
    """A browser that is strict about tokens and keeps no account."""
    return Client(enforce_csrf_checks=True)


def address(name: str, *args: object, place: str = "mosty", language: str = "en") -> str:
    return reverse(f"welcome:{name}", args=[place, language, *args])


def marked(client, url: str) -> str:
    """The mark of a form as it is drawn."""
    page = client.get(url).content.decode()
    return re.search(r'name="mark" value="([^"]+)"', page).group(1)


def send(client, url: str, fields: dict[str, object], *, seconds: int = 20):
    """Fill a form in and send it, after a while."""
    with time_machine.travel(clock.now(), tick=False) as watch:
        mark = marked(client, url)
        watch.shift(timedelta(seconds=seconds))
        return client.post(url, {"mark": mark, **fields})


MENTOR: dict[str, object] = {
    "name": "Zofia Nowak",
    "phone": "600 700 800",
    "email": "zofia@example.org",
    "channel": "phone",
    "languages-language": ["pl", "en"],
    "languages-level": ["5", "3"],
    "topics": ["language", "offices"],
    "times": ["mon-eve", "sat-am"],
    "place": "Wilda",
    "online": "yes",
    "from_on": "2026-12-01",
    "why": "I have time.",
    "is_adult": "on",
}
REQUEST: dict[str, object] = {
    "name": "Olena",
    "phone": "600 700 801",
    "channel": "phone",
    "safe_to_write": "no",
    "speaks": "uk",
    "interpreter": "on",
    "place": "Wilda",
    "needs": ["work"],
    "note": "After four",
    "is_adult": "on",
}
HELPER: dict[str, object] = {"helper_name": "Mina", "helper_contact": "+48 1", "agreed": "here"}


def stored(front) -> list[Application]:
    with scope.entered(front.organisation_id):
        return list(Application.objects.select_related("programme").order_by("id"))


def code_on(page) -> str:
    return re.sub(r"\s", "", re.search(r"<bdi>([A-Z0-9\s]{19})</bdi>", page).group(1))


# ── Doors ────────────────────────────────────────────────────────────────────────────────────────


def test_the_short_address_goes_on_in_the_language_of_the_browser(client, front) -> None:
    answer = client.get("/join/mosty/", headers={"accept-language": "pl"})

    assert (answer.status_code, answer.url) == (302, "/join/mosty/pl/")


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_the_page_speaks_the_language_of_its_address(client, front, door, language) -> None:
    answer = client.get(address("front", language=language), headers={"accept-language": "de"})

    page = answer.content.decode()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert answer.headers["Content-Language"] == language


def test_a_closed_or_unknown_page_is_not_there(client, front) -> None:
    FrontFactory(organisation=OrganisationFactory(), slug="closed", is_open=False)

    answers = [
        client.get(address("front", place="closed")).status_code,
        client.get(address("front", place="nobody")).status_code,
        client.get("/join/closed/").status_code,
        client.get(address("front", language="de")).status_code,
    ]

    assert answers == [404, 404, 404, 404]


PAGES = [
    ("front", ()),
    ("state", ()),
    ("request", ()),
    *[("request_for", (one.value,)) for one in AskedBy],
    ("mentor", ("poznan",)),
]


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_no_public_page_sets_a_cookie_or_asks_for_one(stranger, front, door, name, args) -> None:
    answer = stranger.get(address(name, *args))

    assert answer.status_code == 200
    assert answer.cookies == {}
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_every_public_page_has_one_first_heading_and_a_way_to_hide(
    client, front, door, name, args
) -> None:
    page = client.get(address(name, *args)).content.decode()

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert "data-quick-hide" in page


def test_a_programme_that_is_closed_for_a_side_is_not_offered(client, front) -> None:
    DoorFactory(
        programme=ProgrammeFactory(organisation=front.organisation),
        slug="none",
        for_mentors=False,
        for_participants=False,
    )

    page = client.get(address("front")).context
    answers = [
        client.get(address("mentor", "none")).status_code,
        client.get(address("request")).status_code,
        client.get(address("request_for", "self")).status_code,
    ]

    assert (page["mentor_doors"], page["request_url"]) == ([], "")
    assert answers == [404, 404, 404]


def test_the_notice_on_privacy_stands_before_the_first_question(client, front, door) -> None:
    for name, args in (("mentor", ("poznan",)), ("request_for", ("self",))):
        page = client.get(address(name, *args)).content.decode()
        assert 0 < page.index("What do we keep?") < page.index("<form class=")


def test_nothing_of_another_organisation_is_on_the_page(client, front, door) -> None:
    other = FrontFactory(organisation=OrganisationFactory(name="Elsewhere"), slug="elsewhere")
    DoorFactory(programme=ProgrammeFactory(organisation=other.organisation), slug="far")

    doors = client.get(address("front")).context["mentor_doors"]

    assert [url for url, _name, _summary in doors] == [address("mentor", "poznan")]
    assert client.get(address("mentor", "far")).status_code == 404


# ── Applying ─────────────────────────────────────────────────────────────────────────────────────


def test_an_application_arrives_whole_and_no_record_is_made(stranger, front, door) -> None:
    answer = send(stranger, address("mentor", "poznan", language="pl"), MENTOR)

    [row] = stored(front)
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert (row.side, row.programme, row.language) == ("mentor", door.programme, "pl")
    with scope.entered(front.organisation_id):
        assert row.answers == {
            "languages": {"pl": 5, "en": 3},
            "topics": ["language", "offices"],
            "times": ["mon-eve", "sat-am"],
            "place": "Wilda",
            "online": True,
            "from_on": "2026-12-01",
            "why": "I have time.",
        }
        assert Person.objects.count() == 0


def test_the_receipt_shows_a_code_that_leads_back(stranger, front, door) -> None:
    receipt = send(stranger, address("mentor", "poznan"), MENTOR).content.decode()

    page = stranger.post(address("state"), {"code": code_on(receipt).lower()})

    assert page.context["headline"] == "We have your words and read them."
    assert page.context["programme"] == "Poznań 2026"


def test_sent_twice_it_is_kept_once(stranger, front, door) -> None:
    url = address("mentor", "poznan")
    with time_machine.travel(clock.now(), tick=False) as watch:
        mark = marked(stranger, url)
        watch.shift(timedelta(seconds=20))
        first = stranger.post(url, {"mark": mark, **MENTOR}).content.decode()
        again = stranger.post(url, {"mark": mark, **MENTOR}).content.decode()

    assert code_on(first) == code_on(again)
    assert len(stored(front)) == 1


@pytest.mark.parametrize(
    ("seconds", "mark"), [(1, None), (25 * 3600, None), (20, "made up"), (20, "")]
)
def test_a_form_that_no_person_had_before_them_is_shown_again_with_everything_typed(
    stranger, front, door, seconds, mark
) -> None:
    url = address("mentor", "poznan")
    fields = MENTOR if mark is None else MENTOR | {"mark": mark}

    answer = send(stranger, url, fields, seconds=seconds)

    page = answer.content.decode()
    assert "send it again. Nothing is lost." in page
    assert 'value="Zofia Nowak"' in page
    assert stored(front) == []


def test_what_fills_in_every_field_is_asked_to_empty_one(stranger, front, door) -> None:
    answer = send(stranger, address("mentor", "poznan"), MENTOR | {"website": "http://spam"})

    assert list(answer.context["form"].errors) == ["website"]
    assert stored(front) == []


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"name": ""}, "name"),
        ({"phone": "", "email": ""}, "phone"),
        ({"email": "", "channel": "email"}, "email"),
        ({"languages-language": [], "languages-level": []}, "languages"),
        ({"is_adult": ""}, "is_adult"),
        ({"why": "x" * 2001}, "why"),
    ],
)
def test_what_is_missing_is_said_at_its_field(stranger, front, door, changes, at) -> None:
    answer = send(stranger, address("mentor", "poznan"), MENTOR | changes)

    assert list(answer.context["form"].errors) == [at]
    assert stored(front) == []


def test_the_age_of_the_programme_is_asked_for(client, front, door) -> None:
    DoorFactory(
        programme=ProgrammeFactory(organisation=front.organisation), slug="older", least_age=25
    )

    form = client.get(address("mentor", "older")).context["form"]

    assert form.fields["is_adult"].label == "I am 25 or older"


def test_too_much_from_one_place_is_asked_to_wait(stranger, front, door, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_form": "2/h/ip"}
    url = address("mentor", "poznan")

    answers = [
        send(stranger, url, MENTOR | {"name": f"Zofia {number}"}).status_code for number in range(3)
    ]

    assert answers == [200, 200, 429]
    assert len(stored(front)) == 2


# ── Asking for a mentor ──────────────────────────────────────────────────────────────────────────


def test_a_request_is_taken_in_with_few_words(stranger, front, door) -> None:
    send(stranger, address("request_for", "self", language="ar"), REQUEST)

    [row] = stored(front)
    assert (row.side, row.asked_by, row.language, row.safe_to_write) == (
        "participant",
        "self",
        "ar",
        False,
    )
    with scope.entered(front.organisation_id):
        assert (str(row.name), row.helper) == ("Olena", None)
        assert row.answers == {
            "languages": {"uk": 5},
            "interpreter": True,
            "place": "Wilda",
            "needs": ["work"],
            "note": "After four",
        }


def test_who_else_of_the_family_is_here_is_told_in_numbers(stranger, front, door) -> None:
    url = address("request_for", "self")

    refused = send(stranger, url, REQUEST | {"children_3-6": "16"})
    send(stranger, url, REQUEST | {"adults": "1", "children_3-6": "2", "children_0-2": "0"})

    [row] = stored(front)
    assert refused.context["form"].has_family()
    with scope.entered(front.organisation_id):
        assert row.answers["family"] == {"adults": 1, "children": {"3-6": 2}}


def test_nothing_is_ticked_for_anybody(client, front, door) -> None:
    for who in AskedBy:
        page = client.get(address("request_for", who.value)).content.decode()
        assert len(re.findall(r'type="(?:radio|checkbox)"', page)) > 5
        assert re.findall(r"<input[^>]*\schecked", page) == []


def test_a_helper_says_how_the_person_agreed(stranger, front, door) -> None:
    url = address("request_for", "helper")

    without = send(stranger, url, REQUEST | HELPER | {"agreed": ""})
    send(stranger, url, REQUEST | HELPER)

    [row] = stored(front)
    assert list(without.context["form"].errors) == ["agreed"]
    assert row.asked_by == "helper"
    with scope.entered(front.organisation_id):
        assert row.helper == {"name": "Mina", "contact": "+48 1", "agreed": "here"}


def test_an_organisation_names_the_day_of_the_persons_word(stranger, front, door) -> None:
    url = address("request_for", "organisation")
    fields = REQUEST | HELPER | {"organisation": "School"}
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    today = clock.today().isoformat()

    early = send(stranger, url, fields | {"agreed_on": ahead})
    never = send(stranger, url, fields)
    send(stranger, url, fields | {"agreed_on": today})

    [row] = stored(front)
    assert [list(one.context["form"].errors) for one in (early, never)] == [["agreed_on"]] * 2
    with scope.entered(front.organisation_id):
        assert (row.helper["organisation"], row.helper["agreed_on"]) == ("School", today)


def test_where_there_are_several_programmes_one_may_leave_it_open(stranger, front, door) -> None:
    second = DoorFactory(programme=ProgrammeFactory(organisation=front.organisation)).programme
    url = address("request_for", "self")

    send(stranger, url, REQUEST | {"programme": str(second.pk)})
    send(stranger, url, REQUEST | {"programme": ""})
    foreign = DoorFactory(programme=ProgrammeFactory()).programme
    refused = send(stranger, url, REQUEST | {"programme": str(foreign.pk)})

    assert [row.programme for row in stored(front)] == [second, None]
    assert list(refused.context["form"].errors) == ["programme"]


def test_the_honest_time_stands_on_the_page(client, front, door) -> None:
    for _ in range(5):
        WaitFactory(programme=door.programme, days=42)

    said = client.get(address("request_for", "self")).context["expected"]

    assert "about 6 weeks" in said[1]


# ── With the code ────────────────────────────────────────────────────────────────────────────────


def known(front, **facts):
    return ApplicationFactory(organisation=front.organisation, with_code=True, **facts)


def act(client, name: str, **fields: str):
    return client.post(address("state"), {"code": CODE, "act": name, **fields})


def state_of(row) -> str:
    with scope.entered(row.organisation_id):
        return Application.objects.get(pk=row.pk).state


def test_a_wrong_code_says_so_and_shows_nothing(stranger, front) -> None:
    known(front)

    answer = stranger.post(address("state"), {"code": CODE[:-1] + "2"})

    assert "No application has this code." in answer.content.decode()
    assert "Zofia" not in answer.content.decode()


def test_a_code_of_another_organisation_leads_nowhere(stranger, front) -> None:
    other = FrontFactory(organisation=OrganisationFactory(), slug="elsewhere")
    known(other)

    answer = stranger.post(address("state"), {"code": CODE})

    assert "No application has this code." in answer.content.decode()


def test_codes_cannot_be_tried_without_end(stranger, front, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "receipt_code": "2/h/ip"}

    answers = [
        stranger.post(address("state"), {"code": f"{CODE[:-1]}{n}"}).status_code for n in range(3)
    ]

    assert answers == [200, 200, 429]


def test_the_code_never_stands_in_an_address(stranger, front) -> None:
    known(front)

    answer = stranger.post(address("state"), {"code": CODE})

    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', answer.content.decode())
    carried = re.findall(r'name="code" value="([^"]*)"', answer.content.decode())
    assert len(addresses) > 5
    assert [one for one in addresses if CODE in one] == []
    assert carried == [CODE]


def test_a_question_is_read_and_answered_on_the_page(stranger, front) -> None:
    row = known(front, state="asked")
    with scope.entered(front.organisation_id):
        StepFactory(application=row, deed="question", text="Which evenings?")

    before = stranger.post(address("state"), {"code": CODE})
    empty = act(stranger, "answer", text="")
    after = act(stranger, "answer", text="Tuesdays")

    assert before.context["question"] == "Which evenings?"
    assert list(empty.context["form"].errors) == ["text"]
    assert after.context["said"] == "Thank you. We have your answer."
    assert state_of(row) == "received"


def test_notes_between_coordinators_are_not_on_the_page(stranger, front) -> None:
    row = known(front)
    with scope.entered(front.organisation_id):
        StepFactory(application=row, deed="note", text="Call her sister")
        StepFactory(application=row, deed="received")

    page = stranger.post(address("state"), {"code": CODE})

    assert [event.what for event in page.context["events"]] == ["Your words arrived"]
    assert "Call her sister" not in page.content.decode()


def test_a_talk_is_accepted_or_moved(stranger, front) -> None:
    at = clock.now() + timedelta(days=3)
    row = known(front, state="planned", talk_at=at, talk_where="Office")

    coming = act(stranger, "coming")
    other = act(stranger, "other_time", text="Friday")

    assert coming.context["said"] == "Thank you. We look forward to it."
    assert coming.context["is_coming"] is True
    assert other.context["said"] == "Thank you. We look for another time."
    assert state_of(row) == "received"


def test_it_is_taken_back_with_one_press_and_a_second_one_changes_nothing(stranger, front) -> None:
    row = known(front)

    first, second = act(stranger, "withdraw"), act(stranger, "withdraw")

    assert first.context["said"] == "Taken back. Everything is erased within 7 days."
    assert second.context["said"].startswith("There is nothing to answer now.")
    assert state_of(row) == "withdrawn"


def test_a_no_is_read_as_a_letter_in_ones_own_language(stranger, front) -> None:
    known(
        front,
        state="declined",
        reason="too_far",
        due_on=None,
        decided_on=clock.today(),
        name="Zofia",
        language="pl",
    )

    letter = stranger.post(address("state", language="pl"), {"code": CODE}).context["letter"]

    assert "mieszkają daleko od Ciebie" in " ".join(letter)
    assert len(letter) == 4


def test_an_unknown_act_does_nothing(stranger, front) -> None:
    row = known(front)

    answer = act(stranger, "accept")

    assert answer.context["said"] == ""
    assert state_of(row) == "received"


def test_who_is_signed_in_elsewhere_writes_here_as_anybody(client, front, door) -> None:
    member = MembershipFactory()
    sign_in(client, member)

    send(client, address("mentor", "poznan"), MENTOR)

    [row] = stored(front)
    assert row.referred_by is None
    with scope.entered(front.organisation_id):
        assert [step.by for step in Step.objects.all()] == [None]


# ── Mail ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def with_mail(settings):
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def test_the_receipt_is_mailed_where_an_address_was_given(stranger, front, door, with_mail) -> None:
    page = send(stranger, address("mentor", "poznan", language="pl"), MENTOR).content.decode()

    [letter] = mail.outbox
    assert letter.to == ["zofia@example.org"]
    assert letter.subject == "Wiadomość dla Ciebie"
    assert code_on(page) in re.sub(r"\s", "", letter.body)
    assert "Zofia" not in f"{letter.subject} {letter.body}"


@pytest.mark.parametrize(("safe", "number"), [("yes", 1), ("no", 0), ("", 0)])
def test_nobody_is_written_to_who_did_not_say_that_it_is_safe(
    stranger, front, door, with_mail, safe, number
) -> None:
    fields = REQUEST | {"email": "olena@example.org", "safe_to_write": safe}

    send(stranger, address("request_for", "self"), fields)

    assert len(mail.outbox) == number


def test_before_anybody_is_known_only_addresses_of_pages_can_be_read(front, door) -> None:
    known(front)
    closed = FrontFactory(organisation=OrganisationFactory(), slug="closed", is_open=False)
    seen = {}

    with scope.entered(signing_in=True), connection.cursor() as cursor:
        for table in ("welcome_front", "welcome_door", "welcome_application"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            seen[table] = cursor.fetchone()[0]
    with scope.entered(closed.organisation_id), connection.cursor() as cursor:
        cursor.execute("SELECT slug FROM welcome_front")
        seen["own"] = cursor.fetchall()

    assert seen == {
        "welcome_front": 2,
        "welcome_door": 0,
        "welcome_application": 0,
        "own": [("closed",)],
    }
