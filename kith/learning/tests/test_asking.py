"""The public page of courses, asking for a training, and answering."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, scope
from kith.base.tests.factories import OrganisationFactory
from kith.gate.actor import job_actor
from kith.gate.retention import JOB, run_retention
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.learning.models import LearningPage, TrainingRequest
from kith.learning.tests.factories import (
    NOW,
    WARSAW,
    CourseFactory,
    EditionFactory,
    LearningPageFactory,
    TrainingRequestFactory,
)

pytestmark = pytest.mark.django_db

WISH = {
    "asking": "School 7",
    "name": "Iga Nowak",
    "email": "iga@example.org",
    "country": "SK",
    "people": "20",
    "wish": "How do we help new pupils?",
    "website": "",
}


@pytest.fixture(autouse=True)
def _first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def page():
    return LearningPageFactory(organisation=OrganisationFactory(name="Mosty"), slug="mosty")


@pytest.fixture
def stranger():
    """A browser that is strict about tokens and keeps no account."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def trainer(client, page):
    member = MembershipFactory(roles=[Role.TRAINER.value], organisation=page.organisation)
    return sign_in(client, member)


def address(name, *keys):
    return reverse(f"learning:{name}", args=keys)


def at(name, *, language="en", place="mosty"):
    return reverse(f"learning:{name}", args=[place, language])


def text_of(answer):
    return answer.content.decode()


def send(client, fields, *, seconds=20, url=None):
    """Fill the form in and send it, after a while."""
    url = url or at("ask")
    with time_machine.travel(clock.now(), tick=False) as watch:
        mark = re.search(r'name="mark" value="([^"]+)"', text_of(client.get(url))).group(1)
        watch.shift(timedelta(seconds=seconds))
        return client.post(url, {"mark": mark, **fields})


def kept(page):
    with scope.entered(page.organisation_id):
        return list(TrainingRequest.objects.all())


class TestPublicPage:
    @pytest.mark.parametrize("language", ["en", "pl", "ar"])
    def test_it_speaks_the_language_of_its_address_and_sets_no_cookie(
        self, stranger, page, language
    ) -> None:
        for name in ("front", "ask", "thanks"):
            answer = stranger.get(at(name, language=language))

            direction = "rtl" if language == "ar" else "ltr"
            assert f'<html lang="{language}" dir="{direction}"' in text_of(answer)
            assert answer.headers["Content-Language"] == language
            assert "Set-Cookie" not in answer.headers
        assert not stranger.cookies

    def test_the_short_address_goes_on_in_the_language_of_the_browser(self, client, page) -> None:
        answer = client.get("/learning/at/mosty/", headers={"accept-language": "pl"})

        assert answer["Location"] == at("front", language="pl")

    def test_a_closed_or_unknown_page_is_not_there(self, stranger) -> None:
        LearningPageFactory(slug="shut", is_open=False)

        for place in ("shut", "nowhere"):
            assert stranger.get(at("front", place=place)).status_code == 404
            assert stranger.get(f"/learning/at/{place}/").status_code == 404
        assert stranger.get("/learning/at/shut/xx/").status_code == 404

    def test_it_shows_public_editions_of_this_organisation_that_are_open(
        self, stranger, page
    ) -> None:
        course = CourseFactory(organisation=page.organisation)
        shown = EditionFactory(course=course, title="For all", is_public=True)
        EditionFactory(course=course, title="Inside")
        EditionFactory(course=course, title="Closed", is_public=True, closes_on=date(2026, 11, 30))
        EditionFactory(course=course, title="Off", is_public=True, called_off_on=NOW.date())
        EditionFactory(title="Elsewhere", is_public=True)

        answer = stranger.get(at("front"))

        assert [one["card"].edition.pk for one in answer.context["cards"]] == [shown.pk]
        assert address("units") in text_of(answer)
        asked = stranger.get(answer.context["cards"][0]["ask_url"]).context["form"]
        assert "A small course" in asked["wish"].value()


