"""The desk through the client: lists, one application, decisions, and what Today says."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import permit, retention, scope
from kith.gate.actor import job_actor
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people.commands import add_mentor, add_participant
from kith.people.models import MentorCheck, Person
from kith.programmes.models import Enrolment
from kith.programmes.tests.factories import ProgrammeFactory
from kith.welcome import jobs, wiring
from kith.welcome.models import Application, Door, Front, Step, WelcomeTalk
from kith.welcome.queries import desk as queries
from kith.welcome.rules.states import KEEP_DECIDED, KEEP_UNTOUCHED, KEEP_WITHDRAWN
from kith.welcome.tests.factories import ApplicationFactory, FrontFactory, StepFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ewa(client):
    member = MembershipFactory()
    sign_in(client, member)
    return member


@pytest.fixture
def front(ewa):
    return FrontFactory(organisation=ewa.organisation, slug="mosty")


def address(name: str, *args: object) -> str:
    return reverse(f"welcome:{name}", args=args)


def application(ewa, **facts):
    return ApplicationFactory(organisation=ewa.organisation, **facts)


def day(days: int):
    return TODAY + timedelta(days=days)


def fresh(row):
    with scope.entered(row.organisation_id):
        return Application.objects.get(pk=row.pk)


def names(answer) -> list[str]:
    return [str(line["title"]) for line in answer.context["lines"]]


# ── The list ─────────────────────────────────────────────────────────────────────────────────────


def piles(ewa) -> None:
    at = NOON + timedelta(days=2)
    application(ewa, name="Late", due_on=day(-2))
    application(ewa, name="Soon", due_on=day(3))
    application(ewa, name="Asked", state="asked", due_on=day(9))
    application(ewa, name="Planned", state="planned", talk_at=at, due_on=day(9))
    over = NOON - timedelta(hours=1)
    application(ewa, name="Talked", state="planned", talk_at=over, due_on=day(7))
    application(ewa, name="Gone", state="withdrawn", due_on=None, decided_on=day(-1))


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("", ["Late", "Soon", "Talked"]),
        ("planned", ["Planned"]),
        ("theirs", ["Asked"]),
        ("over", ["Gone"]),
        ("no such pile", ["Late", "Soon", "Talked"]),
    ],
)
def test_each_pile_begins_with_what_is_due_first(client, ewa, show, found) -> None:
    piles(ewa)

    assert names(client.get(address("desk"), {"show": show})) == found


def test_piles_are_counted_and_one_side_can_be_looked_at(client, ewa) -> None:
    piles(ewa)
    application(ewa, name="Olena", asks=True)

    everyone = client.get(address("desk"))
    participants = client.get(address("desk"), {"side": "participant"})

    assert [one.count for one in everyone.context["piles"]] == [4, 1, 1, None]
    assert names(participants) == ["Olena"]
    assert [one.count for one in participants.context["piles"]] == [1, 0, 0, None]


@pytest.mark.parametrize("show", ["ours", "over"])
def test_a_long_list_goes_on_where_it_ended(client, ewa, monkeypatch, show) -> None:
    monkeypatch.setattr("kith.welcome.queries.desk.AT_ONCE", 2)
    over = {"state": "withdrawn", "due_on": None, "decided_on": TODAY} if show == "over" else {}
    rows = [application(ewa, **over) for _ in range(5)]

    shown, url = [], address("desk") + f"?show={show}"
    while url:
        page = client.get(url)
        shown += [line["url"] for line in page.context["lines"]]
        url = page.context["next_url"]

    expected = [address("application", row.pk) for row in rows]
    assert shown == (expected[::-1] if show == "over" else expected)


def test_the_list_asks_the_database_as_often_for_one_as_for_three(client, ewa) -> None:
    application(ewa)
    client.get(address("desk"))

    with CaptureQueriesContext(connection) as one:
        client.get(address("desk"))
    for _ in range(2):
        application(ewa)
    with CaptureQueriesContext(connection) as three:
        client.get(address("desk"))

    assert len(three) == len(one)


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "partner_contact"])
def test_nobody_else_reads_applications(client, ewa, role) -> None:
    row = application(ewa)
    sign_in(client, MembershipFactory(organisation=ewa.organisation, roles=[role]))

    assert client.get(address("desk")).status_code == 404
    assert client.get(address("application", row.pk)).status_code == 404


# ── One application ──────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_what_was_written_and_the_look_is_noted(client, ewa) -> None:
    row = application(ewa)

    page = client.get(address("application", row.pk))

    assert dict(page.context["answers"]) == {
        "Languages": "Polish (like a first language), English (everyday talk)",
        "Can help with": "learning the language",
        "When meetings suit": "Monday, Evening",
        "District or town": "Wilda",
        "Meetings online": "Yes",
        "Why": "I have time.",
    }
    with scope.entered(ewa.organisation_id):
        looks = AuditEvent.objects.filter(verb="welcome.see", row_id=row.pk)
        assert looks.count() == 1


def test_what_may_be_the_same_person_stands_on_top(client, ewa) -> None:
    actor = actor_of(ewa)
    add_mentor(actor, name="Zofia Nowak", adult=True)
    add_participant(actor, name="Someone Else", adult=True, phone="+48 600 700 800")
    application(ewa, name="Zofia", tokens=[77])
    row = application(ewa, name="Zofia Nowak", tokens=[77, 78])
    application(ewa, name="Zofia Nowak", tokens=[99])

    twins = client.get(address("application", row.pk)).context["twins"]

    assert [(str(one["name"]), one["why"]) for one in twins] == [
        ("Someone Else", "Same phone or e-mail"),
        ("Zofia Nowak", "Same name"),
        ("Zofia", "Same phone or e-mail; wrote today: Wants to be a mentor"),
    ]


def test_a_question_goes_out_and_where_no_mail_can_go_somebody_is_asked_to_call(
    client, ewa, front
) -> None:
    row = application(ewa)

    answer = client.post(address("ask", row.pk), {"text": "Which evenings?"}, follow=True)

    assert fresh(row).state == "asked"
    assert [str(one) for one in answer.context["messages"]] == [
        "Noted. No mail was sent: please tell the person yourself, by phone or message."
    ]


def test_a_mail_says_that_there_is_news_and_not_which(client, ewa, front, settings) -> None:
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    row = application(ewa, email="zofia@example.org", name="Zofia Nowak")

    client.post(address("ask", row.pk), {"text": "Which evenings?"})

    [letter] = mail.outbox
    assert letter.to == ["zofia@example.org"]
    assert "/join/mosty/en/state/" in letter.body
    assert "evenings" not in letter.body
    assert "Zofia" not in f"{letter.subject} {letter.body}"


def test_an_empty_question_is_said_at_its_field(client, ewa) -> None:
    row = application(ewa)

    page = client.post(address("ask", row.pk), {"text": " "})

    assert list(page.context["ask_form"].errors) == ["text"]
    assert fresh(row).state == "received"


def test_a_talk_is_planned_on_the_clock_of_this_place(client, ewa) -> None:
    row = application(ewa)
    fields = {"on": "2026-11-05", "time": "17:00", "where": "Office", "text": ""}

    client.post(address("invite", row.pk), fields)

    assert fresh(row).talk_at == datetime(2026, 11, 5, 16, tzinfo=UTC)


def test_a_talk_in_the_past_keeps_what_was_typed(client, ewa) -> None:
    row = application(ewa)
    fields = {"on": "2026-11-01", "time": "17:00", "where": "Office", "text": ""}

    page = client.post(address("invite", row.pk), fields)

    form = page.context["invite_form"]
    assert form.non_field_errors() == ["Choose a time that lies ahead."]
    assert form["where"].value() == "Office"


def test_a_note_stays_between_coordinators(client, ewa) -> None:
    row = application(ewa)

    client.post(address("note", row.pk), {"text": "Called twice"})

    with scope.entered(ewa.organisation_id):
        assert [(one.deed, str(one.text)) for one in Step.objects.all()] == [
            ("note", "Called twice")
        ]


def test_one_looks_after_an_application(client, ewa) -> None:
    row = application(ewa)

    client.post(address("take_on", row.pk))
    page = client.get(address("application", row.pk))

    assert fresh(row).responsible_id == ewa.pk
    assert page.context["is_mine"] is True


def test_a_no_leads_to_its_letter_in_the_language_of_the_person(client, ewa) -> None:
    row = application(ewa, language="pl", name="Zofia")

    answer = client.post(address("decline", row.pk), {"reason": "too_far", "text": "Do zobaczenia"})
    letter = client.get(answer.url)

    assert fresh(row).state == "declined"
    assert answer.url == address("letter", row.pk)
    assert letter.context["sentences"][0] == "Dzień dobry, Zofia,"
    assert letter.context["sentences"][3] == "Do zobaczenia"


def test_each_reason_shows_what_the_person_will_read(client, ewa) -> None:
    row = application(ewa, asks=True)

    page = client.get(address("decline", row.pk)).content.decode()

    assert "Under 18" in page
    assert "Our mentors accompany adults." in page
    assert "Less time than the programme needs" not in page


# ── Yes ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_yes_to_a_mentor_leads_to_the_record(client, ewa) -> None:
    row = application(ewa)
    fields = {"programme": str(row.programme_id), "interview_on": "2026-11-02", "text": ""}

    answer = client.post(address("accept", row.pk), fields)

    with scope.entered(ewa.organisation_id):
        person = Person.objects.get()
        assert answer.url == reverse("people:person", args=[person.pk])
        assert MentorCheck.objects.get().kind == "interview"
        assert Enrolment.objects.get().side == "mentor"


def test_the_same_person_is_chosen_and_not_doubled(client, ewa) -> None:
    here = add_mentor(actor_of(ewa), name="Zofia Nowak", adult=True)
    row = application(ewa, name="Zofia Nowak")
    fields = {"programme": str(row.programme_id), "same": str(here.pk), "text": ""}

    unsaid = client.post(address("accept", row.pk), fields | {"same": ""})
    client.post(address("accept", row.pk), fields)

    assert list(unsaid.context["form"].errors) == ["same"]
    with scope.entered(ewa.organisation_id):
        assert list(Person.objects.all()) == [here]
    assert fresh(row).person_id == here.pk


TALK = {
    "talk_held": "yes",
    "talk-on": "2026-11-01",
    "talk-language": "uk",
    "talk-interpreter": "Irina",
    "talk-explained": ["mentoring", "free"],
    "talk-wishes": "Someone patient",
}


def test_a_welcome_talk_and_a_yes_lead_to_the_consent(client, ewa) -> None:
    row = application(ewa, asks=True)

    answer = client.post(
        address("accept", row.pk), {"programme": str(row.programme_id), "text": "", **TALK}
    )

    with scope.entered(ewa.organisation_id):
        person = Person.objects.get()
        assert answer.url == reverse("consent:talk", args=[person.pk, "mentoring"])
        talk = WelcomeTalk.objects.get()
        assert (talk.explained, str(talk.wishes)) == (["mentoring", "free"], "Someone patient")
        assert Enrolment.objects.get().waiting_since == row.received_on


def test_a_talk_that_is_not_whole_stores_nothing(client, ewa) -> None:
    row = application(ewa, asks=True)
    fields = {"programme": str(row.programme_id), "text": "", **TALK, "talk-on": ""}

    page = client.post(address("accept", row.pk), fields)

    assert list(page.context["talk_form"].errors) == ["on"]
    with scope.entered(ewa.organisation_id):
        assert Person.objects.count() == 0


def test_without_a_talk_a_yes_is_possible_and_no_talk_is_noted(client, ewa) -> None:
    row = application(ewa, asks=True)

    client.post(address("accept", row.pk), {"programme": "", "text": ""})

    with scope.entered(ewa.organisation_id):
        assert Person.objects.count() == 1
        assert WelcomeTalk.objects.count() == 0
        assert Enrolment.objects.count() == 0


def test_what_to_explain_is_there_in_the_persons_language(client, ewa) -> None:
    row = application(ewa, asks=True, answers={"languages": {"ar": 5}})

    guide = client.get(address("accept", row.pk)).context["guide"]

    assert guide[1][1] == "مجاني وباختيارك"


# ── The public page as the office keeps it ───────────────────────────────────────────────────────


def test_the_page_is_opened_and_each_programme_with_it(client, ewa) -> None:
    programme = ProgrammeFactory(organisation=ewa.organisation)
    first = client.get(address("doors"))

    client.post(address("doors"), {"slug": "Mosty", "contact": "Ask us", "is_open": "on"})
    client.post(
        address("door", programme.pk),
        {"slug": "poznan", "for_mentors": "on", "least_age": "21", "words_en": "Come"},
    )

    assert first.context["front"] is None
    with scope.entered(ewa.organisation_id):
        assert list(Front.objects.values_list("slug", "is_open")) == [("mosty", True)]
        door = Door.objects.get()
        assert (door.slug, door.for_mentors, door.for_participants) == ("poznan", True, False)
        assert (door.least_age, door.words) == (21, {"en": "Come"})
    assert client.get("/join/mosty/en/mentor/poznan/").status_code == 200


def test_a_taken_address_is_said_at_the_form(client, ewa) -> None:
    FrontFactory(slug="mosty")

    page = client.post(address("doors"), {"slug": "mosty", "contact": "Ask us"})

    assert page.context["form"].non_field_errors() == ["This address is taken. Choose another one."]


def test_a_poster_holds_the_address(client, ewa, front) -> None:
    page = client.get(address("poster"))

    assert page.context["address"] == "http://testserver/join/mosty/"
    assert page.context["qr"].startswith("data:image/svg+xml;base64,")


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


def lines(source, member):
    with scope.entered(member.organisation_id):
        return list(source(actor_of(member), TODAY))


def test_today_names_those_whose_day_is_over_and_counts_the_others(ewa) -> None:
    for number in range(3):
        application(ewa, name=f"Zofia {number}", due_on=day(number))
    application(ewa, name="Olena", asks=True, due_on=day(-1))
    application(ewa, name="Daniel", due_on=day(-3))

    found = lines(wiring.waiting_lines, ewa)

    assert [(line.what, line.weight) for line in found] == [
        ("Answer \u2068Daniel\u2069, who would like to be a mentor", 84),
        ("Answer \u2068Olena\u2069, who would like a mentor", 84),
        ("3 people wait for a word from you", 68),
    ]
    assert found[1].why == (
        "Wrote today; a word was promised yesterday. The person sees this date."
    )
    assert found[2].why == (
        "They would like a mentor, or to be one. The next word is promised today."
    )


def test_a_single_one_is_named_before_the_day(ewa) -> None:
    application(ewa, name="Zofia", due_on=day(3))

    assert [(line.what, line.weight) for line in lines(wiring.waiting_lines, ewa)] == [
        ("Answer \u2068Zofia\u2069, who would like to be a mentor", 66)
    ]


def test_many_late_ones_do_not_fill_the_page(ewa) -> None:
    for number in range(5):
        application(ewa, name=f"Zofia {number}", due_on=day(-9 + number))

    assert [line.count for line in lines(wiring.waiting_lines, ewa)] == [None, None, None, 2]


def test_after_a_talk_today_asks_for_a_decision(ewa) -> None:
    application(ewa, name="Zofia", state="planned", talk_at=NOON - timedelta(hours=2))

    assert [line.what for line in lines(wiring.waiting_lines, ewa)] == [
        "Decide about \u2068Zofia\u2069 after the talk"
    ]


@pytest.mark.parametrize(("hours", "number"), [(1, 1), (34, 1), (35, 0)])
def test_talks_of_today_and_tomorrow_are_announced(ewa, hours, number) -> None:
    # 34 hours after noon UTC it is 23:00 of tomorrow here.
    at = NOON + timedelta(hours=hours)
    application(ewa, state="planned", talk_at=at, talk_where="Office", name="Zofia")

    assert len(lines(wiring.talk_lines, ewa)) == number


@pytest.mark.parametrize(("days", "number"), [(0, 0), (-1, 1)])
def test_a_participant_who_does_not_answer_is_called_and_not_closed(ewa, days, number) -> None:
    row = application(ewa, asks=True, state="asked", due_on=day(days))

    found = lines(wiring.silent_lines, ewa)

    assert len(found) == number
    with scope.entered(ewa.organisation_id):
        jobs.tidy(job_of(ewa))
    assert fresh(row).state == "asked"


def job_of(member):
    return job_actor("welcome.tidy", member.organisation)


def test_today_is_silent_for_those_who_do_not_decide(ewa) -> None:
    application(ewa, due_on=day(-2))
    mentor = MembershipFactory(organisation=ewa.organisation, mentor=True)

    sources = (wiring.waiting_lines, wiring.talk_lines, wiring.silent_lines)
    assert [lines(source, mentor) for source in sources] == [[], [], []]
    assert queries.waiting_for_us(actor_of(mentor), NOON) == 0


def test_the_job_says_how_many_it_closed(ewa) -> None:
    application(ewa, state="asked", due_on=day(-1))

    with scope.entered(ewa.organisation_id):
        assert jobs.tidy(job_of(ewa)) == "closed 1"


# ── Clocks ───────────────────────────────────────────────────────────────────────────────────────


def erased_by(key: str, *, as_of) -> int:
    category = next(one for one in wiring.categories() if one.key == key)
    due = list(category.due(retention.began_before(category, as_of)))
    with permit.lifted():
        return category.erase(due)


@pytest.mark.parametrize(
    ("key", "state", "period"),
    [
        ("welcome.withdrawn", "withdrawn", KEEP_WITHDRAWN),
        ("welcome.decided", "declined", KEEP_DECIDED),
        ("welcome.decided", "accepted", KEEP_DECIDED),
        ("welcome.decided", "lapsed", KEEP_DECIDED),
    ],
)
def test_what_is_over_is_erased_when_its_time_has_come_and_not_before(
    ewa, key, state, period
) -> None:
    row = application(ewa, state=state, reason="other", due_on=None, decided_on=TODAY)
    StepFactory(application=row)

    with scope.entered(ewa.organisation_id):
        before = erased_by(key, as_of=TODAY + period - timedelta(days=1))
        then = erased_by(key, as_of=TODAY + period)
        left = (Application.objects.count(), Step.objects.count())

    assert (before, then, left) == (0, 1, (0, 0))


def test_even_what_nobody_answered_does_not_stay_for_ever(ewa) -> None:
    application(ewa, due_on=TODAY)

    with scope.entered(ewa.organisation_id):
        before = erased_by("welcome.untouched", as_of=TODAY + KEEP_UNTOUCHED - timedelta(days=1))
        then = erased_by("welcome.untouched", as_of=TODAY + KEEP_UNTOUCHED)

    assert (before, then) == (0, 1)


def test_every_application_that_is_over_has_a_clock(ewa) -> None:
    ends = {"withdrawn", "declined", "accepted", "lapsed"}
    for state in ends:
        application(ewa, state=state, reason="other", due_on=None, decided_on=TODAY)

    with scope.entered(ewa.organisation_id):
        caught = {*queries.withdrawn_before(TODAY), *queries.decided_before(TODAY)}
        everyone = set(Application.objects.values_list("pk", flat=True))

    assert caught == everyone
