"""Checks and trainings that end: known below this room, reminded of by it."""

from datetime import timedelta

import pytest
import time_machine

from kith.base import scope
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.tests.factories import MentorCheckFactory, MentorProfileFactory, PersonFactory
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory
from kith.reminders.queries import checks
from kith.reminders.rules.kinds import About, all_kinds, kinds_for
from kith.reminders.tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
IN_THIRTY = TODAY + timedelta(days=30)


@pytest.fixture
def marta():
    member = MembershipFactory(mentor=True)
    with scope.entered(member.organisation_id), time_machine.travel(NOW, tick=False):
        yield PersonFactory(organisation=member.organisation, user=member.user, is_mentor=True)


def found(first=IN_THIRTY, last=IN_THIRTY):
    return [
        (due.user_id, due.subject, due.on, due.link) for due in checks.ending_checks(first, last)
    ]


def test_the_mentor_is_reminded_of_a_check_that_ends(marta) -> None:
    check = MentorCheckFactory(person=marta, valid_until=IN_THIRTY, done_on=None)

    assert found() == [(marta.user_id, check.pk, IN_THIRTY, "/people/me/")]
    assert found(IN_THIRTY + timedelta(days=1), IN_THIRTY + timedelta(days=9)) == []


@pytest.mark.parametrize("newer", [None, IN_THIRTY + timedelta(days=1)])
def test_a_check_that_was_renewed_is_over(marta, newer) -> None:
    check = MentorCheckFactory(person=marta, valid_until=IN_THIRTY, done_on=None)
    about = About(marta.user_id, check.pk)
    before = checks.checks_still([about])

    MentorCheckFactory(person=marta, kind=check.kind, valid_until=newer, done_on=None)

    assert before == [about]
    assert checks.checks_still([about]) == []
    assert found() == []


def test_somebody_without_a_sign_in_is_not_looked_for(marta) -> None:
    other = PersonFactory(organisation=marta.organisation, is_mentor=True)
    MentorCheckFactory(person=other, valid_until=IN_THIRTY, done_on=None)

    assert found() == []


def test_the_mentor_alone_is_told_which_check_it_is(marta) -> None:
    check = MentorCheckFactory(person=marta, valid_until=IN_THIRTY, done_on=None)
    other = MembershipFactory(mentor=True, organisation=marta.organisation)
    me = MembershipFactory._meta.model.objects.get(user=marta.user_id)

    mine = checks.checks_told(actor_of(me), [check.pk])
    theirs = checks.checks_told(actor_of(other), [check.pk])

    assert {key: str(text) for key, text in mine.items()} == {
        check.pk: "A check of yours ends in 30 days, on 23 December: identity"
    }
    assert theirs == {}


def test_a_training_that_has_to_be_renewed(marta) -> None:
    profile = MentorProfileFactory(
        person=marta, organisation=marta.organisation, trained_until=IN_THIRTY
    )
    about = About(marta.user_id, profile.pk)
    assert list(checks.ending_trainings(IN_THIRTY, IN_THIRTY)) == []
    EnrolmentFactory(
        programme=ProgrammeFactory(organisation=marta.organisation), person=marta, side="mentor"
    )

    dues = list(checks.ending_trainings(IN_THIRTY, IN_THIRTY))

    assert [(due.user_id, due.subject) for due in dues] == [about]
    assert checks.trainings_still([about]) == [about]


def test_every_kind_says_what_it_is_about_and_somebody_gets_it() -> None:
    for kind in all_kinds():
        assert kind.key.count(".") == 1
        assert str(kind.title)
        assert kind.say(1)
        assert kind.say(3)
        assert kind.roles
        assert kind in kinds_for(kind.roles)
