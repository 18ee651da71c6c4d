"""A good ending: the farewell is planned, or the two go on for some time."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.base import scope
from kith.base.errors import Denied
from kith.gate.tests.factories import actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.queries.care import cared_for
from kith.mentoring.rules.attention import Reason
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    CheckFactory,
    MatchFactory,
    MeetingFactory,
    mentor_of,
)
from kith.people.rules import Side

pytestmark = pytest.mark.django_db

END = date(2026, 12, 14)


@pytest.fixture
def match():
    """Met since 15 June and yesterday, looked again: its 26 weeks are over on 14 December."""
    row = MatchFactory(
        agreed_on=date(2026, 6, 10),
        started_on=date(2026, 6, 15),
        planned_end_on=END,
        looked_on=date(2026, 11, 22),
    )
    MeetingFactory(match=row, held_on=date(2026, 6, 15))
    MeetingFactory(match=row, held_on=date(2026, 11, 22))
    for side in Side:
        CheckFactory(match=row, side=side.value)
    return row


@pytest.fixture
def coordinator(client, match):
    """Signed in, on the day of the tests."""
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, staff(match.programme))


def fresh(match):
    with scope.entered(match.organisation_id):
        rows = Match.objects.select_related("participant", "mentor", "programme__organisation")
        return rows.get(pk=match.pk)


def planned(match, farewell_on, *, who=None):
    actor = actor_of(who or staff(match.programme))
    return commands.plan_ending(actor, match=match, farewell_on=farewell_on, today=TODAY, now=NOW)


def more_time(match, until):
    actor = actor_of(staff(match.programme))
    return commands.give_more_time(actor, match=match, until=until, today=TODAY, now=NOW)


def reasons(match, today):
    with scope.entered(match.organisation_id):
        return [one.attention.reason for one in cared_for([match], today=today)]


def test_a_planned_farewell_clears_the_reminder_and_asks_again_on_the_day_after(match) -> None:
    assert reasons(match, TODAY) == [Reason.ENDING]

    planned(match, date(2026, 12, 10))

    found = fresh(match)
    assert found.attention_on == date(2026, 12, 11)
    assert reasons(found, date(2026, 12, 10)) == []
    assert reasons(found, date(2026, 12, 11)) == [Reason.CLOSING]


@pytest.mark.parametrize("days", [-1, 366])
def test_a_farewell_lies_ahead_at_most_a_year(match, days) -> None:
    with pytest.raises(commands.FarewellOutOfRange):
        planned(match, TODAY + timedelta(days=days))


def test_more_time_moves_the_end_and_calls_the_farewell_off(match) -> None:
    planned(match, date(2026, 12, 10))

    more_time(fresh(match), date(2027, 3, 1))

    found = fresh(match)
    assert (found.planned_end_on, found.farewell_on) == (date(2027, 3, 1), None)
    assert reasons(found, TODAY) == []


@pytest.mark.parametrize("until", [END, TODAY + timedelta(days=366)])
def test_more_time_is_longer_than_planned_and_at_most_a_year(match, until) -> None:
    with pytest.raises(commands.NotLonger):
        more_time(match, until)


def test_a_match_without_a_first_meeting_has_no_end_to_move() -> None:
    with pytest.raises(commands.NotLonger):
        more_time(MatchFactory(starting=True), date(2027, 3, 1))


def test_what_is_over_has_no_ending_to_plan() -> None:
    with pytest.raises(commands.MatchNotRunning):
        planned(MatchFactory(closed=True), TODAY)


def test_the_mentor_does_not_plan_the_ending(match) -> None:
    with pytest.raises(Denied):
        planned(match, TODAY, who=mentor_of(match))


def test_today_leads_to_the_page_that_clears_the_line(coordinator, match) -> None:
    address = reverse("mentoring:plan_ending", args=[match.pk])
    planned(match, TODAY)  # every command renews the day on which a match asks
    more_time(fresh(match), END + timedelta(days=1))

    before = [line.url for line in coordinator.get(reverse("web:today")).context["lines"]]
    sent = coordinator.post(address, {"farewell_on": "2026-12-10"})
    after = [line.url for line in coordinator.get(reverse("web:today")).context["lines"]]

    assert (address in before, sent.status_code, address in after) == (True, 302, False)


def test_the_page_says_what_belongs_to_a_good_ending_and_offers_the_planned_day(
    coordinator, match
) -> None:
    page = coordinator.get(reverse("mentoring:plan_ending", args=[match.pk])).context

    assert page["farewell"].initial == {"farewell_on": END}
    assert len(page["checklist"]) >= 3


def test_what_cannot_be_is_said_beside_what_was_typed(coordinator, match) -> None:
    answer = coordinator.post(
        reverse("mentoring:more_time", args=[match.pk]), {"until": "2026-11-24"}
    )

    assert answer.status_code == 422
    assert answer.context["more"]["until"].value() == "2026-11-24"
    assert answer.context["more"].non_field_errors() == [
        "Choose a day after the planned end, at most a year ahead."
    ]
