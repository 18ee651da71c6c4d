"""Who is reminded of an activity: the day before, when it moves, when a place is found."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kith.activities import wiring
from kith.activities.events import ActivityMoved, PlaceFound
from kith.activities.queries import reminding
from kith.activities.tests.factories import NOW, ActivityFactory, SignUpFactory
from kith.base import permit, scope
from kith.gate.tests.factories import actor_of
from kith.people.tests.factories import account_of
from kith.reminders.models import Reminder
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def activity():
    return ActivityFactory()


@pytest.fixture
def olena(activity):
    """Signed up, with an account."""
    row = SignUpFactory(activity=activity)
    return row, account_of(row.person, "participant")


def test_those_who_come_are_found_on_its_day_and_on_no_other(activity, olena) -> None:
    row, account = olena
    SignUpFactory(activity=activity)  # no account
    other = SignUpFactory(activity=activity, answer="waiting")
    account_of(other.person, "participant")
    day = timezone.localdate(activity.starts_at)

    with scope.entered(activity.organisation_id):
        found = list(reminding.soon(day, day))
        beside = [*reminding.soon(day - DAY, day - DAY), *reminding.soon(day + DAY, day + DAY)]

    assert [(one.user_id, one.subject) for one in found] == [(account.user_id, activity.pk)]
    assert beside == []
    assert row.answer == "coming"


def test_nobody_is_reminded_of_what_has_begun_or_was_called_off(activity, olena) -> None:
    _row, account = olena
    about = About(account.user_id, activity.pk)
    with scope.entered(activity.organisation_id):
        with time_machine.travel(activity.starts_at - DAY, tick=False):
            before = reminding.soon_still([about])
        with time_machine.travel(activity.starts_at + DAY, tick=False):
            after = reminding.soon_still([about])
        with permit.lifted():
            activity.state = "called_off"
            activity.save()
        with time_machine.travel(activity.starts_at - DAY, tick=False):
            off, moved = reminding.soon_still([about]), reminding.moved_still([about])

    assert (before, after, off, moved) == ([about], [], [], [about])


@pytest.mark.parametrize(
    ("fact", "key"), [("moved", "activities.moved"), ("found", "activities.place_found")]
)
def test_a_move_and_a_place_are_told_at_once(activity, olena, fact, key) -> None:
    row, account = olena
    with (
        scope.entered(activity.organisation_id),
        permit.lifted(),
        time_machine.travel(NOW, tick=False),
    ):
        if fact == "moved":
            wiring._moved(ActivityMoved(activity.pk, [row.person_id]))
        else:
            wiring._place_found(PlaceFound(activity.pk, row.person_id))
        kept = list(Reminder.objects.filter(kind=key).values_list("member__user", "subject"))

    assert kept == [(account.user_id, activity.pk)]


def test_what_is_told_names_the_activity_and_says_when_it_is_off(activity, olena) -> None:
    _row, account = olena
    with scope.entered(activity.organisation_id), time_machine.travel(NOW, tick=False):
        actor = actor_of(account)
        planned = str(wiring._told(actor, [activity.pk]).get(activity.pk, ""))

    assert planned == "" or "Language café" in planned
    assert "called off" in wiring._said(_off(activity))


def _off(activity):
    activity.state = "called_off"
    return activity
