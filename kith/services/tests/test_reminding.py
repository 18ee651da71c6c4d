"""Who is reminded of a referral: on the day it is offered, and on the day to ask."""

from datetime import date, timedelta

import pytest

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory
from kith.people.tests.factories import account_of
from kith.reminders.rules.kinds import About
from kith.services.queries import reminding
from kith.services.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def row():
    return ReferralFactory()


def test_a_participant_hears_of_an_offer_on_its_day_until_the_answer(row) -> None:
    account = account_of(row.person, "participant")
    about, day = About(account.user_id, row.pk), row.changed_on

    with scope.entered(row.organisation_id):
        found = [one.user_id for one in reminding.offered(day, day)]
        beside = list(reminding.offered(day + DAY, day + DAY))
        before = reminding.offered_still([about])
        with permit.lifted():
            row.state = "accepted"
            row.save()
        after = reminding.offered_still([about])

    assert (found, beside, before, after) == ([account.user_id], [], [about], [])


def test_whoever_offered_it_hears_on_the_day_to_ask_and_not_before(row) -> None:
    member = MembershipFactory(organisation=row.organisation)
    with scope.entered(row.organisation_id), permit.lifted():
        row.offered_by = member
        row.save()
    day = date(2026, 11, 16)

    with scope.entered(row.organisation_id):
        before = list(reminding.to_ask(day - DAY, day - DAY))
        found = [(one.user_id, one.subject) for one in reminding.to_ask(day, day)]
        still = reminding.to_ask_still([About(member.user_id, row.pk)])

    assert (before, found, len(still)) == ([], [(member.user_id, row.pk)], 1)
