"""The first few rows, and how many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import scope
from kith.base.few import few
from kith.people.models import Person
from kith.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("there", "named", "number"), [(0, 0, 0), (2, 2, 2), (3, 2, 3), (7, 2, 5)])
def test_a_few_are_read_and_the_others_counted_up_to_a_limit(there, named, number) -> None:
    first = PersonFactory()
    for _one in range(there - 1):
        PersonFactory(organisation=first.organisation)

    with scope.entered(first.organisation_id):
        rows = Person.objects.order_by("id") if there else Person.objects.none()
        found = few(rows, named=2, most=4)

    assert (len(found.rows), found.number) == (named, number)


def test_where_few_are_there_nothing_is_counted() -> None:
    person = PersonFactory()

    with scope.entered(person.organisation_id), CaptureQueriesContext(connection) as asked:
        few(Person.objects.order_by("id"), named=1, most=4)

    assert len(asked) == 1
