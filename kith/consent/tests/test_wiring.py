"""What consent does when something happens elsewhere, and its clocks."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from kith.base import permit, scope
from kith.base.events import announce
from kith.consent import queries, wiring
from kith.consent.models import Consent
from kith.consent.tests.factories import ConsentFactory
from kith.gate.actor import job_actor
from kith.gate.retention import JOB, run_retention
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import erase_person
from kith.people.events import ImportUndoAsked
from kith.people.queries import next_step
from kith.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def olena(ewa):
    return PersonFactory(organisation=ewa.organisation, is_participant=True)


def retention(ewa, as_of: date) -> None:
    run_retention(job_actor(JOB, ewa.organisation), as_of=as_of)


def test_when_someone_is_erased_no_consent_is_in_force_and_the_signature_is_gone(
    ewa, olena
) -> None:
    ConsentFactory(person=olena)

    erase_person(ewa, person=olena, today=TODAY, now=NOON)

    # A scope keeps the keys it has opened: look again as the next request would.
    with scope.entered(), scope.entered(ewa.organisation_id):
        row = Consent.objects.get()
        assert (row.state, row.latest, str(row.signature)) == ("given", False, "erased")
    assert list(queries.persons_agreed("mentoring")) == []


def test_the_proof_of_an_erased_person_goes_after_a_year(ewa, olena) -> None:
    ConsentFactory(person=olena)
    erase_person(ewa, person=olena, today=TODAY, now=NOON)

    retention(ewa, date(2027, 11, 1))
    kept = Consent.objects.count()
    retention(ewa, date(2027, 11, 2))

    assert (kept, Consent.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("purpose", "last_day", "day_after"),
    [
        ("sharing", date(2027, 11, 1), date(2027, 11, 2)),
        ("photos", date(2028, 10, 31), date(2028, 11, 1)),
    ],
)
def test_a_yes_for_a_limited_time_runs_out(ewa, olena, purpose, last_day, day_after) -> None:
    ConsentFactory(person=olena, purpose=purpose, decided_on=TODAY)

    retention(ewa, last_day)
    before = queries.in_force(olena, purpose)
    retention(ewa, day_after)

    assert before is True
    assert queries.in_force(olena, purpose) is False
    assert Consent.objects.count() == 1


def test_a_yes_to_mentoring_does_not_run_out(ewa, olena) -> None:
    ConsentFactory(person=olena, decided_on=date(2010, 1, 1))

    retention(ewa, TODAY)

    assert queries.in_force(olena, "mentoring") is True


def test_who_answered_stays_when_an_import_is_taken_back(ewa, olena) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)
    ConsentFactory(person=olena, refused=True)
    fact = ImportUndoAsked(uuid4(), [olena.pk, other.pk])

    with permit.lifted():
        announce(fact)

    assert fact.stays == {olena.pk: "has answered about consent"}


def test_the_next_step_of_a_new_person_is_the_talk(ewa, olena) -> None:
    step = wiring.next_step(ewa, olena)

    assert step is not None
    assert (step.label, step.url) == (
        "Talk about consent",
        f"/consent/people/{olena.pk}/mentoring/",
    )
    assert next_step(ewa, olena) == step


def test_who_has_answered_has_no_such_step(ewa, olena) -> None:
    ConsentFactory(person=olena, refused=True)

    assert wiring.next_step(ewa, olena) is None
