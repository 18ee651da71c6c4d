"""Letters at the end of a match."""

from typing import Any

import pytest
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.actor import member_actor
from kith.gate.tests.factories import sign_in
from kith.matching.tests.factories import staff
from kith.mentoring.tests.factories import (
    TODAY,
    GoalFactory,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
)
from kith.papers import commands
from kith.papers.models import Letter
from kith.papers.rules.letters import LetterKind
from kith.papers.tests.factories import LetterFactory
from kith.web.tests import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    return MatchFactory(closed=True)


def address(name: str, match, *more: object) -> str:
    return reverse(f"papers:{name}", args=[match.pk, *more])


def letters(match) -> list[Letter]:
    with scope.entered(match.organisation_id):
        return list(Letter.objects.order_by("id"))


def make(by, match, person, kind: LetterKind, **more: Any) -> Letter:
    given = {"language": "en", "words": "", "goals": [], "today": TODAY, **more}
    return commands.make_letter(member_actor(by), match=match, person=person, kind=kind, **given)


def test_a_letter_of_achievement_is_made_of_own_words_only(client, match) -> None:
    GoalFactory(match=match, title="I found a flat", state="reached", ended_on=TODAY)
    GoalFactory(match=match, title="Not reached")
    sign_in(client, participant_of(match))
    url = address("letter", match, "achievement", match.participant_id)

    page = client.get(url).content.decode()
    refused = client.post(url, {"words": " ", "language": "en"})
    client.post(url, {"words": "I call the school myself.", "language": "en"})

    (letter,) = letters(match)
    file = client.get(address("letter_pdf", match, letter.pk))
    said = reading.text_of(file.content)
    assert ("I found a flat" in page, "Not reached" in page) == (True, False)
    assert refused.status_code == 422
    assert ("I call the school myself." in said, "I found a flat" in said) == (True, False)
    assert file.headers["Content-Disposition"] == 'inline; filename="letter-of-achievement.pdf"'


def test_a_reached_goal_stands_in_the_letter_when_it_is_chosen(client, match) -> None:
    goal = GoalFactory(match=match, title="I found a flat", state="reached", ended_on=TODAY)
    sign_in(client, participant_of(match))

    client.post(
        address("letter", match, "achievement", match.participant_id),
        {"words": "", "language": "ar", "goals": [str(goal.pk)]},
    )

    (letter,) = letters(match)
    file = client.get(address("letter_pdf", match, letter.pk)).content
    assert "I found a flat" in reading.text_of(file)
    assert reading.language_of(file) == "ar"


def test_a_certificate_names_hours_and_months_and_nobody_else(client, match) -> None:
    MeetingFactory(match=match, minutes=90)
    MeetingFactory(match=match, minutes=150, held_on=TODAY)
    MeetingFactory(match=match, planned=True)
    letter = make(staff(match.programme), match, match.mentor, LetterKind.SERVICE)
    sign_in(client, mentor_of(match))

    said = reading.text_of(client.get(address("letter_pdf", match, letter.pk)).content)

    assert ("4 hours" in said, "3 months" in said) == (True, True)
    assert str(match.mentor.name) in said
    assert str(match.participant.name) not in said


def test_a_letter_made_anew_takes_the_place_of_the_old_one(match) -> None:
    ewa = staff(match.programme)

    make(ewa, match, match.mentor, LetterKind.THANKS, words="Thank you for your patience.")
    make(ewa, match, match.mentor, LetterKind.THANKS, words="Thank you for everything.")

    with scope.entered(match.organisation_id):
        assert [str(one.words) for one in letters(match)] == ["Thank you for everything."]


def test_thanks_go_to_the_mentor_and_achievement_to_the_participant(match) -> None:
    ewa = staff(match.programme)

    with pytest.raises(commands.NotYourWords):
        make(ewa, match, match.participant, LetterKind.THANKS)
    with pytest.raises(commands.NotYourWords):
        make(ewa, match, match.mentor, LetterKind.ACHIEVEMENT, words="Mine")

    assert letters(match) == []


def test_a_mentor_makes_no_letter_and_reads_none_of_the_participant(client, match) -> None:
    letter = LetterFactory(match=match)
    marta = mentor_of(match)
    sign_in(client, marta)

    with pytest.raises(Denied):
        make(marta, match, match.mentor, LetterKind.SERVICE)

    assert client.get(address("letter_pdf", match, letter.pk)).status_code == 404
    url = address("letter", match, "achievement", match.participant_id)
    assert client.get(url).status_code == 404


def test_the_coordinator_sees_every_letter_that_may_be_made(client, match) -> None:
    sign_in(client, staff(match.programme))

    page = client.get(address("letters", match)).content.decode()

    assert page.count("Make this letter") == 5
