"""Pages of messages, as a mentor, a participant and staff open them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, scope
from kith.gate.actor import member_actor
from kith.gate.models import AuditEvent
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MemberFactory,
    mentor_of,
    participant_of,
)
from kith.messaging.models import Message, Report, Seat
from kith.messaging.rules.limits import ON_A_PAGE
from kith.messaging.tests.factories import MessageFactory, ReportFactory, SeatFactory
from kith.messaging.wiring import _to_answer, _waiting

pytestmark = pytest.mark.django_db

NUMBER = "My number is 600 100 200"


@pytest.fixture
def match():
    match = MatchFactory(participant__called="Olena", mentor__called="Marta")
    with scope.entered(match.organisation_id):
        yield match


@pytest.fixture
def mentor(match):
    return sign_in(Client(), mentor_of(match))


@pytest.fixture
def participant(match):
    return sign_in(Client(), participant_of(match))


@pytest.fixture
def coordinator(match):
    return sign_in(Client(), MembershipFactory(organisation=match.organisation))


def address(name, *keys):
    return reverse(f"messaging:{name}", args=keys)


def text_of(answer):
    return answer.content.decode()


def write(client, match, text, **more):
    return client.post(address("send", match.pk), {"text": text, **more})


def texts():
    return [message.text for message in Message.objects.order_by("sent_at", "id")]


def test_two_people_write_to_each_other(match, mentor, participant) -> None:
    answer = write(participant, match, "When do we meet?")
    assert answer["Location"] == f"{address('thread', match.pk)}#newest"

    page = text_of(mentor.get(address("thread", match.pk)))
    assert "When do we meet?" in page
    assert "Olena" in page
    assert Seat.objects.get(person=match.mentor).unread == 0
    write(mentor, match, "On Tuesday at five.")
    page = text_of(participant.get(address("thread", match.pk)))
    assert page.index("When do we meet?") < page.index("On Tuesday at five.")


def test_the_menu_says_how_many_wait(match, mentor, participant) -> None:
    write(participant, match, "Hello")
    write(participant, match, "Are you there?")

    assert 'Messages<span class="count"><span aria-hidden="true">2<' in text_of(mentor.get("/"))
    mentor.get(address("thread", match.pk))
    assert 'Messages<span class="count">' not in text_of(mentor.get("/"))


def test_one_match_opens_at_once_and_several_are_a_list(match, mentor) -> None:
    assert mentor.get(address("start"))["Location"].startswith(address("thread", match.pk))

    second = MatchFactory(
        programme=match.programme,
        mentor=match.mentor,
        participant__called="Yusuf",
    )
    SeatFactory(match=second, person=second.mentor, unread=3)
    page = text_of(mentor.get(address("start")))
    assert page.index("Yusuf") < page.index("Olena")
    assert "3 new" in page


def test_earlier_messages_are_on_pages_of_their_own(match, mentor) -> None:
    for number in range(ON_A_PAGE + 5):
        MessageFactory(
            match=match, text=f"No {number:02}.", sent_at=NOW + timedelta(minutes=number)
        )

    page = text_of(mentor.get(address("thread", match.pk)))
    assert "No 24." in page
    assert "No 05." in page
    assert "No 04." not in page
    link = page.split('href="?before=')[1].split("#")[0]
    earlier = text_of(mentor.get(address("thread", match.pk) + f"?before={link}"))
    assert "No 04." in earlier
    assert "No 00." in earlier
    assert "No 05." not in earlier
    assert "To the newest messages" in earlier


def test_a_page_asks_the_database_as_often_however_many_messages_there_are(match, mentor) -> None:
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert mentor.get(address("thread", match.pk)).status_code == 200
        return len(seen)

    MessageFactory(match=match)
    asked()
    few = asked()
    for number in range(60):
        MessageFactory(match=match, sent_at=NOW + timedelta(minutes=number))
    assert asked() == few


def test_what_cannot_be_sent_stays_on_the_page(match, mentor) -> None:
    answer = write(mentor, match, "  ")

    assert answer.status_code == 422
    assert "Write something first." in text_of(answer)


def test_an_ended_match_is_read_only_and_says_until_when(match, mentor) -> None:
    closed = MatchFactory(
        closed=True, programme=match.programme, mentor=match.mentor, closed_on=clock.today()
    )
    MessageFactory(match=closed, text="Thank you for everything")

    page = text_of(mentor.get(address("thread", closed.pk)))
    assert "Thank you for everything" in page
    assert "This match has ended." in page
    assert address("send", closed.pk) not in page
    assert write(mentor, closed, "One more thing").status_code == 422
    assert texts() == ["Thank you for everything"]


def test_whoever_cannot_read_yet_is_named(match, mentor) -> None:
    page = text_of(mentor.get(address("thread", match.pk)))
    assert "does not use Kith yet" in page

    participant_of(match)
    assert "does not use Kith yet" not in text_of(mentor.get(address("thread", match.pk)))


# ── A question before numbers and money ──────────────────────────────────────────────────────────


def test_a_number_is_asked_about_and_what_was_typed_stays(match, mentor) -> None:
    page = text_of(write(mentor, match, NUMBER))

    assert "There seems to be a phone number in it." in page
    assert NUMBER in page
    assert texts() == []


def test_send_anyway_is_one_click(match, mentor) -> None:
    answer = write(mentor, match, NUMBER, anyway="1")

    assert answer["Location"] == f"{address('thread', match.pk)}#newest"
    assert texts() == [NUMBER]


def test_what_was_changed_is_looked_at_again_and_sent(match, mentor) -> None:
    assert "account or a card" in text_of(write(mentor, match, "4111 1111 1111 1111"))
    write(mentor, match, "I tell you on Tuesday.")

    assert texts() == ["I tell you on Tuesday."]


def test_of_the_question_nothing_is_kept(match, mentor) -> None:
    mentor.get(address("thread", match.pk))
    before = AuditEvent.objects.count()

    with CaptureQueriesContext(connection) as seen:
        write(mentor, match, NUMBER)

    assert AuditEvent.objects.count() == before
    written = [q["sql"] for q in seen if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert [sql for sql in written if "session" not in sql] == []


# ── Showing a message to the coordinators ────────────────────────────────────────────────────────


def test_one_message_is_shown_and_both_read_that_it_was(match, mentor, participant) -> None:
    message = MessageFactory(match=match, text="Give me your key")
    MessageFactory(match=match, text="Sorry for the words before")
    page = address("show", match.pk, message.pk)
    assert "Give me your key" in text_of(mentor.get(page))

    mentor.post(page, {"note": "What do I say?"})
    report = Report.objects.get()
    assert report.note == "What do I say?"
    for client in (mentor, participant):
        seen = text_of(client.get(address("thread", match.pk)))
        assert "Shown to the coordinators" in seen
        assert "What do I say?" not in seen


def test_staff_read_what_was_shown_and_nothing_else(match, coordinator) -> None:
    shown = MessageFactory(match=match, text="Give me your key")
    MessageFactory(match=match, text="Between us two")
    report = ReportFactory(message=shown)

    page = text_of(coordinator.get(address("report", report.pk)))
    assert "Give me your key" in page
    assert "I did not know what to answer." in page
    assert "Between us two" not in page
    for name in ("thread", "send"):
        assert coordinator.get(address(name, match.pk)).status_code in {404, 405}
    assert coordinator.get(address("show", match.pk, shown.pk)).status_code == 404
    section = text_of(coordinator.get(address("of_match", match.pk)))
    assert "What they write to each other is theirs." in section
    assert "Give me your key" not in section


def test_an_answer_stands_under_the_message_for_both(match, coordinator, mentor) -> None:
    report = ReportFactory(message=MessageFactory(match=match))
    assert "waits for an answer" in text_of(coordinator.get(address("reports")))

    answer = coordinator.post(address("report", report.pk), {"answer": "Keys stay home."})

    assert answer["Location"] == address("reports")
    assert "answered" in text_of(coordinator.get(address("reports")))
    assert "Keys stay home." in text_of(mentor.get(address("thread", match.pk)))


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.VOLUNTEER_MATCHER, Role.TRAINER])
def test_other_staff_do_not_even_read_what_was_shown(match, role) -> None:
    report = ReportFactory(message=MessageFactory(match=match))
    member = MembershipFactory(organisation=match.organisation, roles=[role.value])
    client = sign_in(Client(), member)

    assert client.get(address("report", report.pk)).status_code == 404
    assert client.get(address("reports")).status_code == 404


def test_a_message_of_another_match_cannot_be_shown_from_here(match, mentor) -> None:
    other = MessageFactory(match=MatchFactory(organisation=match.organisation))

    assert mentor.get(address("show", match.pk, other.pk)).status_code == 404


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


def test_today_tells_of_messages_and_of_what_was_shown(match) -> None:
    member = mentor_of(match)
    SeatFactory(match=match, unread=2)
    ReportFactory(message=MessageFactory(match=match))
    coordinator = MembershipFactory(organisation=match.organisation)

    [line] = _waiting(member_actor(member), TODAY)
    assert "2 messages from" in str(line.what)
    [line] = _to_answer(member_actor(coordinator), TODAY)
    assert "Olena" in str(line.what)
    assert list(_to_answer(member_actor(member), TODAY)) == []


def test_a_group_writes_together(match, participant) -> None:
    second = MemberFactory(match=match, person__called="Jan")
    write(participant, match, "Who drives on Friday?")

    assert {seat.person_id: seat.unread for seat in Seat.objects.all()} == {
        match.participant_id: 0,
        match.mentor_id: 1,
        second.person_id: 1,
    }
