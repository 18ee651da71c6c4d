"""Whom a mentor accompanies, as lower rooms are told."""

import pytest

from kith.base import scope
from kith.gate.permissions import visible
from kith.gate.tests.factories import actor_of
from kith.mentoring.tests.factories import MatchFactory, mentor_of
from kith.people.models import Person
from kith.progress.permissions import SEE_PROGRESS

pytestmark = pytest.mark.django_db


def seen_by_mentor_of(match):
    with scope.entered(match.organisation_id):
        people = visible(actor_of(mentor_of(match)), SEE_PROGRESS, Person.objects.all())
        return set(people.values_list("pk", flat=True)) - {match.mentor_id}


def test_a_mentor_sees_the_maps_of_the_own_participant_and_of_nobody_else() -> None:
    match = MatchFactory()
    other = MatchFactory(programme=match.programme)

    assert seen_by_mentor_of(match) == {match.participant_id}
    assert seen_by_mentor_of(other) == {other.participant_id}


def test_after_the_end_of_a_match_the_maps_are_not_seen_any_more() -> None:
    match = MatchFactory(closed=True)

    assert seen_by_mentor_of(match) == set()
