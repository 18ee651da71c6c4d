"""Retention: marked, erased after the grace, held with a reason, proved."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from kith.base import permit, retention, scope
from kith.base.errors import Denied
from kith.base.models import LegalHold, RetentionMark, RetentionProof
from kith.base.retention import Category
from kith.gate.actor import job_actor
from kith.gate.retention import Outcome, proof_holds, run_retention
from kith.gate.tests.factories import MembershipFactory, actor_of

pytestmark = pytest.mark.django_db

OLD, NEW = UUID(int=1), UUID(int=2)
BEGAN = {OLD: date(2026, 1, 1), NEW: date(2026, 6, 1)}


@pytest.fixture
def erased(monkeypatch):
    """A category of two records, 30 days and 7 of grace; gives what was erased."""
    gone: list[UUID] = []

    def due(began_by):
        return [row for row, began in BEGAN.items() if began <= began_by and row not in gone]

    def erase(rows):
        gone.extend(rows)
        return len(rows)

    category = Category("test", "Tests", timedelta(days=30), timedelta(days=7), due, erase)
    monkeypatch.setattr(retention, "_register", {"test": category})
    return gone


@pytest.fixture
def job():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield job_actor("gate.retention", member.organisation)


def test_a_record_is_marked_when_its_time_is_over_and_erased_after_the_grace(job, erased) -> None:
    before = run_retention(job, as_of=date(2026, 1, 30))
    marked = run_retention(job, as_of=date(2026, 1, 31))
    waiting = run_retention(job, as_of=date(2026, 2, 6))
    done = run_retention(job, as_of=date(2026, 2, 7))

    assert before == [Outcome("test", 0, 0, 0, 0)]
    assert marked == [Outcome("test", 1, 0, 1, 0)]
    assert waiting == [Outcome("test", 1, 0, 0, 0)]
    assert done == [Outcome("test", 1, 0, 0, 1)]
    assert erased == [OLD]
    assert list(RetentionMark.objects.all()) == []


def test_a_dry_run_changes_nothing(job, erased) -> None:
    run_retention(job, as_of=date(2026, 1, 31))

    outcome = run_retention(job, as_of=date(2026, 3, 1), dry_run=True)

    assert outcome == [Outcome("test", 1, 0, 0, 1)]
    assert erased == []
    assert RetentionMark.objects.count() == 1


def test_a_held_record_is_kept_until_the_hold_ends(job, erased) -> None:
    with permit.lifted():
        LegalHold.objects.create(row_id=OLD, reason="A court asked", until=date(2026, 5, 1))
    run_retention(job, as_of=date(2026, 1, 31))

    held = run_retention(job, as_of=date(2026, 3, 1))
    run_retention(job, as_of=date(2026, 5, 2))
    run_retention(job, as_of=date(2026, 5, 9))

    assert held == [Outcome("test", 1, 1, 0, 0)]
    assert erased == [OLD]


def test_each_erasure_leaves_a_sealed_proof(job, erased) -> None:
    run_retention(job, as_of=date(2026, 1, 31))
    run_retention(job, as_of=date(2026, 2, 7))

    proof = RetentionProof.objects.get()

    assert (proof.category, proof.as_of, proof.erased) == ("test", date(2026, 2, 7), 1)
    assert proof_holds(proof)
    proof.erased = 0
    assert not proof_holds(proof)


def test_a_coordinator_cannot_start_the_erasing(erased) -> None:
    ewa = MembershipFactory()

    with pytest.raises(Denied):
        run_retention(actor_of(ewa), as_of=date(2026, 3, 1))

    assert erased == []
