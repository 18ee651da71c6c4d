"""The relationship check: each side alone, nothing added up, an offer to talk if need be."""

import json
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import Match, RelationshipCheck
from kith.mentoring.queries.care import cared_for
from kith.mentoring.queries.dates import open_week
from kith.mentoring.rules.attention import Reason
from kith.mentoring.rules.checks import check_texts
from kith.mentoring.rules.notes import TalkNote
from kith.mentoring.rules.states import TalkWay
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
)
from kith.people.rules import Side

pytestmark = pytest.mark.django_db

WELL = {one.key: "yes" for one in check_texts().participant}


@pytest.fixture
def match():
    """In its thirteenth week: the statements of week 12 are open for both."""
    row = MatchFactory(
        participant__called="Olena", mentor__called="Marta", talks_from=date(2026, 8, 20)
    )
    MeetingFactory(match=row, held_on=date(2026, 8, 24))
    MeetingFactory(match=row, held_on=date(2026, 11, 22))
    return row


@pytest.fixture
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def answered(match, side, who, answers=WELL):
    return commands.answer_check(
        actor_of(who), match=match, side=side, answers=answers, today=TODAY, now=NOW
    )


def fresh(match):
    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related("participant", "mentor", "programme__organisation")
        return rows.get(pk=match.pk)


def reasons(match):
    with scope.entered(match.organisation_id):
        found = cared_for([fresh(match)], today=TODAY)
        return [(one.attention.reason, one.attention.side) for one in found]


def address(match, side, name="check"):
    return reverse(f"mentoring:{name}", args=[match.pk, side])


def test_each_side_answers_once_and_alone(match) -> None:
    olena = participant_of(match)

    mine = answered(match, Side.PARTICIPANT, olena)

    with scope.entered(match.organisation_id):
        assert open_week(fresh(match), Side.PARTICIPANT, today=TODAY) is None
        assert open_week(fresh(match), Side.MENTOR, today=TODAY) == 12
    assert (mine.week, json.loads(str(mine.answers)), mine.offers_talk) == (12, WELL, False)
    with pytest.raises(commands.NoCheckOpen):
        answered(fresh(match), Side.PARTICIPANT, olena)


@pytest.mark.parametrize("answer", ["not_really", "no"])
def test_an_answer_that_asks_for_it_leads_to_an_offer_and_a_talk_clears_it(match, answer) -> None:
    low = {**WELL, "heard": answer}

    answered(match, Side.PARTICIPANT, participant_of(match), low)
    before = reasons(match)
    talk = TalkNote(Side.PARTICIPANT, TODAY, TalkWay.CALL)
    commands.note_talk(
        actor_of(staff(match.programme)), match=fresh(match), note=talk, today=TODAY, now=NOW
    )

    assert (Reason.OFFER, Side.PARTICIPANT) in before
    assert (Reason.OFFER, Side.PARTICIPANT) not in reasons(match)


def test_mostly_is_good_enough(match) -> None:
    found = answered(match, Side.PARTICIPANT, participant_of(match), dict.fromkeys(WELL, "mostly"))

    assert found.offers_talk is False


def test_who_would_rather_not_answer_is_left_in_peace(match) -> None:
    found = answered(match, Side.PARTICIPANT, participant_of(match), {})

    assert (str(found.answers), found.offers_talk) == ("", False)
    with scope.entered(match.organisation_id):
        assert open_week(fresh(match), Side.PARTICIPANT, today=TODAY) is None


@pytest.mark.parametrize(
    "answers", [{"at_ease": "yes"}, {**WELL, "heard": "5"}, {**WELL, "more": "yes"}]
)
def test_half_an_answer_is_not_kept(match, answers) -> None:
    with pytest.raises(commands.AnswersMissing):
        answered(match, Side.PARTICIPANT, participant_of(match), answers)


def test_nobody_answers_for_the_other_side_but_the_coordinator_may_note_it(match) -> None:
    with pytest.raises(Denied):
        answered(match, Side.PARTICIPANT, mentor_of(match))
    with pytest.raises(Denied):
        answered(match, Side.MENTOR, participant_of(match))

    assert answered(match, Side.MENTOR, staff(match.programme)).side == "mentor"


def test_the_audit_never_holds_an_answer(match) -> None:
    answered(match, Side.PARTICIPANT, participant_of(match), {**WELL, "heard": "not_really"})

    with scope.entered(match.organisation_id):
        [event] = AuditEvent.objects.filter(verb="mentoring.answer_check")
    assert "not_really" not in str(event.__dict__)


def test_the_page_takes_answers_on_ones_own_account_and_thanks(client, match, on_the_day) -> None:
    browser = sign_in(client, participant_of(match))

    half = browser.post(address(match, "participant"), {"at_ease": "no"})
    sent = browser.post(address(match, "participant"), {**WELL, "useful": "no"}, follow=True)

    assert half.status_code == 422
    assert half.context["form"]["at_ease"].value() == "no"
    assert "Your coordinator will offer you a talk." in sent.content.decode()
    with scope.entered(match.organisation_id):
        assert RelationshipCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("whose", "side"), [(mentor_of, "participant"), (participant_of, "mentor")]
)
def test_the_page_of_the_other_side_is_not_there(client, match, on_the_day, whose, side) -> None:
    browser = sign_in(client, whose(match))

    assert browser.get(address(match, side)).status_code == 404


def test_the_answers_stand_on_no_page_of_the_other_side(client, match, on_the_day) -> None:
    answered(match, Side.PARTICIPANT, participant_of(match), {**WELL, "heard": "not_really"})
    browser = sign_in(client, mentor_of(match))

    pages = [browser.get(reverse("mentoring:match", args=[match.pk])), browser.get("/")]

    assert all("I am listened to" not in page.content.decode() for page in pages)
    assert all("Not really" not in page.content.decode() for page in pages)


def test_today_asks_both_and_one_tap_says_rather_not(client, match, on_the_day) -> None:
    browser = sign_in(client, participant_of(match))

    before = [line.url for line in browser.get(reverse("web:today")).context["lines"]]
    browser.post(address(match, "participant", "rather_not"))
    after = [line.url for line in browser.get(reverse("web:today")).context["lines"]]

    own = address(match, "participant")
    assert (own in before, own in after) == (True, False)
