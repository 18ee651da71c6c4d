"""Talks of the coordinator with each side: noted, counted, asked for."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import Match, Talk
from kith.mentoring.rules.notes import TalkNote
from kith.mentoring.rules.states import TalkWay
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    CheckFactory,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
)
from kith.people.rules import Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    """First met on 31 August: talks are due in the weeks of 7 and 21 September, then monthly."""
    row = MatchFactory(participant_talk_on=None, mentor_talk_on=None)
    MeetingFactory(match=row, held_on=date(2026, 8, 31))
    MeetingFactory(match=row, held_on=date(2026, 11, 22))
    for side in Side:
        CheckFactory(match=row, side=side.value)
    return row


@pytest.fixture
def coordinator(client, match):
    """Signed in, on the day of the tests."""
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, staff(match.programme))


def talked(match, side=Side.PARTICIPANT, *, on=TODAY, reached=True, note="", again=None, who=None):
    actor = actor_of(who or staff(match.programme))
    note = TalkNote(side, on, TalkWay.CALL, reached, note, again)
    return commands.note_talk(actor, match=match, note=note, today=TODAY, now=NOW)


def lines_of(browser):
    return browser.get(reverse("web:today")).context["lines"]


def fresh(match):
    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related("participant", "mentor", "programme__organisation")
        return rows.get(pk=match.pk)


def test_a_talk_moves_the_day_of_its_side_and_the_other_side_is_asked_for(match) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(talks_from=date(2026, 10, 1))

    talked(fresh(match), Side.PARTICIPANT)

    found = fresh(match)
    assert (found.participant_talk_on, found.mentor_talk_on) == (TODAY, None)
    assert found.attention_on == date(2026, 10, 19) + timedelta(days=13)


def test_an_earlier_talk_noted_later_does_not_move_the_day_back(match) -> None:
    talked(match, on=TODAY)

    talked(fresh(match), on=TODAY - timedelta(days=9))

    assert fresh(match).participant_talk_on == TODAY


def test_who_was_not_reached_is_kept_and_does_not_count(match) -> None:
    talked(match, reached=False, note=" Call again on Friday ")

    with scope.entered(match.organisation_id):
        [talk] = Talk.objects.all()
        assert (talk.reached, str(talk.note)) == (False, "Call again on Friday")
    assert fresh(match).participant_talk_on is None


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (TODAY + timedelta(days=1), commands.TalkInFuture),
        (date(2026, 8, 19), commands.TalkBeforeYes),
    ],
)
def test_what_cannot_have_happened_is_not_noted(match, on, refusal) -> None:
    with pytest.raises(refusal):
        talked(match, on=on)


def test_a_closed_match_has_no_new_talks() -> None:
    with pytest.raises(commands.MatchIsOver):
        talked(MatchFactory(closed=True))


@pytest.mark.parametrize("whose", [mentor_of, participant_of])
def test_the_two_themselves_do_not_note_talks(match, whose) -> None:
    with pytest.raises(Denied):
        talked(match, who=whose(match))


def test_a_supervisor_does_not_note_talks(match) -> None:
    supervisor = MembershipFactory(organisation=match.organisation, roles=["supervisor"])

    with pytest.raises(Denied):
        talked(match, who=supervisor)


def test_the_audit_names_fields_and_never_what_was_said(match) -> None:
    talked(match, note="Looks for a flat")

    with scope.entered(match.organisation_id):
        [event] = AuditEvent.objects.filter(verb="mentoring.talk")
    assert "flat" not in str(event.__dict__)


def test_the_page_of_a_match_says_when_each_side_was_last_asked(coordinator, match) -> None:
    talked(match, Side.MENTOR, note="Wants a date for the zoo")
    talked(fresh(match), Side.PARTICIPANT, reached=False)
    talked(fresh(match), Side.PARTICIPANT, reached=False)

    sides = coordinator.get(reverse("mentoring:match", args=[match.pk])).context["sides"]

    assert [(one["last"], one["note"], one["tries"]) for one in sides] == [
        ("", "", "not reached 2 times since"),
        ("today", "Wants a date for the zoo", ""),
    ]


def test_the_form_opens_with_the_side_and_keeps_what_was_typed(coordinator, match) -> None:
    address = reverse("mentoring:new_talk", args=[match.pk])

    opened = coordinator.get(f"{address}?side=mentor").context["form"]
    typed = {"side": "mentor", "on": "2027-01-01", "way": "call", "reached": "no", "note": "Later"}
    refused = coordinator.post(address, typed)
    sent = coordinator.post(address, {**typed, "on": "2026-11-23"})

    assert opened.initial["side"] == "mentor"
    assert refused.status_code == 422
    assert refused.context["form"]["note"].value() == "Later"
    assert refused.context["form"].non_field_errors() == [
        "The day lies ahead. Note the talk after it."
    ]
    assert sent.status_code == 302


def test_today_leads_to_the_talk_that_is_due_and_the_talk_clears_it(coordinator, match) -> None:
    with scope.entered(match.organisation_id), permit.lifted():
        Match.objects.filter(pk=match.pk).update(
            talks_from=date(2026, 10, 1), mentor_talk_on=TODAY, attention_on=date(2026, 11, 1)
        )
    name = str(match.participant.called)

    before = [line for line in lines_of(coordinator) if name in str(line.what)]
    talked(fresh(match))
    after = [line for line in lines_of(coordinator) if name in str(line.what)]

    [line] = before
    page = reverse("mentoring:new_talk", args=[match.pk])
    assert line.url == f"{page}?about=talk&side=participant"
    assert str(line.what).startswith(f"Ask {name} how it is going")
    assert after == []


def test_whom_nobody_reached_is_called_again_when_the_programme_says(match) -> None:
    talked(match, reached=False)
    talked(fresh(match), Side.MENTOR, reached=False, again=TODAY + timedelta(days=2))

    found = fresh(match)
    assert found.participant_again_on == TODAY + timedelta(days=7)
    assert found.mentor_again_on == TODAY + timedelta(days=2)
    assert found.call_on == TODAY + timedelta(days=2)


def test_the_next_talk_ends_what_was_agreed_before_and_an_older_one_does_not(match) -> None:
    again = TODAY + timedelta(days=3)
    talked(match, again=again)

    talked(fresh(match), on=TODAY - timedelta(days=4))
    kept = fresh(match).participant_again_on
    talked(fresh(match))

    assert (kept, fresh(match).participant_again_on) == (again, None)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_the_next_call_lies_ahead_within_three_months(match, days) -> None:
    with pytest.raises(commands.CallAgainOutOfRange):
        talked(match, again=TODAY + timedelta(days=days))

    assert talked(match, again=TODAY + timedelta(days=90)).again_on == TODAY + timedelta(days=90)


def test_the_page_shows_the_phone_of_own_people_and_leads_to_the_record_of_others(client) -> None:
    match = MatchFactory(participant__phone="600 700 800", mentor__phone="600 700 900")
    ewa, zofia = staff(match.programme), MembershipFactory(organisation=match.organisation)
    for person, responsible in ((match.participant, ewa), (match.mentor, zofia)):
        with scope.entered(match.organisation_id), permit.lifted():
            person.responsible = responsible
            person.save()
    with time_machine.travel(NOW, tick=False):
        page = sign_in(client, ewa).get(reverse("mentoring:new_talk", args=[match.pk]))

    said = page.content.decode()
    assert "600 700 800" in said
    assert "600 700 900" not in said
    assert reverse("people:person", args=[match.mentor_id]) in said
    with scope.entered(match.organisation_id):
        looks = AuditEvent.objects.filter(verb="people.see").values_list("row_id", flat=True)
        assert list(looks) == [match.participant_id]


def test_the_form_offers_a_day_for_the_next_call_where_something_is_open(coordinator) -> None:
    quiet = MatchFactory(last_meeting_on=TODAY - timedelta(days=30))
    well = MatchFactory(programme=quiet.programme)
    browser = sign_in(coordinator, staff(quiet.programme))

    forms = [
        browser.get(reverse("mentoring:new_talk", args=[one.pk])).context["form"]
        for one in (quiet, well)
    ]

    assert [form["again_on"].value() for form in forms] == [TODAY + timedelta(days=7), None]
