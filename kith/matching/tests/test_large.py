"""What is done differently where many people take part, so that no page waits for it."""

import pytest

from kith.base import scope
from kith.gate.tests.factories import actor_of
from kith.matching import commands
from kith.matching.commands import rolling
from kith.matching.queries.pool import pool
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
def asked_for(monkeypatch):
    """The work that was asked for, instead of the queue."""
    asked = []
    monkeypatch.setattr(rolling, "ask_for", lambda name, _organisation, **keys: asked.append(name))
    return asked


def brought_up_to_date(programme):
    """A round of one pair to which one more has come, after the button was pressed."""
    waiting_participant(programme)
    free_mentor(programme, capacity=2)
    ewa = actor_of(staff(programme))
    round_ = commands.open_round(ewa, programmes=[programme], seed=7, today=TODAY, now=NOW)
    waiting_participant(programme)
    return commands.bring_up_to_date(ewa, round=round_, today=TODAY, now=NOW)


def test_a_small_round_is_brought_up_to_date_while_the_page_waits(programme, asked_for) -> None:
    assert (brought_up_to_date(programme), asked_for) == (1, [])


def test_a_large_one_is_brought_up_to_date_behind_the_page(
    programme, asked_for, monkeypatch
) -> None:
    monkeypatch.setattr(rolling, "SMALL_CELLS", 0)

    assert (brought_up_to_date(programme), asked_for) == (None, ["matching.newcomer"])


def test_looking_at_the_lists_reads_no_more_than_it_is_asked_for(programme) -> None:
    for _ in range(3):
        waiting_participant(programme)
        free_mentor(programme)

    with scope.entered(programme.organisation_id):
        found = pool(actor_of(staff(programme)), [programme], today=TODAY, most=2)

    assert (len(found.participants), len(found.mentors)) == (2, 2)
