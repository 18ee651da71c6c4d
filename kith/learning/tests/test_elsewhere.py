"""Badges from elsewhere: whose are accepted, brought, confirmed, and what they open."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, scope
from kith.base.errors import Denied
from kith.gate.models import AuditEvent
from kith.gate.retention import run_retention
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands.elsewhere import File, bring_for, bring_own
from kith.learning.commands.issuers import Profile, accept_issuer
from kith.learning.models import AcceptedIssuer, BroughtCertificate, Recognised
from kith.learning.queries.certificates import may, valid_certificates
from kith.learning.tests.brought import BroughtCertificateFactory
from kith.learning.tests.factories import NOW, TODAY, CertificateFactory
from kith.learning.tests.test_own_copy import job
from kith.methods.learning.courses.schema import Opens
from kith.methods.learning.credentials.issuing import (
    Achievement,
    Award,
    Issuer,
    Learner,
    hashed_email,
    issue,
    profile_document,
    shown_name,
)
from kith.methods.learning.credentials.keys import key_from_seed, key_set, spoken
from kith.methods.learning.credentials.status import Place, StatusList, issue_list
from kith.people.models import MentorProfile
from kith.people.tests.factories import MentorProfileFactory, PersonFactory

pytestmark = pytest.mark.django_db

WARSAW = ZoneInfo("Europe/Warsaw")
OTHER = "https://other.example.org/learning/issuer/7/"
LIST = f"{OTHER}status/0/"
ISSUER = Issuer(OTHER, "Bridges elsewhere", "https://other.example.org/")
KEY = key_from_seed(b"k" * 32, address=f"{OTHER}keys.json")
STRANGER = key_from_seed(b"s" * 32, address=f"{OTHER}keys.json")
COURSE = Achievement(
    f"{OTHER}achievements/mentoring/en/", "Mentoring elsewhere", "All of it.", "Do it.", "en"
)
AWARD = Award(
    id="urn:uuid:0190a1b2-0000-7000-8000-000000000001",
    issuer=ISSUER,
    achievement=COURSE,
    learner=Learner("urn:uuid:0190a1b2-0000-7000-8000-000000000001", (shown_name("Ewa M."),)),
    valid_from=datetime(2026, 6, 1, tzinfo=WARSAW),
    valid_until=datetime(2028, 6, 1, 23, 59, 59, tzinfo=WARSAW),
    status=Place(LIST, 77),
)


def badge(*, key=KEY, **changes) -> str:
    return issue(replace(AWARD, **changes), key=key)


def listed(*revoked: int, day: datetime = NOW) -> str:
    rows = StatusList(LIST, OTHER, revoked, day - timedelta(hours=1), day + timedelta(days=2))
    return issue_list(rows, key=KEY)


def upload(content: str | bytes, name: str = "badge.jwt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def tampered(token: str, before: bytes, after: bytes) -> str:
    """Something else in it, with the old signature."""
    head, body, signature = token.split(".")
    plain = urlsafe_b64decode(body + "=" * (-len(body) % 4)).replace(before, after)
    return f"{head}.{urlsafe_b64encode(plain).rstrip(b'=').decode()}.{signature}"


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(course):
    def member(role: Role):
        return MembershipFactory(roles=[role.value], organisation=course.organisation)

    return member


@pytest.fixture
def mentor(course):
    return MembershipFactory(
        mentor=True, organisation=course.organisation, name="Ewa Mostowska", email="ewa@example.org"
    )


@pytest.fixture
def issuer(course, staff):
    return accept_issuer(
        actor_of(staff(Role.COORDINATOR)),
        profile=Profile(OTHER, "Bridges elsewhere", key_set({KEY.kid: KEY.public})),
        reason="We know their course.",
        today=TODAY,
    )


def bring(client, member, content, *, status=None, name="badge.jwt"):
    sign_in(client, member)
    files = {"badge": upload(content, name)}
    return client.post(
        reverse("learning:bring"), files | ({"listed": upload(status)} if status else {})
    )


def count_as(client, staff, course) -> None:
    sign_in(client, staff(Role.COORDINATOR))
    row = Recognised.objects.get()
    client.post(reverse("learning:issuer_counts", args=[row.pk]), {"course": str(course.pk)})


def confirm(client, staff, *, status=None):
    sign_in(client, staff(Role.TRAINER))
    row = BroughtCertificate.objects.get()
    files = {"listed": upload(status)} if status else {}
    return client.post(reverse("learning:confirm_brought", args=[row.pk]), files)


class TestAccepting:
    profile = json.dumps(profile_document(ISSUER))
    keys = json.dumps(key_set({KEY.kid: KEY.public}))

    def accept(self, client, **changes):
        sent = {"profile": self.profile, "keys": self.keys, "reason": "Known.", "is_same": "on"}
        return client.post(reverse("learning:issuer_accept"), sent | changes)

    def test_a_coordinator_sees_the_digits_and_accepts(self, client, course, staff) -> None:
        sign_in(client, staff(Role.COORDINATOR))

        shown = client.post(
            reverse("learning:issuer_new"), {"profile": self.profile, "keys": self.keys}
        ).content.decode()
        self.accept(client)

        digits = spoken(KEY.public)
        assert digits in shown
        assert [len(group) for group in digits.split()] == [5] * 8
        row = AcceptedIssuer.objects.get()
        assert (row.address, row.name, str(row.reason)) == (OTHER, "Bridges elsewhere", "Known.")
        assert AuditEvent.objects.filter(verb="learning.accept_issuers").count() == 1
        page = client.get(reverse("learning:issuers")).content.decode()
        assert "Bridges elsewhere" in page

    def test_without_comparing_nothing_is_accepted_and_what_was_typed_stays(
        self, client, course, staff
    ) -> None:
        sign_in(client, staff(Role.COORDINATOR))

        answer = self.accept(client, is_same="")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Compare the digits first" in page
        assert spoken(KEY.public) in page
        assert "Known." in page
        assert not AcceptedIssuer.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"profile": "<html>"}, "This is no profile"),
            ({"profile": '{"id": "x", "type": ["Profile"], "name": "N"}'}, "at which address"),
            ({"profile": '{"id": "https://a.org/", "type": ["Person"], "name": "N"}'}, "at which"),
            ({"keys": "{}"}, "no Ed25519 keys"),
            (
                {"keys": json.dumps({**key_set({"": KEY.public})["keys"][0], "d": "AAAA"})},
                "a private key",
            ),
            (
                {"keys": json.dumps(key_set({"https://evil.example/k#1": KEY.public}))},
                "lie elsewhere",
            ),
        ],
    )
    def test_what_is_no_issuer_is_told_at_its_field(
        self, client, course, staff, changes, words
    ) -> None:
        sign_in(client, staff(Role.COORDINATOR))
        sent = {"profile": self.profile, "keys": self.keys} | changes

        answer = client.post(reverse("learning:issuer_new"), sent)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert self.accept(client, **changes).status_code == 422
        assert not AcceptedIssuer.objects.exists()

    def test_twice_is_refused(self, client, issuer, staff) -> None:
        sign_in(client, staff(Role.COORDINATOR))

        assert "accepted already" in self.accept(client).content.decode()
        assert AcceptedIssuer.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.TRAINER, Role.MENTOR, Role.PLATFORM_ADMINISTRATOR])
    def test_others_do_not_accept(self, client, issuer, staff, role) -> None:
        sign_in(client, staff(role))

        paths = [
            reverse("learning:issuers"),
            reverse("learning:issuer_new"),
            reverse("learning:issuer_accepted", args=[issuer.pk]),
            reverse("learning:issuer_withdraw", args=[issuer.pk]),
        ]

        assert {client.get(path).status_code for path in paths} == {404}
        assert self.accept(client).status_code == 404


class TestBringing:
    def test_a_genuine_one_waits_for_a_trainer(self, client, issuer, mentor) -> None:
        answer = bring(client, mentor, badge())

        assert answer.headers["Location"] == reverse("learning:certificates")
        row = BroughtCertificate.objects.get()
        assert (row.state, row.issued_on, row.valid_until) == (
            "waiting", date(2026, 6, 1), date(2028, 6, 1),
        )  # fmt: skip
        page = client.get(reverse("learning:certificates")).content.decode()
        assert "Mentoring elsewhere" in page
        assert "waits for a trainer" in page
        assert valid_certificates(mentor, TODAY) == []
        assert AuditEvent.objects.filter(verb="learning.bring").count() == 1

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (tampered(badge(), b"Ewa M.", b"Jan K."), "does not fit"),
            (tampered(badge(), b"2028-06", b"2029-06"), "the file was changed"),
            (badge(key=STRANGER), "a key of its issuer that is not known here"),
            (
                badge(valid_until=datetime(2026, 11, 30, 12, tzinfo=WARSAW)),
                "It expired on 2026-11-30",
            ),
            (badge(valid_from=datetime(2027, 1, 1, tzinfo=WARSAW)), "not valid yet"),
            (badge(valid_until=None), "says no last day"),
            (badge(issuer=replace(ISSUER, id="https://third.example/")), "lies elsewhere"),
            (
                badge(
                    issuer=replace(ISSUER, id="https://third.example/"),
                    key=key_from_seed(b"t" * 32, address="https://third.example/keys.json"),
                ),
                "https://third.example/, is not accepted here. Ask a coordinator",
            ),
            ("Not a badge", "no badge of learning"),
            (listed(), "no badge of learning"),
            (b"\xff\xfe\x00", "no badge of learning"),
            ("a" * 300_000, "larger than 256 KB"),
            ("", "empty"),
        ],
        ids=[
            "changed", "later end", "other key", "expired", "not yet", "no end", "key elsewhere",
            "unknown",
            "text", "wrong type", "no text", "too large", "empty",
        ],
    )  # fmt: skip
    def test_others_are_refused_with_the_next_step(
        self, client, issuer, mentor, content, words
    ) -> None:
        answer = bring(client, mentor, content)

        assert answer.status_code == 422
        assert words in answer.content.decode().replace("&#x27;", "'")
        assert not BroughtCertificate.objects.exists()

    def test_every_changed_byte_of_the_signature_is_found(self, client, issuer, mentor) -> None:
        head, body, signature = badge().split(".")
        for at in (0, 40, 80):
            other = "A" if signature[at] != "A" else "B"
            changed = f"{head}.{body}.{signature[:at]}{other}{signature[at + 1 :]}"

            assert "does not fit" in bring(client, mentor, changed).content.decode()

    def test_twice_counts_once_and_for_one_person(self, client, issuer, mentor, staff) -> None:
        bring(client, mentor, badge())

        for member in (mentor, staff(Role.MENTOR)):
            assert "brought before" in bring(client, member, badge()).content.decode()
        assert BroughtCertificate.objects.get().member == mentor

    def test_a_revoked_one_is_refused_where_the_list_is_at_hand(
        self, client, issuer, mentor
    ) -> None:
        answer = bring(client, mentor, badge(), status=listed(77))

        assert "has revoked it" in answer.content.decode()
        assert not BroughtCertificate.objects.exists()

    def test_an_old_list_is_refused(self, client, issuer, mentor) -> None:
        old = listed(day=NOW - timedelta(days=9))

        answer = bring(client, mentor, badge(), status=old)

        assert "too old" in answer.content.decode()

    def test_without_a_list_it_says_that_revocation_is_not_checked(
        self, client, issuer, mentor
    ) -> None:
        bring(client, mentor, badge())
        row = BroughtCertificate.objects.get()

        page = client.get(reverse("learning:brought", args=[row.pk])).content.decode()

        assert row.unrevoked_on is None
        assert "Not checked: no list of revoked badges was given" in page
        assert LIST in page

    def test_with_a_list_it_says_until_when(self, client, issuer, mentor) -> None:
        bring(client, mentor, badge(), status=listed(5))

        row = BroughtCertificate.objects.get()
        page = client.get(reverse("learning:brought", args=[row.pk])).content.decode()
        assert row.unrevoked_on == TODAY
        assert "Not revoked on " in page

    def test_one_from_here_needs_nobody(self, client, issuer, mentor) -> None:
        own = CertificateFactory(
            seat__edition__course__organisation=mentor.organisation,
            seat__edition__course__key="another",
            member=mentor,
        )
        sign_in(client, mentor)
        token = client.post(reverse("learning:badge_token", args=[own.pk])).content.decode()

        assert "was given here" in bring(client, mentor, token).content.decode()

    def test_a_participant_brings_none(self, client, issuer, staff) -> None:
        sign_in(client, staff(Role.PARTICIPANT))

        assert client.get(reverse("learning:bring")).status_code == 404

    def test_one_takes_it_back(self, client, issuer, mentor) -> None:
        bring(client, mentor, badge())
        row = BroughtCertificate.objects.get()

        client.post(reverse("learning:take_back_brought", args=[row.pk]))

        assert not BroughtCertificate.objects.exists()

    def test_a_stranger_finds_nothing_of_it(self, client, issuer, mentor, staff) -> None:
        bring(client, mentor, badge())
        row = BroughtCertificate.objects.get()
        sign_in(client, staff(Role.MENTOR))

        assert client.get(reverse("learning:brought", args=[row.pk])).status_code == 404
        for name in ("confirm_brought", "turn_down_brought", "take_back_brought"):
            assert client.post(reverse(f"learning:{name}", args=[row.pk])).status_code == 404
        assert client.get(reverse("learning:brought_list")).status_code == 404
        assert client.get(reverse("learning:bring_for", args=[mentor.pk])).status_code == 404


class TestConfirming:
    def test_a_trainer_sees_what_it_says_and_confirms(
        self, client, course, issuer, mentor, staff
    ) -> None:
        bring(client, mentor, badge())
        sign_in(client, staff(Role.TRAINER))
        row = BroughtCertificate.objects.get()

        page = client.get(reverse("learning:brought", args=[row.pk])).content.decode()
        confirm(client, staff)

        assert "Ewa M." in page
        assert "not whose it is" in page
        assert BroughtCertificate.objects.get().state == "confirmed"

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("EWA@example.org", "that of the e-mail address of this account"),
            ("other@example.org", "of another e-mail address"),
        ],
    )
    def test_a_fingerprint_says_whether_it_fits(
        self, client, issuer, mentor, staff, address, words
    ) -> None:
        who = Learner(AWARD.learner.id, (hashed_email(address, salt="x" * 20),))
        bring(client, mentor, badge(learner=who))
        sign_in(client, staff(Role.TRAINER))

        row = BroughtCertificate.objects.get()
        page = client.get(reverse("learning:brought", args=[row.pk])).content.decode()

        assert words in page

    def test_it_counts_only_once_it_is_confirmed_and_compared(
        self, client, course, issuer, mentor, staff
    ) -> None:
        bring(client, mentor, badge())
        confirm(client, staff)
        assert valid_certificates(mentor, TODAY) == []

        count_as(client, staff, course)

        (row,) = valid_certificates(mentor, TODAY)
        assert (row.credential, row.opens) == (AWARD.id, "mentoring")
        assert may(mentor, Opens.MENTORING, on=date(2028, 6, 1))
        assert not may(mentor, Opens.MENTORING, on=date(2028, 6, 2))
        assert not may(mentor, Opens.ASSESSMENT, on=TODAY)

    def test_counting_for_none_shows_it_only(self, client, course, issuer, mentor, staff) -> None:
        bring(client, mentor, badge())
        confirm(client, staff)
        sign_in(client, staff(Role.COORDINATOR))
        row = Recognised.objects.get()

        client.post(reverse("learning:issuer_counts", args=[row.pk]), {"course": ""})

        assert valid_certificates(mentor, TODAY) == []
        sign_in(client, mentor)
        page = client.get(reverse("learning:certificates")).content.decode()
        assert "counts for no course" in page

    def test_a_mentor_counts_as_trained_until_it_is_withdrawn(
        self, client, course, issuer, mentor, staff
    ) -> None:
        person = PersonFactory(organisation=course.organisation, user=mentor.user, mentor=True)
        MentorProfileFactory(organisation=course.organisation, person=person)
        bring(client, mentor, badge())
        count_as(client, staff, course)
        confirm(client, staff)
        assert MentorProfile.objects.get(person=person).trained_until == date(2028, 6, 1)

        sign_in(client, staff(Role.COORDINATOR))
        path = reverse("learning:issuer_withdraw", args=[issuer.pk])
        assert "Why?" in client.post(path, {"why": ""}).content.decode()
        client.post(path, {"why": "Their key was stolen."})

        assert valid_certificates(person, TODAY) == []
        assert MentorProfile.objects.get(person=person).trained_until == TODAY - timedelta(days=1)
        sign_in(client, mentor)
        page = client.get(reverse("learning:certificates")).content.decode()
        assert "issuer not accepted any more" in page

    def test_after_a_withdrawal_nothing_is_brought_until_it_is_accepted_anew(
        self, client, course, issuer, mentor, staff
    ) -> None:
        bring(client, mentor, badge())
        confirm(client, staff)
        sign_in(client, staff(Role.COORDINATOR))
        client.post(reverse("learning:issuer_withdraw", args=[issuer.pk]), {"why": "Test."})
        assert "is not accepted here" in bring(client, mentor, badge()).content.decode()

        accept_issuer(
            actor_of(staff(Role.COORDINATOR)),
            profile=Profile(OTHER, "Bridges", key_set({STRANGER.kid: STRANGER.public})),
            reason="A new key.",
            today=TODAY,
        )

        # What the old key signed is believed no more; the new key signs it anew.
        assert "not known here" in bring(client, mentor, badge()).content.decode()
        bring(client, mentor, badge(key=STRANGER))
        assert BroughtCertificate.objects.get().state == "waiting"

    def test_it_is_checked_again_when_it_is_confirmed(self, client, issuer, mentor, staff) -> None:
        bring(client, mentor, badge())

        refused = confirm(client, staff, status=listed(77))
        assert "has revoked it" in refused.content.decode()
        with time_machine.travel(datetime(2028, 6, 3, tzinfo=WARSAW), tick=False):
            assert "It expired on 2028-06-01" in confirm(client, staff).content.decode()

        assert BroughtCertificate.objects.get().state == "waiting"

    def test_nobody_confirms_their_own(self, client, issuer, staff) -> None:
        trainer = staff(Role.TRAINER)
        bring(client, trainer, badge())
        row = BroughtCertificate.objects.get()

        answer = client.post(reverse("learning:confirm_brought", args=[row.pk]))

        assert "This one is yours" in answer.content.decode()
        assert BroughtCertificate.objects.get().state == "waiting"

    def test_turned_down_it_opens_nothing_and_can_be_brought_again(
        self, client, course, issuer, mentor, staff
    ) -> None:
        bring(client, mentor, badge())
        count_as(client, staff, course)
        confirm(client, staff)
        row = BroughtCertificate.objects.get()

        client.post(reverse("learning:turn_down_brought", args=[row.pk]))

        assert valid_certificates(mentor, TODAY) == []
        bring(client, mentor, badge())
        assert BroughtCertificate.objects.get().state == "waiting"

    def test_a_trainer_brings_it_for_a_learner(self, client, issuer, mentor, staff) -> None:
        sign_in(client, staff(Role.TRAINER))

        client.post(reverse("learning:bring_for", args=[mentor.pk]), {"badge": upload(badge())})

        row = BroughtCertificate.objects.get()
        assert row.member == mentor
        assert row.brought_by != mentor
        page = client.get(reverse("learning:brought_list")).content.decode()
        assert "Ewa Mostowska" in page

    def test_a_list_of_three_needs_as_many_queries_as_of_one(self, client, course, staff) -> None:
        sign_in(client, staff(Role.TRAINER))
        path = reverse("learning:brought_list")
        first = BroughtCertificateFactory(organisation=course.organisation)
        client.get(path)
        with CaptureQueriesContext(connection) as one:
            client.get(path)
        for _ in range(2):
            BroughtCertificateFactory(organisation=course.organisation, recognised=first.recognised)

        with CaptureQueriesContext(connection) as three:
            page = client.get(path).content.decode()

        assert page.count("waits for a trainer") == 3
        assert len(three) == len(one)

    def test_a_mentor_brings_for_nobody_else(self, issuer, mentor, staff) -> None:
        with pytest.raises(Denied):
            bring_for(actor_of(staff(Role.MENTOR)), member=mentor, file=File(badge()), now=NOW)

        assert not BroughtCertificate.objects.exists()


class TestTwoOrganisations:
    """What one organisation publishes is what the other takes."""

    def test_from_one_to_the_other(self, client, course, mentor, staff) -> None:
        there = CertificateFactory()
        with scope.entered(there.organisation_id):
            sign_in(client, there.member)
            path = reverse("learning:badge_token", args=[there.pk])
            token = client.post(path).content.decode()
            address = reverse("learning:issuer", args=[there.organisation_id])
            told = {
                "profile": client.get(address).content.decode(),
                "keys": client.get(f"{address}keys.json").content.decode(),
            }
            coordinator = MembershipFactory(
                roles=[Role.COORDINATOR.value], organisation=there.organisation
            )
            sign_in(client, coordinator)
            ours = client.get(reverse("learning:issuers")).content.decode()
        sign_in(client, staff(Role.COORDINATOR))

        shown = client.post(reverse("learning:issuer_new"), told).content.decode()
        client.post(reverse("learning:issuer_accept"), told | {"reason": "Known.", "is_same": "on"})
        bring(client, mentor, token)
        count_as(client, staff, course)
        confirm(client, staff)

        digits = shown.split('class="issuer-digits">')[1].split("<")[0]
        assert digits in ours
        (row,) = valid_certificates(mentor, TODAY)
        assert row.valid_until == there.valid_until


class TestGoing:
    def test_it_is_in_the_own_copy_and_goes_with_it(self, client, issuer, mentor) -> None:
        bring(client, mentor, badge())

        page = client.get(reverse("learning:own_copy")).content.decode()
        told = client.get(reverse("learning:own_copy_file")).json()
        client.post(reverse("learning:erase_own"), {"is_sure": "on"})

        assert "Mentoring elsewhere" in page
        assert told["from_elsewhere"][0]["token"] == badge()
        assert not BroughtCertificate.objects.exists()

    def test_the_clocks(self, issuer, mentor) -> None:
        bring_own(actor_of(mentor), file=File(badge()), now=NOW)
        row = BroughtCertificate.objects.get()
        turned = BroughtCertificateFactory(
            organisation=row.organisation,
            recognised=row.recognised,
            state="turned_down",
            decided_on=TODAY,
        )

        with time_machine.travel(NOW + timedelta(days=90), tick=False):
            run_retention(job(row), as_of=clock.today())
        assert list(BroughtCertificate.objects.all()) == [row]
        for days in (730, 760):
            with time_machine.travel(
                datetime(2028, 6, 1, 12, tzinfo=WARSAW) + timedelta(days=days), tick=False
            ):
                run_retention(job(row), as_of=clock.today())

        assert not BroughtCertificate.objects.exists()
        assert turned.pk != row.pk


def test_what_waits_stands_on_today(client, issuer, mentor, staff) -> None:
    bring(client, mentor, badge())

    sign_in(client, staff(Role.TRAINER))
    assert "1 certificate from elsewhere is theirs" in client.get("/").content.decode()
    sign_in(client, staff(Role.COORDINATOR))
    assert "For which course does" in client.get("/").content.decode()