class TestAsking:
    def test_an_organisation_asks_and_is_thanked(self, stranger, page) -> None:
        answer = send(stranger, WISH)

        assert (answer.status_code, answer["Location"]) == (302, at("thanks"))
        [row] = kept(page)
        with scope.entered(page.organisation_id):
            row = TrainingRequest.objects.get()
            said = (row.asking, str(row.name), str(row.email), row.country, row.people)
            assert said == ("School 7", "Iga Nowak", "iga@example.org", "SK", 20)
            assert (str(row.wish), row.language) == (WISH["wish"], "en")
        assert "Thank you" in text_of(stranger.get(at("thanks")))

    def test_sent_twice_it_is_kept_once_and_another_wish_is_another_request(
        self, stranger, page
    ) -> None:
        send(stranger, WISH)
        send(stranger, WISH)
        send(stranger, {**WISH, "wish": "Something else"})

        assert len(kept(page)) == 2

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"email": "iga"}, "email"),
            ({"wish": ""}, "wish"),
            ({"country": "XX"}, "country"),
            ({"people": "0"}, "people"),
            ({"website": "http://spam"}, "website"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(
        self, stranger, page, changed, field
    ) -> None:
        answer = send(stranger, {**WISH, **changed})

        form = answer.context["form"]
        assert list(form.errors) == [field]
        assert form["asking"].value() == "School 7"
        assert kept(page) == []

    @pytest.mark.parametrize("seconds", [1, 24 * 3600 + 1])
    def test_too_quick_or_too_late_one_looks_again_and_nothing_is_lost(
        self, stranger, page, seconds
    ) -> None:
        answer = send(stranger, WISH, seconds=seconds)

        assert "Please look at what you wrote once more" in text_of(answer)
        assert answer.context["form"]["wish"].value() == WISH["wish"]
        assert kept(page) == []

    def test_a_made_up_mark_is_none(self, stranger, page) -> None:
        stranger.post(at("ask"), {"mark": "abc", **WISH})

        assert kept(page) == []

    def test_too_much_from_one_place_waits(self, stranger, page, settings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"public_form": "1/h/ip"}
        send(stranger, WISH)

        answer = send(stranger, {**WISH, "wish": "Again"})

        assert answer.status_code == 429
        assert len(kept(page)) == 1


class TestAnswering:
    @pytest.fixture
    def row(self, page):
        row = TrainingRequestFactory(organisation=page.organisation)
        with scope.entered(page.organisation_id):
            yield row

    def test_the_answer_goes_by_mail_in_the_language_of_the_page(
        self, trainer, row, settings
    ) -> None:
        settings.KITH_MAIL_URL = "smtp://mail.example.org"

        answer = trainer.post(address("request", row.pk), {"answer": "Gladly."}, follow=True)

        [letter] = mail.outbox
        assert letter.to == ["iga@example.org"]
        assert "Gladly." in letter.body
        assert "Iga Nowak" in letter.body
        assert at("front", language="pl") in letter.body
        assert "Sent by e-mail." in text_of(answer)
        row.refresh_from_db()
        assert (row.state, str(row.answer), row.answered_at) == ("answered", "Gladly.", NOW)

    def test_without_mail_the_answer_is_shown_to_be_copied(self, trainer, row, settings) -> None:
        settings.KITH_MAIL_URL = ""

        answer = trainer.post(address("request", row.pk), {"answer": "Gladly."}, follow=True)

        page = text_of(answer)
        assert "Copy the answer below" in page
        assert "Gladly." in page
        assert 'href="mailto:iga@example.org"' in page
        assert mail.outbox == []

    def test_an_empty_answer_is_none(self, trainer, row) -> None:
        answer = trainer.post(address("request", row.pk), {"answer": " "})

        assert list(answer.context["form"].errors) == ["answer"]
        row.refresh_from_db()
        assert row.state == "new"

    def test_requests_are_listed_by_state_and_page_by_page(self, trainer, page) -> None:
        for number in range(21):
            TrainingRequestFactory(organisation=page.organisation, asking=f"School {number}")
        TrainingRequestFactory(organisation=page.organisation, asking="Old", state="closed")
        TrainingRequestFactory(asking="Elsewhere")

        first = trainer.get(address("requests"))
        second = trainer.get(address("requests") + first.context["next_url"])
        closed = trainer.get(address("requests"), {"state": "closed"})

        names = [line["row"].asking for line in first.context["lines"]]
        assert names == [f"School {number}" for number in range(20, 0, -1)]
        assert [line["row"].asking for line in second.context["lines"]] == ["School 0"]
        assert [line["row"].asking for line in closed.context["lines"]] == ["Old"]

    def test_three_requests_ask_no_more_than_one(self, trainer, row, page) -> None:
        trainer.get(address("requests"))
        with CaptureQueriesContext(connection) as one:
            trainer.get(address("requests"))
        for _ in range(2):
            TrainingRequestFactory(organisation=page.organisation)

        with CaptureQueriesContext(connection) as more:
            trainer.get(address("requests"))

        assert len(more) == len(one)

    def test_a_request_is_closed(self, trainer, row) -> None:
        trainer.post(address("close_request", row.pk))

        row.refresh_from_db()
        assert (row.state, row.answered_at) == ("closed", NOW)

    def test_mentors_read_no_requests(self, client, row) -> None:
        sign_in(client, MembershipFactory(mentor=True, organisation=row.organisation))

        assert client.get(address("requests")).status_code == 404
        assert client.get(address("request", row.pk)).status_code == 404
        assert client.post(address("close_request", row.pk)).status_code == 404
        assert client.get(address("page")).status_code == 404


class TestPage:
    def test_a_coordinator_sets_the_address_and_opens_it(self, client, stranger) -> None:
        member = MembershipFactory(organisation=OrganisationFactory(name="Nowe Mosty"))
        sign_in(client, member)
        first = client.get(address("page")).context["form"]

        client.post(address("page"), {"slug": "nowe", "is_open": "on"})

        assert first["slug"].value() == "nowe-mosty"
        assert stranger.get(at("front", place="nowe")).status_code == 200
        client.post(address("page"), {"slug": "nowe"})
        assert stranger.get(at("front", place="nowe")).status_code == 404

    def test_an_address_belongs_to_one_organisation(self, client, page) -> None:
        member = MembershipFactory()
        sign_in(client, member)

        answer = client.post(address("page"), {"slug": "mosty", "is_open": "on"})

        assert "This address is taken." in text_of(answer)
        with scope.entered(member.organisation_id):
            assert list(LearningPage.objects.all()) == []


class TestRetention:
    @pytest.mark.parametrize(("day", "left"), [(date(2027, 11, 30), 1), (date(2027, 12, 1), 0)])
    def test_a_request_is_erased_twelve_months_after_the_answer(self, page, day, left) -> None:
        answered = datetime(2026, 12, 1, 9, 0, tzinfo=WARSAW)
        organisation = page.organisation
        TrainingRequestFactory(
            organisation=organisation, state="answered", answered_at=answered, answer="Gladly."
        )
        later = answered + timedelta(days=30)
        TrainingRequestFactory(organisation=organisation, created_at=later)

        run_retention(job_actor(JOB, organisation), as_of=day)

        assert len([row for row in kept(page) if row.state == "answered"]) == left
        assert len([row for row in kept(page) if row.state == "new"]) == 1

    @pytest.mark.parametrize(("day", "left"), [(date(2027, 11, 30), 1), (date(2027, 12, 1), 0)])
    def test_one_that_nobody_answered_goes_twelve_months_after_it_came(
        self, page, day, left
    ) -> None:
        asked = datetime(2026, 12, 1, 9, 0, tzinfo=WARSAW)
        TrainingRequestFactory(organisation=page.organisation, created_at=asked)

        run_retention(job_actor(JOB, page.organisation), as_of=day)

        assert len(kept(page)) == left

    @pytest.mark.parametrize(("day", "left"), [(date(2027, 11, 30), 1), (date(2027, 12, 1), 0)])
    def test_one_that_was_closed_without_an_answer_goes_too(self, trainer, page, day, left) -> None:
        row = TrainingRequestFactory(organisation=page.organisation)
        trainer.post(address("close_request", row.pk))

        run_retention(job_actor(JOB, page.organisation), as_of=day)

        assert len(kept(page)) == left
