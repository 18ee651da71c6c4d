"""Which statements the database keeps planned."""

import pytest
from django.db import connection

from kith.base.plans import planned_by_values

pytestmark = pytest.mark.django_db


def asked_often(text: str) -> int:
    """Ask it four times; gives how many plans of it are kept."""
    with connection.cursor() as cursor:
        for number in range(4):
            cursor.execute(f"SELECT %s + 1 AS {text}", [number])
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%AS {text}"]
        )
        return cursor.fetchone()[0]


def test_what_is_asked_again_is_kept_planned_except_inside() -> None:
    with planned_by_values():
        inside = asked_often("of_this_time")

    assert (inside, asked_often("of_all_times")) == (0, 1)


def test_a_fault_inside_leaves_plans_to_be_kept_afterwards() -> None:
    with pytest.raises(ValueError, match="x"), planned_by_values():
        raise ValueError("x")

    assert asked_often("after_a_fault") == 1
