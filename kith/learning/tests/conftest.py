"""An edition that takes learners, and somebody who has just joined."""

import pytest

from kith.base import scope
from kith.learning.tests.factories import EditionFactory, SeatFactory


@pytest.fixture
def edition():
    edition = EditionFactory()
    with scope.entered(edition.organisation_id):
        yield edition


@pytest.fixture
def seat(edition):
    return SeatFactory(edition=edition)
