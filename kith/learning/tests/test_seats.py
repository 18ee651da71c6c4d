"""A seat without an account: asked for on the public page, confirmed by a letter, taken."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.accounts.commands.tidying import tidy
from kith.accounts.models import Invitation
from kith.accounts.permissions import TIDYING
from kith.base import permit, scope
from kith.base.tests.factories import OrganisationFactory
from kith.gate.actor import job_actor, visitor_of
from kith.gate.models import AuditEvent, Membership
from kith.gate.permissions import allows
from kith.gate.retention import JOB, run_retention
from kith.gate.roles import Role
from kith.gate.tests.factories import PASSWORD, MembershipFactory, actor_of, sign_in
from kith.learning.commands import joining
from kith.learning.commands.joining import OtherCountry
from kith.learning.commands.seats import LinkOver, SeatWish, ask_for_seat, confirm_seat
from kith.learning.models import Edition, Seat, SeatRequest
from kith.learning.permissions import ASK_FOR_SEAT, JOIN_EDITION, LEARN, LEARNERS, OTHERS
from kith.learning.tests.factories import (
    NOW,
    TODAY,
    CourseFactory,
    EditionFactory,
    LearningPageFactory,
    SeatFactory,
    SeatRequestFactory,
)
from kith.learning.tests.test_asking import address, at, send, text_of

pytestmark = pytest.mark.django_db

SMTP, NOBODY_LISTENS = "django.core.mail.backends.smtp.EmailBackend", 1

TYPED = {
    "name": "Iga Nowak",
    "email": "iga@example.org",
    "country": "SK",
    "works_at": "School 7",
    "language": "en",
    "website": "",
}


@pytest.fixture(autouse=True)
def _first_of_december(settings):
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    cache.clear()
    with time_machine.travel(NOW, tick=False) as watch:
        yield watch


@pytest.fixture
def watch(_first_of_december):
    return _first_of_december


@pytest.fixture
def page():
    return LearningPageFactory(organisation=OrganisationFactory(name="Mosty"), slug="mosty")


@pytest.fixture
def course(page):
    return CourseFactory(organisation=page.organisation)


@pytest.fixture
def edition(course):
    return EditionFactory(
        course=course, title="For all", is_public=True, countries=["PL", "SK"], seats=2
    )


@pytest.fixture
def stranger():
    """A browser that is strict about tokens and keeps no account."""
    return Client(enforce_csrf_checks=True)


def here(edition, name="ask_for_seat"):
    return address(name, "mosty", "en", edition.pk)


def ask(client, edition, **changes):
    return send(client, {**TYPED, **changes}, url=here(edition))


def mark_on(client, edition) -> str:
    """The mark of a form that is looked at now."""
    found = re.search(r'name="mark" value="([^"]+)"', text_of(client.get(here(edition))))
    assert found
    return found[1]


def link_in(letter) -> str:
    found = re.search(r"http://testserver(\S+)", letter.body)
    assert found
    return found[1]


def requests_of(edition):
    with scope.entered(edition.organisation_id):
        return list(SeatRequest.objects.all())


def seats_of(edition):
    with scope.entered(edition.organisation_id):
        return list(Seat.objects.filter(edition=edition).select_related("member"))


def members_of(edition):
    with scope.entered(edition.organisation_id):
        return [
            (str(one.name), str(one.email), one.roles, one.active)
            for one in Membership.objects.order_by("created_at")
        ]


def verbs_of(edition):
    with scope.entered(edition.organisation_id):
        return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def change(edition, **values):
    with scope.entered(edition.organisation_id), permit.lifted():
        row = Edition.objects.get(pk=edition.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


class TestTheList:
    def test_it_says_what_is_given_when_for_whom_with_how_many_seats_until_when(
        self, stranger, edition
    ) -> None:
        words = re.sub(r"[\u2068\u2069]", "", text_of(stranger.get(at("front"))))

        assert "A small course" in words
        assert "For people who work in Poland and Slovakia" in words
        assert "2 seats left" in words
        assert "Join by:" in words
        assert re.search(r"In [^<]*English[^<]*Polish", words)
        assert here(edition) in words

    def test_a_full_edition_asks_nobody_in(self, stranger, edition) -> None:
        change(edition, taken=2)

        words = text_of(stranger.get(at("front")))

        assert here(edition) not in words

    def test_three_editions_of_a_course_ask_no_more_than_one(self, stranger, edition) -> None:
        stranger.get(at("front"))
        with CaptureQueriesContext(connection) as one:
            stranger.get(at("front"))
        for _ in range(2):
            EditionFactory(course=edition.course, is_public=True)
        with CaptureQueriesContext(connection) as three:
            stranger.get(at("front"))

        assert len(three) <= len(one)

    def test_without_mail_one_writes_to_a_trainer_instead(
        self, stranger, edition, settings
    ) -> None:
        settings.KITH_MAIL_URL = ""

        card = stranger.get(at("front")).context["cards"][0]

        assert card["ask_url"] == f"{at('ask')}?edition={edition.pk}"
        assert stranger.get(here(edition)).url == card["ask_url"]


class TestAsking:
    @pytest.mark.parametrize("language", ["en", "pl", "ar"])
    def test_the_page_speaks_its_language_and_sets_no_cookie(
        self, stranger, edition, language
    ) -> None:
        for name in ("ask_for_seat", "seat_letter"):
            answer = stranger.get(address(name, "mosty", language, edition.pk))

            assert answer.status_code == 200
            assert f'<html lang="{language}"' in text_of(answer)
            assert address(name, "mosty", "pl", edition.pk) in text_of(answer)
        assert not stranger.cookies

    def test_what_is_kept_and_how_long_is_said_before_anything_is_typed(
        self, stranger, edition
    ) -> None:
        words = text_of(stranger.get(here(edition)))

        assert "keeps what you write here for 3 days" in words
        assert "never your answers in tests" in words

    def test_a_letter_comes_with_a_link_and_nothing_that_was_typed(self, stranger, edition) -> None:
        answer = ask(stranger, edition, name="Buy pills http://spam.example")

        assert answer.url == here(edition, "seat_letter")
        assert "A letter with a link is on its way" in text_of(stranger.get(answer.url))
        [letter] = mail.outbox
        assert letter.to == ["iga@example.org"]
        assert "spam" not in letter.body
        assert "A small course" in letter.body
        assert link_in(letter).startswith("/learning/at/mosty/en/confirm/")
        with scope.entered(edition.organisation_id):
            row = SeatRequest.objects.get()
            assert (str(row.email), row.country, str(row.works_at)) == (
                "iga@example.org",
                "SK",
                "School 7",
            )
            assert row.token not in link_in(letter)
        assert verbs_of(edition)[-1] == "learning.ask_for_seat"
        assert members_of(edition) == []

    def test_the_same_form_sent_twice_sends_one_letter(self, stranger, edition, watch) -> None:
        mark = mark_on(stranger, edition)
        watch.shift(timedelta(seconds=20))

        for _ in range(2):
            answer = stranger.post(here(edition), {**TYPED, "mark": mark})
            assert answer.url == here(edition, "seat_letter")

        assert (len(mail.outbox), len(requests_of(edition))) == (1, 1)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"name": ""}, "name"),
            ({"email": "iga"}, "email"),
            ({"country": "XX"}, "country"),
            ({"language": "de"}, "language"),
            ({"website": "http://spam"}, "website"),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(
        self, stranger, edition, changed, field
    ) -> None:
        answer = ask(stranger, edition, **changed)

        assert list(answer.context["form"].errors) == [field]
        assert answer.context["form"]["works_at"].value() == "School 7"
        assert (mail.outbox, requests_of(edition)) == ([], [])

    @pytest.mark.parametrize("seconds", [1, 24 * 3600 + 1])
    def test_too_quick_or_too_late_one_looks_again(self, stranger, edition, seconds) -> None:
        answer = send(stranger, TYPED, seconds=seconds, url=here(edition))

        assert "Please look at what you wrote once more" in text_of(answer)
        assert (mail.outbox, requests_of(edition)) == ([], [])

    def test_a_letter_that_cannot_be_sent_is_no_request_and_one_tries_again(
        self, stranger, edition, watch, settings
    ) -> None:
        mark = mark_on(stranger, edition)
        watch.shift(timedelta(seconds=20))
        working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", NOBODY_LISTENS

        failed = stranger.post(here(edition), {**TYPED, "mark": mark})

        assert "The letter could not be sent just now." in text_of(failed)
        assert failed.context["form"]["works_at"].value() == "School 7"
        assert requests_of(edition) == []
        settings.EMAIL_BACKEND = working
        again = stranger.post(here(edition), {**TYPED, "mark": mark})
        assert again.url == here(edition, "seat_letter")
        assert (len(mail.outbox), len(requests_of(edition))) == (1, 1)

    def test_too_much_from_one_place_waits(self, stranger, edition, settings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_form": "1/h/ip"}
        ask(stranger, edition)

        assert ask(stranger, edition, email="ola@example.org").status_code == 429

    def test_nobody_gets_more_letters_a_day_than_three_and_nobody_is_told(
        self, stranger, edition
    ) -> None:
        answers = [ask(stranger, edition, email=one) for one in ("a@b.example", "A@b.example") * 3]

        assert {one.url for one in answers} == {here(edition, "seat_letter")}
        assert len(mail.outbox) == 3

    def test_an_edition_that_is_not_open_to_everybody_is_not_there(
        self, stranger, edition, course
    ) -> None:
        inside, elsewhere = EditionFactory(course=course), EditionFactory(is_public=True)

        for one in (inside, elsewhere):
            assert stranger.get(here(one)).status_code == 404
            assert stranger.post(here(one), TYPED).status_code == 404


class TestAddressesWithAnAccount:
    def test_the_page_is_the_same_and_the_letter_leads_to_signing_in(
        self, stranger, edition
    ) -> None:
        MembershipFactory(
            mentor=True, organisation=edition.organisation, user__address="known@example.org"
        )

        known = ask(stranger, edition, email="known@example.org")
        unknown = ask(stranger, edition, email="unknown@example.org")

        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        first, second = mail.outbox
        assert "You have an account here already." in first.body
        assert link_in(first) == address("join", edition.pk)
        assert "You have an account" not in second.body
        assert first.subject == second.subject
        assert len(requests_of(edition)) == 2

    def test_who_signs_in_by_it_joins(self, client, stranger, edition) -> None:
        member = MembershipFactory(
            mentor=True, organisation=edition.organisation, user__address="known@example.org"
        )
        ask(stranger, edition, email="known@example.org")
        link = link_in(mail.outbox[0])
        assert client.get(link).url == f"/sign-in/?next={link}"

        client.post(
            f"/sign-in/?next={link}", {"address": "known@example.org", "password": PASSWORD}
        )
        client.post(link, {"country": "PL", "language": "en"})

        assert [one.member_id for one in seats_of(edition)] == [member.pk]

    def test_an_account_of_another_organisation_comes_in_with_its_own_password(
        self, client, stranger, edition
    ) -> None:
        elsewhere = MembershipFactory(mentor=True, user__address="iga@example.org")
        ask(stranger, edition)
        invitation = client.post(link_in(mail.outbox[0])).url
        assert "You have an account" not in mail.outbox[0].body
        assert "The one of the account that you have already" in text_of(client.get(invitation))

        client.post(invitation, {"name": "Iga", "password": PASSWORD})

        [seat] = seats_of(edition)
        assert seat.member.user_id == elsewhere.user_id
        assert seat.member.roles == ["learner"]

    def test_whose_access_was_ended_does_not_come_back_by_this_door(
        self, client, stranger, edition
    ) -> None:
        MembershipFactory(
            mentor=True,
            organisation=edition.organisation,
            user__address="iga@example.org",
            active=False,
        )
        ask(stranger, edition)
        invitation = client.post(link_in(mail.outbox[0])).url

        answer = client.post(invitation, {"name": "Iga", "password": PASSWORD})

        assert [active for *_others, active in members_of(edition)] == [False]
        assert seats_of(edition) == []
        assert "_auth_user_id" not in client.session
        assert answer.status_code == 200


class TestConfirming:
    def test_a_yes_a_password_and_the_seat_is_theirs(self, client, stranger, edition) -> None:
        ask(stranger, edition)
        link = link_in(mail.outbox[0])
        assert "Iga Nowak" in text_of(stranger.get(link))

        invitation = stranger.post(link).url
        shown = text_of(client.get(invitation))
        answer = client.post(invitation, {"name": "Iga Nowak", "password": PASSWORD})

        assert "Your address is confirmed." in shown
        assert answer.url == address("edition", edition.pk)
        assert "Begin" in text_of(client.get(answer.url))
        assert members_of(edition) == [("Iga Nowak", "iga@example.org", ["learner"], True)]
        [seat] = seats_of(edition)
        assert (seat.country, seat.language, seat.works_at) == ("SK", "en", "School 7")
        assert requests_of(edition) == []
        assert verbs_of(edition)[:5] == [
            "learning.ask_for_seat",
            "accounts.ask_to_come_in",
            "learning.ask_for_seat",
            "learning.join",
            "accounts.accept_invitation",
        ]

    def test_looking_at_the_link_does_nothing(self, stranger, edition) -> None:
        ask(stranger, edition)

        for _ in range(2):
            assert stranger.get(link_in(mail.outbox[0])).status_code == 200

        with scope.entered(edition.organisation_id):
            assert not Invitation.objects.exists()

    def test_the_account_has_the_confirmed_address_whatever_is_sent(
        self, client, stranger, edition
    ) -> None:
        MembershipFactory(user__address="other@example.org")
        ask(stranger, edition)
        invitation = client.post(link_in(mail.outbox[0])).url

        answer = client.post(
            invitation, {"name": "Iga", "address": "other@example.org", "password": PASSWORD}
        )

        assert answer.status_code == 302
        assert [email for _name, email, *_rest in members_of(edition)] == ["iga@example.org"]

    def test_a_link_works_for_three_days_and_until_the_seat_is_taken(
        self, client, stranger, edition, watch
    ) -> None:
        ask(stranger, edition)
        link = link_in(mail.outbox[0])

        watch.shift(timedelta(days=2, hours=23))
        assert stranger.get(link).status_code == 200
        client.post(client.post(link).url, {"name": "Iga", "password": PASSWORD})
        assert stranger.get(link).status_code == 410

        ask(stranger, edition, email="ola@example.org")
        watch.shift(timedelta(days=3, minutes=1))
        answer = stranger.post(link_in(mail.outbox[1]))
        assert answer.status_code == 410
        assert "This link does not work any more" in text_of(answer)

    @pytest.mark.parametrize("code", ["x", "é", "A" * 32])
    def test_a_made_up_link_is_none(self, stranger, edition, code) -> None:
        assert stranger.get(f"/learning/at/mosty/en/confirm/{code}/").status_code == 410

    def test_a_link_of_another_organisation_does_not_open_this_one(self, stranger, edition) -> None:
        LearningPageFactory(organisation=OrganisationFactory(name="Other"), slug="other")
        ask(stranger, edition)
        code = link_in(mail.outbox[0]).split("/")[-2]

        assert stranger.get(address("confirm_seat", "other", "en", code)).status_code == 410

    def test_the_last_seat_taken_between_the_link_and_the_password_leaves_an_account_and_says_so(
        self, client, stranger, edition
    ) -> None:
        ask(stranger, edition)
        invitation = client.post(link_in(mail.outbox[0])).url
        change(edition, taken=2)

        answer = client.post(invitation, {"name": "Iga", "password": PASSWORD}, follow=True)

        assert seats_of(edition) == []
        assert len(members_of(edition)) == 1
        assert "All seats are taken." in text_of(answer)
        assert address("units") in text_of(answer)

    def test_two_links_for_one_address_take_one_seat(self, client, stranger, edition) -> None:
        ask(stranger, edition)
        ask(stranger, edition)
        first, second = (client.post(link_in(one)).url for one in mail.outbox)

        client.post(first, {"name": "Iga", "password": PASSWORD})
        Client().post(second, {"name": "Iga", "password": PASSWORD})

        assert len(seats_of(edition)) == 1
        assert len(members_of(edition)) == 1
        assert requests_of(edition) == []


class TestKindRefusals:
    """Who cannot have a seat reads why, and what else there is."""

    @pytest.fixture
    def other(self, course, edition):
        return EditionFactory(course=course, title="From anywhere", is_public=True, countries=[])

    def test_from_another_country(self, stranger, edition, other) -> None:
        answer = ask(stranger, edition, country="FR")

        words = re.sub(r"[\u2068\u2069]", "", text_of(answer))
        assert "It is for people who work in Poland and Slovakia, and you work in France." in words
        assert "Do you work in another country?" in words
        assert answer.context["form"]["email"].value() == "iga@example.org"
        assert [card.edition.pk for card, _url in answer.context["others"]] == [other.pk]
        assert address("units") in words
        assert at("ask") in words
        assert (mail.outbox, requests_of(edition)) == ([], [])

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"closes_on": date(2026, 11, 30)}, "The last day to join was"),
            ({"taken": 2}, "All seats are taken."),
            ({"called_off_on": TODAY}, "It does not take place."),
        ],
    )
    def test_closed_full_or_off_there_is_no_form(
        self, stranger, edition, other, values, why
    ) -> None:
        change(edition, **values)

        answer = stranger.get(here(edition))

        assert why in text_of(answer)
        assert 'name="email"' not in text_of(answer)
        assert [card.edition.pk for card, _url in answer.context["others"]] == [other.pk]
        assert here(other) in text_of(answer)

    def test_sent_after_the_last_seat_went_nothing_is_kept(self, stranger, edition) -> None:
        with time_machine.travel(NOW, tick=False) as later:
            mark = mark_on(stranger, edition)
            change(edition, taken=2)
            later.shift(timedelta(seconds=20))
            answer = stranger.post(here(edition), {**TYPED, "mark": mark})

        assert "All seats are taken." in text_of(answer)
        assert (mail.outbox, requests_of(edition)) == ([], [])

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"closes_on": date(2026, 11, 30)}, "The last day to join was"),
            ({"taken": 2}, "All seats are taken."),
            ({"countries": ["PL"]}, "and you work in"),
            ({"is_public": False}, "It is not open to everybody any more."),
        ],
    )
    def test_at_the_link_too_and_no_account_comes_of_it(
        self, stranger, edition, other, values, why
    ) -> None:
        ask(stranger, edition)
        change(edition, **values)
        link = link_in(mail.outbox[0])

        for answer in (stranger.get(link), stranger.post(link)):
            assert why in text_of(answer)
            assert "Yes, go on" not in text_of(answer)
            assert here(other) in text_of(answer)
        with scope.entered(edition.organisation_id):
            assert not Invitation.objects.exists()


class TestEveryRole:
    @pytest.mark.parametrize("role", list(Role))
    def test_whoever_is_signed_in_simply_joins_what_is_open_to_everybody(
        self, client, edition, role
    ) -> None:
        member = MembershipFactory(roles=[role.value], organisation=edition.organisation)
        browser = sign_in(client, member)

        answer = browser.post(
            address("join", edition.pk), {"country": "PL", "language": "en"}, follow=True
        )

        [seat] = seats_of(edition)
        assert (seat.member_id, seat.member.roles) == (member.pk, [role.value])
        assert answer.status_code == 200
        assert answer.redirect_chain[-1][0] == address("seat", seat.pk)
        assert browser.get(address("start")).status_code == 200

    @pytest.mark.parametrize("role", OTHERS)
    def test_some_roles_join_nothing_else_and_see_only_their_own(
        self, client, course, edition, role
    ) -> None:
        inside = EditionFactory(course=course)
        theirs = SeatFactory(edition=edition)
        member = MembershipFactory(roles=[role.value], organisation=edition.organisation)
        actor = actor_of(member)
        sign_in(client, member)

        with scope.entered(edition.organisation_id):
            assert allows(actor, JOIN_EDITION, edition)
            assert not allows(actor, JOIN_EDITION, inside)
            assert not allows(actor, LEARN, theirs)
        assert client.get(address("join", inside.pk)).status_code == 404
        assert client.get(address("seat", theirs.pk)).status_code == 404
        assert not set(OTHERS) & set(LEARNERS)

    def test_a_participant_finds_the_own_course_on_the_first_page(self, client, edition) -> None:
        member = MembershipFactory(participant=True, organisation=edition.organisation)
        sign_in(client, member)
        assert "Go on with" not in text_of(client.get("/"))

        seat = joining.join(
            actor_of(member), edition=edition, country="PL", language="en", today=TODAY, now=NOW
        )

        words = text_of(client.get("/"))
        assert "Go on with" in words
        assert address("seat", seat.pk) in words

    def test_a_member_who_confirms_while_signed_in_keeps_the_own_roles(
        self, client, stranger, edition
    ) -> None:
        member = MembershipFactory(participant=True, organisation=edition.organisation)
        ask(stranger, edition)
        invitation = stranger.post(link_in(mail.outbox[0])).url

        answer = sign_in(client, member).post(invitation)

        assert answer.url == address("edition", edition.pk)
        [seat] = seats_of(edition)
        assert (seat.member_id, seat.member.roles) == (member.pk, ["participant"])

    @pytest.mark.parametrize("role", list(Role))
    def test_nobody_signed_in_asks_or_confirms_for_others(self, edition, role) -> None:
        member = MembershipFactory(roles=[role.value], organisation=edition.organisation)

        assert not allows(actor_of(member), ASK_FOR_SEAT)


class TestCommands:
    WISH = SeatWish(name="Iga", email="iga@example.org", country="FR", language="en")

    def test_asking_from_another_country_is_refused_and_written_nowhere(self, edition) -> None:
        visitor = visitor_of(edition.organisation)

        with pytest.raises(OtherCountry):
            ask_for_seat(visitor, edition=edition, wish=self.WISH, mark="m", today=TODAY, now=NOW)

        assert requests_of(edition) == []
        assert verbs_of(edition) == []

    def test_a_request_that_went_meanwhile_is_not_confirmed(self, edition) -> None:
        row = SeatRequestFactory(organisation=edition.organisation, edition=edition)
        with scope.entered(edition.organisation_id), permit.lifted():
            SeatRequest.objects.all().delete()

        with pytest.raises(LinkOver):
            confirm_seat(
                visitor_of(edition.organisation), request=row, language="en", today=TODAY, now=NOW
            )


class TestRetention:
    @pytest.mark.parametrize(("day", "left"), [(date(2026, 12, 3), 1), (date(2026, 12, 4), 0)])
    def test_what_nobody_confirmed_goes_after_three_days(self, edition, day, left) -> None:
        SeatRequestFactory(organisation=edition.organisation, edition=edition)

        run_retention(job_actor(JOB, edition.organisation), as_of=day)

        assert len(requests_of(edition)) == left

    def test_the_way_in_goes_with_it(self, stranger, edition, watch) -> None:
        ask(stranger, edition)
        stranger.post(link_in(mail.outbox[0]))
        watch.shift(timedelta(days=3, minutes=1))

        tidy(job_actor(TIDYING, edition.organisation), now=NOW + timedelta(days=3, minutes=1))

        with scope.entered(edition.organisation_id):
            assert not Invitation.objects.exists()


def test_a_trainer_reads_where_a_learner_works(client, edition) -> None:
    seat = SeatFactory(edition=edition, works_at="School 7")
    trainer = MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)

    answer = sign_in(client, trainer).get(address("learner", seat.pk))

    assert "School 7" in text_of(answer)
