"""An edition that takes learners, and somebody who has just joined."""

import pytest

from kith.base import scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.learning.commands import wordings
from kith.learning.tests.factories import CourseFactory, EditionFactory, SeatFactory
from kith.learning.tests.writing import part


@pytest.fixture
def edition():
    edition = EditionFactory()
    with scope.entered(edition.organisation_id):
        yield edition


@pytest.fixture
def seat(edition):
    return SeatFactory(edition=edition)


@pytest.fixture
def course():
    row = CourseFactory()
    with scope.entered(row.organisation_id):
        yield row


@pytest.fixture
def writer(course):
    return MembershipFactory(
        roles=[Role.TRAINER.value], organisation=course.organisation, name="Ewa Trenerska"
    )


@pytest.fixture
def draft(course, writer):
    return wordings.copy_wording(actor_of(writer), course=course)


@pytest.fixture
def module(draft):
    return part(draft, "one")


@pytest.fixture
def page(client, writer):
    return sign_in(client, writer)
