"""News of a course reaches those who learn there, at once, and nobody else."""

from datetime import timedelta

import pytest
import time_machine

from kith.base import permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.learning.commands.planning import tell
from kith.learning.tests.factories import NOW, EditionFactory, SeatFactory
from kith.reminders.models import Reminder
from kith.reminders.queries import courses
from kith.reminders.rules.kinds import About

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = EditionFactory()
    with scope.entered(edition.organisation_id), time_machine.travel(NOW, tick=False):
        yield edition


def said(edition):
    trainer = MembershipFactory(roles=[Role.TRAINER.value], organisation=edition.organisation)
    return tell(actor_of(trainer), edition=edition, title="We begin at nine", body="Not at ten.")


def test_those_who_learn_hear_of_it_and_who_left_or_passed_does_not(edition) -> None:
    seat = SeatFactory(edition=edition)
    SeatFactory(edition=edition, state="left")
    SeatFactory(edition=edition, state="passed", passed_on=NOW.date())
    SeatFactory(edition=EditionFactory(course=edition.course, title="Other"))

    news = said(edition)

    [reminder] = Reminder.objects.filter(kind="learning.announcement")
    assert (reminder.member_id, reminder.subject) == (seat.member_id, news.pk)
    assert courses.told(actor_of(seat.member), [news.pk])[news.pk].count("We begin at nine") == 1


def test_it_ends_after_two_weeks_or_when_somebody_leaves(edition) -> None:
    seat, gone = SeatFactory(edition=edition), SeatFactory(edition=edition)
    news = said(edition)
    abouts = [About(one.member.user_id, news.pk) for one in (seat, gone)]
    with permit.lifted():
        gone.state = "left"
        gone.save()

    now = courses.told_still(abouts)
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        later = courses.told_still(abouts)

    assert (now, later) == ([abouts[0]], [])


def test_nobody_else_reads_the_heading(edition) -> None:
    stranger = MembershipFactory(mentor=True, organisation=edition.organisation)

    assert courses.told(actor_of(stranger), [said(edition).pk]) == {}
