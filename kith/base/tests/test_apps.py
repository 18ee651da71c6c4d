"""What this floor sets for every connection to the database."""

import pytest
from django.db import connection

from kith.base.apps import MOST_PLANS

pytestmark = pytest.mark.django_db


def test_a_connection_keeps_the_plans_of_more_than_a_page() -> None:
    connection.ensure_connection()

    assert connection.connection.prepare_threshold == 3
    assert connection.connection.prepared_max == MOST_PLANS
