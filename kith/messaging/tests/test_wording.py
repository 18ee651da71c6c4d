"""Words of both sides, side by side."""

import pytest
from django.test import Client
from django.urls import reverse

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.mentoring.tests.factories import TODAY, MatchFactory, mentor_of, participant_of
from kith.messaging import commands
from kith.messaging.models import WordPair
from kith.messaging.queries.forgetting import ended_before
from kith.messaging.tests.factories import WordPairFactory

pytestmark = pytest.mark.django_db


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


def address(name, *keys):
    return reverse(f"messaging:{name}", args=keys)


def words():
    rows = WordPair.objects.order_by("id")
    return [(str(row.participant_word), str(row.mentor_word)) for row in rows]


def test_one_side_begins_and_the_other_writes_its_word(match, mentor, participant) -> None:
    page = address("words", match.pk)
    participant.post(page, {"participant_word": "موعد", "mentor_word": ""})
    assert words() == [("موعد", "")]
    assert "Write the other word" in mentor.get(page).content.decode()

    [pair] = WordPair.objects.all()
    typed = {"participant_word": "موعد", "mentor_word": "termin"}
    mentor.post(address("word", match.pk, pair.pk), typed)
    assert words() == [("موعد", "termin")]
    seen = participant.get(page).content.decode()
    assert "termin" in seen
    assert "Marta" in seen


def test_two_empty_words_are_none(match, mentor) -> None:
    answer = mentor.post(address("words", match.pk), {"participant_word": " ", "mentor_word": ""})

    assert answer.status_code == 422
    assert "Write at least one of the two words." in answer.content.decode()
    assert words() == []


def test_the_list_stays_small(match, mentor, monkeypatch) -> None:
    monkeypatch.setattr("kith.messaging.commands.wording.MOST_WORDS", 1)
    WordPairFactory(match=match)

    answer = mentor.post(address("words", match.pk), {"participant_word": "a", "mentor_word": "b"})

    assert "The list is full." in answer.content.decode()
    assert len(words()) == 1


def test_words_are_taken_out(match, mentor) -> None:
    pair = WordPairFactory(match=match)

    mentor.post(address("remove_word", match.pk, pair.pk))

    assert words() == []


def test_words_come_page_by_page(match, mentor, monkeypatch) -> None:
    monkeypatch.setattr("kith.messaging.queries.wording.WORDS_ON_A_PAGE", 2)
    for word in ("one", "two", "three"):
        WordPairFactory(match=match, participant_word=word)

    first = mentor.get(address("words", match.pk)).content.decode()
    assert [word in first for word in (">three<", ">two<", ">one<")] == [True, True, False]
    after = first.split("?after=")[1].split('"')[0]
    second = mentor.get(f"{address('words', match.pk)}?after={after}").content.decode()
    assert [word in second for word in (">three<", ">two<", ">one<")] == [False, False, True]


def test_nobody_else_reads_or_writes_them(match) -> None:
    pair = WordPairFactory(match=match)
    member = MembershipFactory(organisation=match.organisation)
    client = sign_in(Client(), member)
    stranger = sign_in(Client(), mentor_of(MatchFactory(programme=match.programme)))

    for one in (client, stranger):
        assert one.get(address("words", match.pk)).status_code == 404
        assert one.get(address("word", match.pk, pair.pk)).status_code == 404
        assert one.post(address("remove_word", match.pk, pair.pk)).status_code == 404


def test_after_the_end_words_are_read_only_and_go_with_the_messages(match, mentor) -> None:
    closed = MatchFactory(programme=match.programme, mentor=match.mentor, closed=True)
    WordPairFactory(match=closed)

    answer = mentor.post(address("words", closed.pk), {"participant_word": "a", "mentor_word": ""})
    assert answer.status_code == 422
    assert len(words()) == 1
    assert list(ended_before(TODAY)) == [closed.pk]
    with permit.lifted():
        commands.forget_messages_of_matches([closed.pk])
    assert words() == []
