"""Certificates as their holders, those who keep them and strangers see them."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kith.base import clock, permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands import certificates
from kith.learning.commands.finishing import settle
from kith.learning.models import BadgeKey, Certificate, Hours
from kith.learning.queries.certificates import may, valid_certificates
from kith.learning.rules.states import Revoked
from kith.learning.tests.factories import NOW, CertificateFactory, PublicCodeFactory
from kith.learning.tests.way import pass_all
from kith.methods.learning.courses.schema import Opens
from kith.methods.learning.credentials.baking import taken_out
from kith.methods.learning.credentials.issuing import recognises
from kith.methods.learning.credentials.keys import read_keys
from kith.methods.learning.credentials.verifying import verify
from kith.people.models import MentorProfile
from kith.people.tests.factories import MentorProfileFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    row = CertificateFactory()
    PublicCodeFactory(certificate=row)
    with scope.entered(row.organisation_id):
        yield row


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


def keeper(client, row):
    member = MembershipFactory(roles=[Role.TRAINER.value], organisation=row.organisation)
    return sign_in(client, member)


def fonts_of(page):
    return {str(one.get_object()["/BaseFont"]) for one in page["/Resources"]["/Font"].values()}


class TestOwn:
    def test_the_holder_sees_it_and_gets_paper_and_badge(self, client, certificate) -> None:
        sign_in(client, certificate.member)

        page = client.get(reverse("learning:certificates")).content.decode()
        paper = client.get(reverse("learning:certificate_paper", args=[certificate.pk]))

        assert "A small course" in page
        text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
        assert "Ewa Mostowska" in text
        assert certificate.code[:4] in text

    def test_an_empty_list_says_how_one_gets_one(self, client, certificate) -> None:
        sign_in(client, MembershipFactory(mentor=True, organisation=certificate.organisation))

        assert "No certificate yet" in client.get(reverse("learning:certificates")).content.decode()

    def test_another_mentor_does_not_find_it(self, client, certificate) -> None:
        sign_in(client, MembershipFactory(mentor=True, organisation=certificate.organisation))

        for name in ("certificate", "certificate_paper"):
            assert client.get(reverse(f"learning:{name}", args=[certificate.pk])).status_code == 404
        answer = client.post(reverse("learning:badge", args=[certificate.pk]))
        assert answer.status_code == 404

    @pytest.mark.parametrize("name", ["ابراهيم الأحمد", "فرشته نوری", "Nguyễn Thị Ánh"])
    def test_names_of_any_script_stand_on_the_paper(self, client, certificate, name) -> None:
        certificate.name, certificate.language = name, "ar"
        with permit.lifted():
            certificate.save()
        sign_in(client, certificate.member)

        paper = client.get(reverse("learning:certificate_paper", args=[certificate.pk]))

        page = PdfReader(BytesIO(paper.content)).pages[0]
        fonts = fonts_of(page)
        assert set(name.split()) <= set(page.extract_text().split())
        assert any("Vazirmatn" in font for font in fonts)


class TestKeeping:
    def test_all_are_listed_page_by_page_with_as_many_queries(self, client, certificate) -> None:
        keeper(client, certificate)
        path = reverse("learning:all_certificates")
        client.get(path)
        with CaptureQueriesContext(connection) as one:
            client.get(path)
        for _ in range(2):
            CertificateFactory(seat__edition=certificate.seat.edition)

        with CaptureQueriesContext(connection) as three:
            page = client.get(path).content.decode()

        assert page.count("Ewa Mostowska</") == 3
        assert len(three) == len(one)

    def test_a_second_page_begins_where_the_first_ended(self, client, certificate) -> None:
        keeper(client, certificate)
        path = reverse("learning:all_certificates")
        mark = f"{certificate.valid_until.isoformat()}_{certificate.pk}"

        assert "Ewa Mostowska</" not in client.get(path, {"after": mark}).content.decode()
        assert "Ewa Mostowska</" in client.get(path, {"after": "nonsense"}).content.decode()

    def test_revoking_asks_why_and_closes_it_the_same_day(self, client, certificate) -> None:
        keeper(client, certificate)
        path = reverse("learning:revoke", args=[certificate.pk])

        assert client.post(path, {"note": "by phone"}).status_code == 200
        client.post(path, {"why": "own_wish", "note": "by phone"})

        row = Certificate.objects.get(pk=certificate.pk)
        assert (row.revoked_on, row.revoked_why) == (clock.today(), "own_wish")
        assert str(row.revoked_note) == "by phone"
        assert not may(row.member, Opens.MENTORING, on=clock.today())
        assert "revoked before" in client.post(path, {"why": "mistake"}).content.decode()

    def test_hours_are_noted_on_its_page(self, client, certificate) -> None:
        keeper(client, certificate)
        path = reverse("learning:hours", args=[certificate.pk])

        client.post(path, {"kind": "refresher", "done_on": "2026-11-02", "minutes": "90"})

        assert [(one.kind, one.minutes) for one in Hours.objects.all()] == [("refresher", 90)]
        page = client.get(reverse("learning:certificate", args=[certificate.pk])).content.decode()
        assert "Refresher, " in page

    def test_a_mentor_revokes_nothing(self, client, certificate) -> None:
        sign_in(client, certificate.member)

        answer = client.post(reverse("learning:revoke", args=[certificate.pk]), {"why": "mistake"})

        assert answer.status_code == 404
        assert Certificate.objects.get(pk=certificate.pk).revoked_on is None


class TestChecking:
    def test_a_code_tells_a_stranger_name_course_and_day(self, client, certificate) -> None:
        page = client.get(reverse("learning:check_code", args=[certificate.code.lower()]))

        text = page.content.decode()
        assert "Ewa Mostowska" in text
        assert "A small course" in text
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert page.cookies == {}

    def test_a_typed_code_with_gaps_leads_there(self, client, certificate) -> None:
        code = certificate.code
        typed = f" {code[:4]} {code[4:8]}-{code[8:].lower()} "

        answer = client.get(reverse("learning:check"), {"code": typed})

        assert answer.headers["Location"] == reverse("learning:check_code", args=[code])

    def test_an_unknown_code_is_told_kindly(self, client, certificate) -> None:
        answer = client.get(reverse("learning:check_code", args=["UNKNOWN22222"]))

        assert answer.status_code == 404
        assert "No certificate has this code" in answer.content.decode()

    def test_an_expired_one_says_so(self, client, certificate) -> None:
        path = reverse("learning:check_code", args=[certificate.code])

        with time_machine.travel(NOW + timedelta(days=732)):
            page = client.get(path).content.decode()

        assert "expired" in page


class TestBadge:
    def badge(self, client, row) -> str:
        sign_in(client, row.member)
        picture = client.post(reverse("learning:badge", args=[row.pk]))
        assert picture.headers["Content-Type"] == "image/svg+xml"
        return taken_out(picture.content)

    def verified(self, client, row, token):
        client.logout()
        issuer = reverse("learning:issuer", args=[row.organisation_id])
        keys = read_keys(client.get(f"{issuer}keys.json").content)
        known = json.loads(client.get(issuer).content)

        def status_of(address: str) -> str | None:
            return client.get("/" + address.split("/", 3)[3]).content.decode()

        return verify(
            token,
            key_of=keys.named,
            status_of=status_of,
            accepted_issuers=[known["id"]],
            today=clock.today(),
        )

    def test_it_verifies_with_what_is_published_and_holds_no_name(
        self, client, certificate
    ) -> None:
        token = self.badge(client, certificate)

        outcome = self.verified(client, certificate, token)

        assert outcome.findings == ()
        assert outcome.checked == {"form", "signature", "issuer", "dates", "status"}
        assert "Mostowska" not in json.dumps(outcome.credential)
        identity = outcome.credential["credentialSubject"]["identifier"][0]
        assert recognises(identity, str(certificate.member.email))

    def test_it_stays_the_same_text(self, client, certificate) -> None:
        assert self.badge(client, certificate) == self.badge(client, certificate)
        assert BadgeKey.objects.count() == 1

    def test_one_changed_letter_is_found(self, client, certificate) -> None:
        token = self.badge(client, certificate)
        head, body, signature = token.split(".")
        other = "A" if signature[5] != "A" else "B"

        outcome = self.verified(
            client, certificate, f"{head}.{body}.{signature[:5]}{other}{signature[6:]}"
        )

        assert not outcome.is_valid

    def test_a_revoked_one_is_found(self, client, certificate) -> None:
        token = self.badge(client, certificate)
        trainer = MembershipFactory(
            roles=[Role.TRAINER.value], organisation=certificate.organisation
        )
        certificates.revoke(
            actor_of(trainer),
            certificate=certificate,
            why=Revoked.MISTAKE,
            note="",
            today=clock.today(),
        )

        outcome = self.verified(client, certificate, token)

        assert [finding.reason for finding in outcome.findings] == ["revoked"]

    def test_an_expired_one_is_found(self, client, certificate) -> None:
        token = self.badge(client, certificate)

        with time_machine.travel(NOW + timedelta(days=733)):
            outcome = self.verified(client, certificate, token)

        assert "expired" in [finding.reason for finding in outcome.findings]

    def test_what_it_is_given_for_is_published(self, client, certificate) -> None:
        token = self.badge(client, certificate)
        achievement = self.verified(client, certificate, token).credential["credentialSubject"][
            "achievement"
        ]

        told = client.get("/" + achievement["id"].split("/", 3)[3]).json()

        assert (told["name"], told["id"]) == ("A small course", achievement["id"])

    def test_what_is_not_there_is_not_found(self, client, certificate) -> None:
        issuer = reverse("learning:issuer", args=[certificate.pk])
        here = reverse("learning:issuer", args=[certificate.organisation_id])

        paths = [issuer, f"{issuer}keys.json", f"{here}status/9/", f"{here}achievements/no/en/"]

        assert [client.get(path).status_code for path in paths] == [404] * 4


class TestDoor:
    def mentor(self, row, **fields):
        person = PersonFactory(
            organisation=row.organisation, user=row.member.user, mentor=True, **fields
        )
        MentorProfileFactory(organisation=row.organisation, person=person)
        return person

    def test_a_certificate_makes_a_mentor_trained_until_its_last_day(self, edition, seat) -> None:
        person = self.mentor(seat)

        certificate = pass_all(edition, seat)

        profile = MentorProfile.objects.get(person=person)
        assert profile.trained_on == certificate.issued_on
        assert profile.trained_until == certificate.valid_until
        assert [row.pk for row in valid_certificates(person, certificate.issued_on)] == [
            certificate.pk
        ]

    def test_revoking_it_ends_the_training_the_day_before(self, edition, seat) -> None:
        person = self.mentor(seat)
        certificate = pass_all(edition, seat)
        trainer = MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)
        today = clock.today()

        certificates.revoke(
            actor_of(trainer), certificate=certificate, why=Revoked.CONDUCT, note="", today=today
        )

        profile = MentorProfile.objects.get(person=person)
        assert profile.trained_until == today - timedelta(days=1)

    def test_a_training_noted_by_hand_stays(self, edition, seat) -> None:
        person = self.mentor(seat)
        profile = MentorProfile.objects.get(person=person)
        profile.trained_on, profile.trained_until = date(2026, 1, 1), date(2031, 1, 1)
        with permit.lifted():
            profile.save()

        pass_all(edition, seat)

        profile.refresh_from_db()
        assert profile.trained_until == date(2031, 1, 1)

    def test_somebody_without_an_account_holds_none(self, certificate) -> None:
        person = PersonFactory(organisation=certificate.organisation, mentor=True)

        assert valid_certificates(person, clock.today()) == []


def test_nothing_is_given_twice(edition, seat) -> None:
    certificate = pass_all(edition, seat)
    seat.refresh_from_db()

    assert settle(actor_of(seat.member), seat, today=clock.today()) is None
    assert list(Certificate.objects.all()) == [certificate]
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{12}", certificate.code)
