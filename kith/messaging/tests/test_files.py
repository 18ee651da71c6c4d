"""Pictures and papers in messages."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kith.base import permit, scope
from kith.base.attachments import MOST_BYTES
from kith.base.models import StoredFile
from kith.base.tests.pictures import PLACE, jpeg
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.mentoring.tests.factories import MatchFactory, mentor_of, participant_of
from kith.messaging import commands
from kith.messaging.models import Message, Seat
from kith.messaging.tests.factories import MessageFactory, ReportFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 Zaproszenie"


@pytest.fixture
def match():
    match = MatchFactory()
    with scope.entered(match.organisation_id):
        yield match


@pytest.fixture
def mentor(match):
    return sign_in(Client(), mentor_of(match))


@pytest.fixture
def participant(match):
    return sign_in(Client(), participant_of(match))


def address(name, *keys):
    return reverse(f"messaging:{name}", args=keys)


def send(client, match, content, name="IMG_2026.jpg"):
    upload = SimpleUploadedFile(name, content)
    return client.post(address("new_file", match.pk), {"file": upload})


def stored():
    folder = Path(settings.KITH_FILES)
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_a_picture_goes_without_its_place_and_the_other_side_sees_it(
    match, mentor, participant
) -> None:
    answer = send(participant, match, jpeg())

    assert answer["Location"] == f"{address('thread', match.pk)}#newest"
    [message] = Message.objects.all()
    assert str(message.file.name) == ""
    assert Seat.objects.get(person=match.mentor).unread == 1
    link = address("file", match.pk, message.pk)
    assert f'<img src="{link}"' in mentor.get(address("thread", match.pk)).content.decode()
    picture = mentor.get(link)
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.content.startswith(b"\xff\xd8")
    assert PLACE not in picture.content
    assert all(PLACE not in content for content in stored())


def test_a_paper_is_downloaded_and_never_opened_inside_kith(match, mentor, participant) -> None:
    send(mentor, match, PDF, name="Zaproszenie.pdf")

    [message] = Message.objects.all()
    assert "Zaproszenie.pdf" in participant.get(address("thread", match.pk)).content.decode()
    paper = participant.get(address("file", match.pk, message.pk))
    assert (paper.content, paper["Content-Disposition"]) == (PDF, "attachment")
    assert all(b"Zaproszenie" not in content for content in stored())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00\x00a program", "This kind of file cannot be taken here."),
        (b"\xff\xd8\xff\xe0 a picture", "This picture cannot be read."),
        (PDF + b"\n" * MOST_BYTES, "This file is too large."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(match, mentor, content, said) -> None:
    answer = send(mentor, match, content)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert [Message.objects.count(), StoredFile.objects.count()] == [0, 0]


def test_nobody_else_opens_a_file_unless_it_was_shown(match, mentor) -> None:
    coordinator = sign_in(Client(), MembershipFactory(organisation=match.organisation))
    send(mentor, match, jpeg())
    send(mentor, match, PDF, name="b.pdf")
    shown, kept = Message.objects.order_by("id")
    report = ReportFactory(message=shown, reporter=match.participant)

    for message in (shown, kept):
        assert coordinator.get(address("file", match.pk, message.pk)).status_code == 404
    assert coordinator.get(address("shown_file", report.pk)).status_code == 200
    without = ReportFactory(message=MessageFactory(match=match))
    assert coordinator.get(address("shown_file", without.pk)).status_code == 404


def test_files_go_with_their_messages(match, mentor) -> None:
    before = len(stored())
    send(mentor, match, jpeg())
    assert len(stored()) == before + 1

    with permit.lifted():
        commands.forget_messages_of_matches([match.pk])

    assert [Message.objects.count(), StoredFile.objects.count()] == [0, 0]
    assert len(stored()) == before
