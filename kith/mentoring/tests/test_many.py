"""More rows at a time than the values of one statement allow."""

import pytest

from kith.base import clock, permit, scope
from kith.base.models import MOST_VALUES
from kith.mentoring.models import Meeting
from kith.mentoring.tests.factories import MatchFactory

pytestmark = pytest.mark.django_db


def test_more_meetings_than_one_statement_takes_are_written_and_changed() -> None:
    # Some column holds a list, so that each value of each row travels on its own.
    many = MOST_VALUES // len(Meeting._meta.concrete_fields) + 10
    match, fields = MatchFactory(), ["state", "held_on", "minutes", "sequence", "topics", "way"]
    with scope.entered(match.organisation_id), permit.lifted():
        rows = [
            Meeting(match=match, state="held", held_on=clock.today(), minutes=30)
            for _ in range(many)
        ]

        Meeting.objects.bulk_create(rows, batch_size=many)
        for row in rows:
            row.minutes = 45
        Meeting.objects.bulk_update(rows + rows, fields)

        kept = Meeting.objects.filter(match=match)
        assert (kept.count(), kept.filter(minutes=45).count()) == (many, many)
