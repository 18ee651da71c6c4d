"""Duties of a rota in people's own calendars."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import clock, permit, scope
from kith.calendars.queries import own, programme
from kith.calendars.views.shown import programme_days
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring.tests.factories import MemberFactory, mentor_of, participant_of, welcome_group
from kith.people.tests.factories import account_of
from kith.rota.tests.factories import DutyFactory

pytestmark = pytest.mark.django_db
MINE = reverse("calendars:mine")


@pytest.fixture
def match():
    match = welcome_group(participant__called="Amal", mentor__called="Zofia")
    with scope.entered(match.organisation_id):
        yield match


def duty(match, **given):
    return DutyFactory(match=match, at=clock.now() + timedelta(days=2), **given)


def entries(account):
    return own.entries_of(account, now=clock.now())


def test_whoever_has_a_duty_sees_it_by_day_and_the_family_sees_who_comes(client, match) -> None:
    duty(match, role="health")

    mine = sign_in(client, mentor_of(match)).get(MINE).content.decode()
    theirs = sign_in(client, participant_of(match)).get(MINE).content.decode()

    assert "Amal" in mine
    assert "Zofia" in theirs
    assert "Health" in mine
    assert "Health" in theirs


def test_others_of_the_group_do_not_have_it_in_their_calendar(client, match) -> None:
    duty(match)
    idle = account_of(MemberFactory(match=match).person, "mentor")

    assert "Amal" not in sign_in(client, idle).get(MINE).content.decode()
    assert entries(idle) == []


def test_the_file_holds_duties_without_a_name(match) -> None:
    row = duty(match)
    mentor, family = mentor_of(match), participant_of(match)

    assert [(one.key, one.title, one.minutes) for one in entries(mentor)] == [
        (row.pk, "Duty", row.minutes)
    ]
    assert [one.title for one in entries(family)] == ["A visit of the group"]


def test_what_is_off_rests_or_has_nobody_is_taken_out_of_calendars(match) -> None:
    family = participant_of(match)
    row = duty(match)
    duty(match, free=True)
    assert sorted(one.is_off for one in entries(family)) == [False, True]

    with permit.lifted():
        row.state, row.sequence = "off", 1
        row.save()
    assert [one.is_off for one in entries(family)] == [True, True]


def test_the_file_of_somebody_else_holds_nothing(match) -> None:
    duty(match)

    assert entries(MembershipFactory(organisation=match.organisation, mentor=True)) == []


@pytest.fixture
def in_mid_month():
    with time_machine.travel(datetime(2026, 11, 9, 12, tzinfo=UTC), tick=False):
        yield own.Month.read("", today=clock.today())


def test_a_coordinator_reads_duties_among_the_days_of_the_programme(
    client, match, in_mid_month
) -> None:
    duty(match, role="health")
    duty(match, free=True)
    duty(match, state="off", role="school")
    url = reverse("calendars:programme", args=[match.programme_id])

    page = sign_in(client, staff(match.programme)).get(url).content.decode()

    assert "Zofia · Health" in page
    assert "Nobody yet" in page
    assert "School" not in page


def test_the_days_of_a_programme_take_no_more_questions_for_many_duties_than_for_one(
    match, in_mid_month
) -> None:
    counts, shown = [], []
    for number in (1, 6):
        for _one in range(number):
            duty(match)
        with CaptureQueriesContext(connection) as asked:
            page = programme.page(match.programme, in_mid_month, after=None)
            shown += programme_days(page.days, today=clock.today())
        counts.append(len(asked))

    assert [len(day.lines) for day in shown] == [1, 7]
    assert counts[1] <= counts[0]
