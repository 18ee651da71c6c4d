"""What a round keeps about those who took part, and when it goes."""

from datetime import timedelta

import pytest

from kith.base import permit, scope
from kith.gate.tests.factories import actor_of
from kith.matching import commands
from kith.matching.models import Proposal, Run
from kith.matching.queries.rounds import has_record, records_before
from kith.matching.queries.standing import NothingStands
from kith.matching.tests.factories import (
    NOW,
    TODAY,
    ProgrammeFactory,
    free_mentor,
    staff,
    waiting_participant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def closed_round(programme):
    """A round with one pair, closed today."""
    waiting_participant(programme)
    free_mentor(programme)
    ewa = actor_of(staff(programme))
    round_ = commands.open_round(ewa, programmes=[programme], seed=7, today=TODAY, now=NOW)
    return commands.close_round(ewa, round=round_)


def test_the_record_of_a_closed_round_is_due_from_the_day_of_its_last_run(closed_round) -> None:
    with scope.entered(closed_round.organisation_id):
        assert list(records_before(TODAY - timedelta(days=1))) == []
        assert list(records_before(TODAY)) == [closed_round.pk]


def test_a_round_that_is_open_keeps_its_record(programme) -> None:
    waiting_participant(programme)
    free_mentor(programme)
    ewa = actor_of(staff(programme))
    commands.open_round(ewa, programmes=[programme], seed=7, today=TODAY, now=NOW)

    with scope.entered(programme.organisation_id):
        assert list(records_before(TODAY + timedelta(days=999))) == []


def test_without_its_record_a_run_keeps_pairs_and_figures_and_cannot_be_repeated(
    closed_round,
) -> None:
    with scope.entered(closed_round.organisation_id), permit.lifted():
        assert commands.forget_records([closed_round.pk]) == 1

    with scope.entered(closed_round.organisation_id):
        run = Run.objects.get()
        assert (has_record(run), run.counts["pairs"], run.proof["violation"]) == (False, 1, 0)
        assert Proposal.objects.count() == 1
        assert list(records_before(TODAY)) == []
    ewa = actor_of(staff(closed_round))
    with pytest.raises(NothingStands):
        commands.repeat_run(ewa, run=run, now=NOW)
