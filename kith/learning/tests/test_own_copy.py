"""What is kept of somebody's learning: shown to them, erased, and gone when its time is over."""

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.base.models import DataKey, LegalHold
from kith.gate.actor import job_actor
from kith.gate.models import AuditEvent
from kith.gate.retention import JOB, run_retention
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands import certificates
from kith.learning.commands.badges import make_badge
from kith.learning.models import (
    Attempt,
    Attended,
    Certificate,
    Edition,
    ErasedCertificate,
    Hours,
    PackageRun,
    Progress,
    PublicCode,
    Seat,
    Tally,
    Work,
    XapiState,
    XapiStatement,
)
from kith.learning.rules.states import Revoked
from kith.learning.tests.factories import (
    NOW,
    TODAY,
    LiveSessionFactory,
    PackageRunFactory,
    SeatFactory,
    WorkFactory,
    XapiStateFactory,
    XapiStatementFactory,
)
from kith.learning.tests.way import pass_all, trainer, try_it
from kith.methods.learning.credentials.status import decode_bits, is_set
from kith.methods.learning.credentials.tokens import read_token
from kith.people.commands import erase_person
from kith.people.models import MentorProfile
from kith.people.tests.factories import MentorProfileFactory, PersonFactory

pytestmark = pytest.mark.django_db

LEFT = (Seat, Progress, Attempt, Work, Attended, Hours, PackageRun, XapiStatement, XapiState)
PAGE = "learning:own_copy"

WAYS = ("certificates", "own_copy", "own_copy_file", "erase_own")


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def certificate(edition, seat):
    """Somebody who did everything there is."""
    row = pass_all(edition, seat)
    session = LiveSessionFactory(edition=edition)
    run = PackageRunFactory(
        organisation=edition.organisation,
        member=seat.member,
        suspend_data="bookmark=7",
        score_raw=71,
    )
    XapiStatementFactory(
        organisation=edition.organisation, run=run, content='{"result": {"score": 0.71}}'
    )
    XapiStateFactory(organisation=edition.organisation, run=run, content="slide eleven")
    with permit.lifted():
        Attended.objects.create(session=session, member=seat.member)
        Hours.objects.create(member=seat.member, kind="refresher", done_on=TODAY, minutes=90)
    return row


def lead(row):
    roles = [Role.DATA_PROTECTION_LEAD.value]
    return actor_of(MembershipFactory(roles=roles, organisation=row.organisation))


def counts():
    return {model.__name__: model.objects.count() for model in LEFT}


@pytest.mark.parametrize("role", [*Role])
def test_whoever_can_have_a_seat_reads_what_is_kept_and_erases_it(client, edition, role) -> None:
    member = MembershipFactory(roles=[role.value], organisation=edition.organisation)
    seat = SeatFactory(edition=edition, member=member)
    sign_in(client, member)

    pages = [client.get(reverse(f"learning:{name}")) for name in WAYS]
    bring = client.get(reverse("learning:bring"))
    erased = client.post(reverse("learning:erase_own"), {"is_sure": "on"})

    assert [page.status_code for page in pages] == [200] * len(WAYS)
    is_offered = reverse("learning:bring") in pages[0].content.decode()
    assert is_offered == (bring.status_code == 200)
    assert erased.status_code == 302
    with scope.entered(edition.organisation_id):
        assert not Seat.objects.filter(pk=seat.pk).exists()


