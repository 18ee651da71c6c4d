"""Who is reminded of an interpreter: the participant before it, and staff without an answer."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory
from kith.interpreters import queries
from kith.interpreters.tests.factories import BookingFactory
from kith.people.tests.factories import account_of
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_participant_hears_the_day_before_of_who_has_said_yes() -> None:
    row = BookingFactory(state="accepted")
    account = account_of(row.person, "participant")
    day, about = timezone.localdate(row.starts_at), About(account.user_id, row.pk)

    with scope.entered(row.organisation_id):
        found = [one.user_id for one in queries.comes_soon(day, day)]
        beside = list(queries.comes_soon(day - DAY, day - DAY))
        with time_machine.travel(row.starts_at - DAY, tick=False):
            before = queries.comes_still([about])
        with time_machine.travel(row.starts_at + DAY, tick=False):
            after = queries.comes_still([about])

    assert (found, beside, before, after) == ([account.user_id], [], [about], [])


def test_whoever_booked_hears_on_the_day_the_answer_was_due() -> None:
    row = BookingFactory()
    member = MembershipFactory(organisation=row.organisation)
    with scope.entered(row.organisation_id), permit.lifted():
        row.booked_by = member
        row.save()
    day, about = date(2026, 11, 4), About(member.user_id, row.pk)

    with scope.entered(row.organisation_id):
        before = list(queries.answers_due(day - DAY, day - DAY))
        found = [(one.user_id, one.subject) for one in queries.answers_due(day, day)]
        still = queries.answers_still([about])

    assert (before, found, still) == ([], [(member.user_id, row.pk)], [about])
