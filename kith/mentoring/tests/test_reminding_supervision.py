"""Mentors are reminded of supervision the day before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kith.base import scope
from kith.mentoring.queries import supervision as queries
from kith.mentoring.tests.factories import AttendanceFactory
from kith.people.tests.factories import account_of
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_an_invited_mentor_is_reminded_of_the_day_and_not_after_it_is_over() -> None:
    row = AttendanceFactory()
    account = account_of(row.mentor, "mentor")
    at = row.supervision.planned_at
    day, about = timezone.localdate(at), About(account.user_id, row.supervision_id)

    with scope.entered(row.organisation_id):
        found = [one.user_id for one in queries.invited_soon(day, day)]
        beside = list(queries.invited_soon(day + DAY, day + DAY))
        with time_machine.travel(at - HOUR, tick=False):
            before = queries.invited_still([about])
        with time_machine.travel(at + HOUR, tick=False):
            after = queries.invited_still([about])

    assert (found, beside, before, after) == ([account.user_id], [], [about], [])