class TestCopy:
    def test_it_holds_all_that_was_left_in_words(self, client, certificate) -> None:
        sign_in(client, certificate.member)

        answer = client.get(reverse(PAGE))

        page = answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store, private"
        for words in (
            "A small course: ",  # the seat
            "One, try 1",  # a quiz
            "Final test, try 1",
            "I ask her.",  # the answer to the story
            "You ask first. Good.",  # what the trainer wrote
            "Monday, 30 November 2026",  # the live session
            certificate.code,
            "Refresher",
            "Made elsewhere",
            "page 3",
            "bookmark=7",
            "71",
            "slide eleven",
            "completed",
            "&quot;score&quot;: 0.71",
        ):
            assert words in page, words
        # Which questions of the bank a try asks is chosen by lot.
        assert re.search(r"Question (\d)\?.*right \1", page, re.DOTALL)

    def test_it_is_in_the_language_of_the_learner(self, client, certificate) -> None:
        sign_in(client, certificate.member)

        page = client.get(reverse(PAGE), headers={"accept-language": "pl"}).content.decode()

        assert "A small course (pl)" in page
        assert "30 listopada 2026" in page

    def test_the_file_holds_the_same_without_names_of_others(self, client, certificate) -> None:
        sign_in(client, certificate.member)

        answer = client.get(reverse("learning:own_copy_file"))

        told = json.loads(answer.content)
        assert answer.headers["Content-Disposition"] == 'attachment; filename="learning.json"'
        (seat,) = told["seats"]
        assert len(seat["attempts"]) == 3
        assert seat["works"][0]["answers"] == {"act": "I ask her."}
        assert seat["works"][0]["feedback"] == "You ask first. Good."
        assert told["certificates"][0]["code"] == certificate.code
        assert told["package_runs"][0]["statements"][0]["content"] == {"result": {"score": 0.71}}
        assert told["hours"][0]["minutes"] == 90
        assert "read_by" not in answer.content.decode()

    def test_what_others_left_is_not_in_it(self, client, certificate) -> None:
        other = WorkFactory(
            organisation=certificate.organisation, seat__edition=certificate.seat.edition
        )
        assert json.loads(str(other.answers)) == {"act": "I ask her first."}
        sign_in(client, certificate.member)

        assert "I ask her first." not in client.get(reverse(PAGE)).content.decode()

    def test_who_left_nothing_reads_so(self, client, edition) -> None:
        sign_in(client, MembershipFactory(mentor=True, organisation=edition.organisation))

        assert "Nothing is kept" in client.get(reverse(PAGE)).content.decode()

    def test_three_tries_need_as_many_queries_as_one(self, client, seat) -> None:
        sign_in(client, seat.member)
        try_it(seat, "one")
        client.get(reverse(PAGE))
        with CaptureQueriesContext(connection) as one:
            client.get(reverse(PAGE))
        try_it(seat, "one")
        try_it(seat, "two")

        with CaptureQueriesContext(connection) as three:
            client.get(reverse(PAGE))

        assert len(three) == len(one)


class TestOwnWish:
    def erase(self, client):
        return client.post(reverse("learning:erase_own"), {"is_sure": "on"})

    def test_it_asks_first(self, client, certificate) -> None:
        sign_in(client, certificate.member)

        answer = client.post(reverse("learning:erase_own"), {})

        assert "Tick this box" in answer.content.decode()
        assert Certificate.objects.count() == 1

    def test_everything_goes_and_one_line_says_so(self, client, certificate) -> None:
        tallies = Tally.objects.count()
        sign_in(client, certificate.member)

        self.erase(client)

        assert counts() == dict.fromkeys(counts(), 0)
        assert Certificate.objects.count() == 0
        # How hard questions are was counted before, without anybody's name.
        assert Tally.objects.count() == tallies > 0
        lines = AuditEvent.objects.filter(verb="learning.erase_own")
        assert "learning.Seat" in lines.get().changes

    def test_the_seat_is_free_again(self, client, edition, certificate) -> None:
        sign_in(client, certificate.member)

        self.erase(client)

        assert Edition.objects.get(pk=edition.pk).taken == 0

    def test_a_mentor_counts_as_trained_no_more(self, client, edition, seat) -> None:
        person = PersonFactory(organisation=seat.organisation, user=seat.member.user, mentor=True)
        MentorProfileFactory(organisation=seat.organisation, person=person)
        pass_all(edition, seat)
        sign_in(client, seat.member)

        self.erase(client)

        assert MentorProfile.objects.get(person=person).trained_until == TODAY - timedelta(days=1)

    def test_others_keep_theirs(self, client, certificate) -> None:
        other = WorkFactory(
            organisation=certificate.organisation, seat__edition=certificate.seat.edition
        )
        sign_in(client, certificate.member)

        self.erase(client)

        assert list(Work.objects.all()) == [other]
        assert list(Seat.objects.all()) == [other.seat]

    def test_a_hold_keeps_it(self, client, certificate) -> None:
        with permit.lifted():
            LegalHold.objects.create(
                row_id=certificate.pk, reason="a complaint", until=TODAY + timedelta(days=9)
            )
        sign_in(client, certificate.member)

        assert "on hold" in self.erase(client).content.decode()
        assert Certificate.objects.count() == 1


