"""Pages of courses as learners open them: the start, an edition, joining, leaving."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning import wiring
from kith.learning.models import Course, Edition, Seat
from kith.learning.tests.factories import (
    NOW,
    TODAY,
    AnnouncementFactory,
    CertificateFactory,
    CourseFactory,
    EditionFactory,
    LearningPageFactory,
    LiveSessionFactory,
    SeatFactory,
    TrainingRequestFactory,
    WorkFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def edition():
    edition = EditionFactory()
    with scope.entered(edition.organisation_id):
        yield edition


@pytest.fixture
def mentor(client, edition):
    return sign_in(client, MembershipFactory(mentor=True, organisation=edition.organisation))


@pytest.fixture
def trainer(client, edition):
    member = MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)
    return sign_in(client, member)


def address(name, *keys):
    return reverse(f"learning:{name}", args=keys)


def text_of(answer):
    return answer.content.decode()


def other(edition, **fields):
    return EditionFactory(course=edition.course, **fields)


class TestStart:
    def test_a_trainer_without_courses_takes_the_two_that_come_with_kith(self, client) -> None:
        member = MembershipFactory(roles=[Role.TRAINER.value])
        sign_in(client, member)
        before = text_of(client.get(address("start")))

        client.post(address("take"))

        assert "Take the two courses that come with Kith" in before
        with scope.entered(member.organisation_id):
            assert Course.objects.count() == 2
        after = text_of(client.get(address("start")))
        assert "Helping newcomers settle through mentoring" in after
        assert "Plan an edition" in after

    def test_a_mentor_without_courses_reads_what_comes_and_takes_nothing(self, client) -> None:
        sign_in(client, MembershipFactory(mentor=True))

        page = text_of(client.get(address("start")))

        assert "Nothing is open just now" in page
        assert "Take the two courses" not in page
        assert client.post(address("take")).status_code == 404

    def test_an_edition_is_open_or_says_kindly_why_not(self, mentor, edition) -> None:
        other(edition, title="Southern", countries=["ES", "PT"])
        other(edition, title="Autumn", closes_on=TODAY - timedelta(days=1))
        other(edition, title="Small", seats=3, taken=3)
        other(edition, title="Gone", called_off_on=TODAY)

        answer = mentor.get(address("start"))

        assert [one.edition.title for one in answer.context["open"]] == ["Winter"]
        assert {one.edition.title: one.why for one in answer.context["not_open"]} == {
            "Southern": "It is for people who work in Portugal and Spain, and you work in Poland.",
            "Autumn": "The last day to join was yesterday.",
            "Small": "All seats are taken.",
            "Gone": "It does not take place.",
        }

    def test_what_closed_long_ago_or_is_over_is_not_shown(self, mentor, edition) -> None:
        other(edition, title="Old", closes_on=TODAY - timedelta(days=31))
        other(edition, title="Over", starts_on=TODAY, closes_on=TODAY, ends_on=TODAY)
        other(
            edition,
            starts_on=TODAY - timedelta(days=9),
            closes_on=TODAY - timedelta(days=1),
            ends_on=TODAY - timedelta(days=1),
        )

        answer = mentor.get(address("start"))

        cards = answer.context["open"] + answer.context["not_open"]
        assert {one.edition.title for one in cards} == {"Winter", "Over"}

    def test_my_courses_go_on_and_end_with_a_certificate(self, client, edition) -> None:
        seat = SeatFactory(edition=edition, part="one", modules_done=1)
        done = SeatFactory(
            edition=other(edition, title="Spring"),
            member=seat.member,
            state="passed",
            passed_on=TODAY,
        )
        certificate = CertificateFactory(seat=done)
        AnnouncementFactory(edition=edition, title="We meet earlier")

        page = text_of(sign_in(client, seat.member).get(address("start")))

        assert "1 of 2 modules done" in page
        assert "We meet earlier" in page
        assert address("seat", seat.pk) in page
        assert address("certificate", certificate.pk) in page

    def test_nobody_sees_the_courses_of_others(self, client, edition) -> None:
        SeatFactory(edition=edition)
        sign_in(client, MembershipFactory(mentor=True, organisation=edition.organisation))

        assert client.get(address("start")).context["mine"] == []

    def test_participants_find_what_is_open_to_everybody_and_nothing_in_their_menu(
        self, client, edition
    ) -> None:
        shown = EditionFactory(course=edition.course, title="For all", is_public=True)
        member = MembershipFactory(participant=True, organisation=edition.organisation)

        answer = sign_in(client, member).get(address("start"))

        assert [card.edition.pk for card in answer.context["open"]] == [shown.pk]
        assert client.get(address("edition", edition.pk)).status_code == 404
        assert address("start") not in client.get("/").content.decode()

    def test_three_courses_ask_no_more_than_one(self, client, edition) -> None:
        seat = SeatFactory(edition=edition)
        sign_in(client, seat.member)
        client.get(address("start"))
        with CaptureQueriesContext(connection) as one:
            client.get(address("start"))
        for number in range(3):
            SeatFactory(edition=other(edition, title=f"E{number}"), member=seat.member)
            other(edition, title=f"Open {number}")
            AnnouncementFactory(edition=edition)

        with CaptureQueriesContext(connection) as more:
            client.get(address("start"))

        assert len(more) == len(one)

    def test_whoever_gives_courses_finds_them_below(self, trainer, edition) -> None:
        page = text_of(trainer.get(address("start")))

        assert address("cohort", edition.pk) in page
        assert address("new_edition", edition.course_id) in page

    def test_all_editions_are_listed_page_by_page(self, trainer, edition) -> None:
        for number in range(21):
            other(edition, title=f"E{number}")

        first = trainer.get(address("editions"))
        second = trainer.get(address("editions") + first.context["next_url"])

        assert len(first.context["cards"]) == 20
        assert [one.edition.title for one in second.context["cards"]] == ["E0", "Winter"]
        assert second.context["next_url"] == ""


class TestEdition:
    def test_the_page_says_what_the_course_is_and_for_whom(self, mentor, edition) -> None:
        LiveSessionFactory(edition=edition, place="Hidden street 3")

        page = text_of(mentor.get(address("edition", edition.pk)))

        for words in (
            "Do it.",
            "1 hour 30 minutes",
            "For people who work in Poland and Slovakia",
            "30 seats left",
            "It is valid for 24 months.",
            "It opens the first match to a mentor.",
            "English, Arabic and Polish",
        ):
            assert words in page
        # Where they meet, those read who have joined.
        assert "Hidden street 3" not in page

    def test_whoever_is_in_reads_where_they_meet_and_the_news(self, client, edition) -> None:
        seat = SeatFactory(edition=edition)
        LiveSessionFactory(edition=edition, place="Hidden street 3")
        AnnouncementFactory(edition=edition, title="We meet earlier", body="At nine.")

        page = text_of(sign_in(client, seat.member).get(address("edition", edition.pk)))

        assert "Hidden street 3" in page
        assert "At nine." in page
        assert address("leave", edition.pk) in page

    def test_it_speaks_the_language_of_the_page(self, mentor, edition) -> None:
        page = text_of(
            mentor.get(address("edition", edition.pk), headers={"accept-language": "pl"})
        )

        assert "A small course (pl)" in page

    def test_an_edition_of_another_organisation_is_not_there(self, mentor) -> None:
        assert mentor.get(address("edition", EditionFactory().pk)).status_code == 404


class TestJoining:
    def test_somebody_joins_from_one_of_the_countries(self, mentor, edition) -> None:
        answer = mentor.post(address("join", edition.pk), {"country": "SK", "language": "en"})

        seat = Seat.objects.get()
        assert answer["Location"] == address("seat", seat.pk)
        assert (seat.country, seat.language) == ("SK", "en")

    def test_the_country_of_the_organisation_is_chosen_already(self, mentor, edition) -> None:
        form = mentor.get(address("join", edition.pk)).context["form"]

        assert (form["country"].value(), form["language"].value()) == ("PL", "en")
        assert ("CA", "Canada") in form.fields["country"].choices

    def test_from_another_country_one_reads_why_not_and_what_else_there_is(
        self, mentor, edition
    ) -> None:
        everywhere = other(edition, title="For all", countries=[])
        other(edition, title="Only here", countries=["PL"])
        other(edition, title="Full", countries=["DE"], seats=1, taken=1)
        LearningPageFactory(organisation=edition.organisation, slug="mosty")

        answer = mentor.post(address("join", edition.pk), {"country": "DE", "language": "en"})

        page = text_of(answer)
        assert "This edition is for people who work in other countries." in page
        assert "you work in Germany" in page
        assert [one.edition.pk for one in answer.context["others"]] == [everywhere.pk]
        assert address("units") in page
        assert address("ask", "mosty", "en") in page
        assert answer.context["form"]["country"].value() == "DE"
        assert list(Seat.objects.all()) == []

    def test_on_the_closing_day_one_joins_and_the_day_after_one_reads_why_not(
        self, client, edition
    ) -> None:
        member = MembershipFactory(mentor=True, organisation=edition.organisation)
        fields = {"country": "PL", "language": "en"}
        with time_machine.travel(NOW + timedelta(days=46), tick=False):
            late = sign_in(client, member).post(address("join", edition.pk), fields)
        with time_machine.travel(NOW + timedelta(days=45), tick=False):
            in_time = sign_in(client, member).post(address("join", edition.pk), fields)

        assert "The last day to join this edition is over." in text_of(late)
        assert "<select" not in text_of(late)
        assert "What else there is" in text_of(late)
        assert in_time.status_code == 302

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"seats": 1, "taken": 1}, "All seats of this edition are taken."),
            ({"called_off_on": TODAY}, "This edition does not take place."),
        ],
    )
    def test_full_and_called_off_are_said_too(self, mentor, edition, fields, said) -> None:
        row = other(edition, **fields)

        answer = mentor.post(address("join", row.pk), {"country": "PL", "language": "en"})

        assert said in text_of(answer)
        assert [one.edition.pk for one in answer.context["others"]] == [edition.pk]

    def test_without_a_country_the_message_stands_at_the_field(self, mentor, edition) -> None:
        answer = mentor.post(address("join", edition.pk), {"country": "", "language": "pl"})

        form = answer.context["form"]
        assert list(form.errors) == ["country"]
        assert form["language"].value() == "pl"

    def test_who_is_in_does_not_join_twice(self, client, edition) -> None:
        seat = SeatFactory(edition=edition)
        sign_in(client, seat.member)

        answer = client.post(address("join", edition.pk), {"country": "PL", "language": "en"})

        assert "You are in this edition already." in text_of(answer)


class TestLeaving:
    def test_a_seat_is_given_back_after_a_clear_yes(self, client, edition) -> None:
        seat = SeatFactory(edition=edition)
        sign_in(client, seat.member)
        asked = client.get(address("leave", edition.pk))

        client.post(address("leave", edition.pk))

        assert "Your seat is free for somebody else." in text_of(asked)
        seat.refresh_from_db()
        assert seat.state == "left"
        assert Edition.objects.get(pk=edition.pk).taken == 0
        assert client.get(address("leave", edition.pk)).status_code == 404

    def test_who_is_not_in_cannot_leave(self, mentor, edition) -> None:
        assert mentor.post(address("leave", edition.pk)).status_code == 404


class TestToday:
    def lines(self, member, source):
        return list(source(actor_of(member), TODAY))

    def test_a_trainer_is_told_of_answers_requests_and_sessions(self, edition) -> None:
        member = MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)
        mine = other(edition, title="Mine", trainer=member)
        WorkFactory(seat=SeatFactory(edition=mine))
        TrainingRequestFactory(organisation=edition.organisation)
        LiveSessionFactory(edition=mine)
        LiveSessionFactory(edition=edition)

        [read] = self.lines(member, wiring._to_read)
        [asked] = self.lines(member, wiring._asked)
        [note] = self.lines(member, wiring._to_note)

        assert (read.what, read.count) == ("Read 1 answer of a learner", 1)
        assert "School 7" in asked.what
        assert "Mine" in note.what

    def test_a_learner_is_told_of_a_session_within_three_days(self, edition) -> None:
        seat = SeatFactory(edition=edition)
        LiveSessionFactory(edition=edition, starts_at=NOW + timedelta(days=3))
        LiveSessionFactory(edition=edition, starts_at=NOW + timedelta(days=3, minutes=1))

        assert len(self.lines(seat.member, wiring._own_sessions)) == 1

    def test_others_are_told_nothing(self, edition) -> None:
        seat = SeatFactory(edition=edition)
        WorkFactory(seat=seat)
        TrainingRequestFactory(organisation=edition.organisation)
        LiveSessionFactory(edition=edition)

        for source in (wiring._to_read, wiring._asked, wiring._to_note):
            assert self.lines(seat.member, source) == []

    def test_the_first_step_of_a_trainer_is_to_take_the_courses(self) -> None:
        member = MembershipFactory(roles=[Role.TRAINER.value])
        with scope.entered(member.organisation_id):
            step = wiring._first_course(actor_of(member))
            CourseFactory(organisation=member.organisation)
            again = wiring._first_course(actor_of(member))

        assert step is not None
        assert step.url == address("start")
        assert again is None