class TestCode:
    """A certificate that was erased while a badge of it may be shown."""

    def test_it_stays_without_a_name(self, client, certificate) -> None:
        code = certificate.code
        sign_in(client, certificate.member)
        client.post(reverse("learning:erase_own"), {"is_sure": "on"})
        client.logout()

        answer = client.get(reverse("learning:check_code", args=[code]))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "This certificate was erased" in page
        assert str(certificate.name) not in page
        assert PublicCode.objects.get(code=code).certificate_id is None
        row = ErasedCertificate.objects.get()
        names = {one.name for one in ErasedCertificate._meta.concrete_fields}
        assert names == {
            "id", "created_at", "organisation", "code", "listed", "revoked_on", "valid_until",
        }  # fmt: skip
        assert (row.code, row.valid_until) == (code, certificate.valid_until)

    def test_a_revoked_badge_stays_revoked(self, client, edition, certificate) -> None:
        make_badge(actor_of(certificate.member), certificate=certificate)
        certificates.revoke(
            trainer(edition), certificate=certificate, why=Revoked.CONDUCT, note="", today=TODAY
        )
        listed = certificate.listed
        sign_in(client, certificate.member)
        client.post(reverse("learning:erase_own"), {"is_sure": "on"})

        path = reverse("learning:revoked", args=[certificate.organisation_id, 0])
        token = read_token(client.get(path).content.decode(), most=4_000_000)

        assert is_set(decode_bits(token.claims["credentialSubject"]["encodedList"]), listed)

    def test_it_goes_after_the_end(self, client, certificate) -> None:
        sign_in(client, certificate.member)
        client.post(reverse("learning:erase_own"), {"is_sure": "on"})

        with time_machine.travel(NOW + timedelta(days=1000), tick=False):
            run_retention(job(certificate), as_of=clock.today())

        assert (ErasedCertificate.objects.count(), PublicCode.objects.count()) == (0, 0)


def job(row):
    return job_actor(JOB, row.organisation)


class TestPersonErased:
    def erased(self, certificate, roles=(Role.MENTOR,)):
        member = certificate.member
        with permit.lifted():
            member.roles = [role.value for role in roles]
            member.save()
        person = PersonFactory(organisation=certificate.organisation, user=member.user, mentor=True)
        erase_person(lead(certificate), person=person, today=TODAY, now=NOW)

    def test_what_they_learned_goes_with_them(self, certificate) -> None:
        own = {"subject_id": certificate.user, "store": "account"}
        assert DataKey.objects.filter(**own).exists()
        assert all(counts().values())

        self.erased(certificate)

        assert counts() == dict.fromkeys(counts(), 0)
        assert (Certificate.objects.count(), ErasedCertificate.objects.count()) == (0, 1)
        assert not DataKey.objects.filter(**own).exists()

    def test_who_stays_on_the_staff_keeps_it_with_the_account(self, certificate) -> None:
        self.erased(certificate, roles=(Role.MENTOR, Role.COORDINATOR))

        assert Certificate.objects.count() == 1
        assert all(counts().values())


class TestClocks:
    def run(self, row, days):
        """Every night is too many: when it is due, and after the longest grace."""
        for day in (days, days + 30):
            with time_machine.travel(NOW + timedelta(days=day), tick=False):
                run_retention(job(row), as_of=clock.today())

    def test_within_a_year_of_the_edition_nothing_goes(self, certificate) -> None:
        before = counts()
        ended = (date(2027, 2, 28) - TODAY).days

        with time_machine.travel(NOW + timedelta(days=300), tick=False):
            run_retention(job(certificate), as_of=clock.today())

        assert counts() == before
        assert ended < 300

    def test_answers_go_a_year_after_the_edition_and_passing_stays(self, certificate) -> None:
        self.run(certificate, (date(2028, 2, 28) - TODAY).days)

        assert (Attempt.objects.count(), Work.objects.count(), Progress.objects.count()) == (
            0,
            0,
            0,
        )
        assert (PackageRun.objects.count(), XapiStatement.objects.count()) == (0, 0)
        assert Seat.objects.get().state == "passed"
        assert list(Certificate.objects.all()) == [certificate]
        assert (Attended.objects.count(), Hours.objects.count()) == (1, 1)

    def test_seat_and_certificate_go_two_years_after_its_last_day(
        self, client, certificate
    ) -> None:
        self.run(certificate, (certificate.valid_until - TODAY).days + 730)

        assert counts() == dict.fromkeys(counts(), 0)
        assert (Certificate.objects.count(), PublicCode.objects.count()) == (0, 0)
        assert ErasedCertificate.objects.count() == 0
        answer = client.get(reverse("learning:check_code", args=[certificate.code]))
        assert answer.status_code == 404

    def test_the_day_before_they_are_there(self, certificate) -> None:
        days = (certificate.valid_until - TODAY).days + 729

        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            run_retention(job(certificate), as_of=clock.today())

        assert (Seat.objects.count(), Certificate.objects.count()) == (1, 1)

    def test_a_seat_of_an_edition_that_runs_stays(self, seat) -> None:
        with scope.entered(seat.organisation_id), permit.lifted():
            seat.edition.ends_on = date(2031, 1, 1)
            seat.edition.save()
        try_it(SeatFactory(edition=seat.edition), "one")

        self.run(seat, 900)

        assert (Seat.objects.count(), Attempt.objects.count()) == (2, 1)
