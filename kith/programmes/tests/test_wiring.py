"""What programmes do when something happens elsewhere, Today, and the clock of mentoring."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from kith.base import permit, scope
from kith.base.events import announce
from kith.gate.actor import job_actor
from kith.gate.retention import JOB, run_retention
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import erase_person
from kith.people.events import ImportUndoAsked
from kith.people.models import Person
from kith.people.rules import Side
from kith.people.tests.factories import PersonFactory
from kith.programmes import wiring
from kith.programmes.models import Enrolment
from kith.programmes.tests.factories import EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def programme(ewa):
    return ProgrammeFactory(organisation=ewa.organisation)


def test_an_erased_person_waits_no_more_and_the_reasons_are_gone(ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme, reasons=["language"], note="Shift work")

    erase_person(ewa, person=row.person, today=TODAY, now=NOON)

    kept = Enrolment.objects.get()
    assert (kept.state, kept.reasons, str(kept.note)) == ("ended", [], "")


def test_a_place_that_an_import_brought_goes_with_it_unless_there_is_a_match(
    ewa, programme
) -> None:
    waits = EnrolmentFactory(programme=programme)
    matched = EnrolmentFactory(programme=programme, state="matched")
    fact = ImportUndoAsked(uuid4(), [waits.person_id, matched.person_id])

    with permit.lifted():
        announce(fact)

    assert fact.stays == {matched.person_id: "is in a match or being asked about one"}
    assert list(Enrolment.objects.values_list("pk", flat=True)) == [matched.pk]


def erased_on(ewa, day: date) -> int:
    run_retention(job_actor(JOB, ewa.organisation), as_of=day)
    return Person.objects.filter(erased_at__isnull=False).count()


def test_two_years_and_a_month_after_the_last_place_the_record_is_erased(ewa, programme) -> None:
    EnrolmentFactory(programme=programme, state="ended", ended_on=date(2024, 1, 31))

    assert erased_on(ewa, date(2026, 1, 30)) == 0
    assert erased_on(ewa, date(2026, 2, 28)) == 0
    assert erased_on(ewa, date(2026, 3, 30)) == 1


def test_who_has_another_place_is_kept(ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme, state="ended", ended_on=date(2020, 1, 31))
    EnrolmentFactory(programme=programme, person=row.person)

    assert erased_on(ewa, date(2026, 1, 30)) == 0
    assert erased_on(ewa, date(2026, 3, 30)) == 0


def test_today_counts_who_has_no_place(ewa, programme) -> None:
    EnrolmentFactory(programme=programme)
    PersonFactory(organisation=ewa.organisation, is_participant=True)

    lines = list(wiring.lines(ewa, TODAY))

    assert [(line.what, line.count) for line in lines] == [
        ("1 person has no place in a programme", 1)
    ]


def test_today_says_which_breaks_are_over(ewa, programme) -> None:
    EnrolmentFactory(programme=programme, state="paused", paused_until=TODAY)
    EnrolmentFactory(programme=programme, state="paused", paused_until=date(2026, 11, 3))

    lines = list(wiring.lines(ewa, TODAY))

    assert [line.what for line in lines] == ["The break of 1 person is over"]


def test_the_first_step_is_to_open_a_programme_until_one_runs(ewa) -> None:
    before = wiring.first_programme(ewa)
    ProgrammeFactory(organisation=ewa.organisation)
    after = wiring.first_programme(ewa)

    assert before is not None
    assert (before.what, after) == ("Open your first programme", None)


def test_the_next_step_of_someone_without_a_place(ewa, programme) -> None:
    new = PersonFactory(organisation=ewa.organisation, is_participant=True)
    waits = EnrolmentFactory(programme=programme).person
    left = EnrolmentFactory(programme=programme, ended=True).person

    steps = [wiring.next_step(ewa, one) for one in (new, waits, left)]

    assert [step and step.url for step in steps] == [
        f"/programmes/people/{new.pk}/enrol/participant/",
        None,
        f"/programmes/people/{left.pk}/enrol/participant/",
    ]


def test_lists_of_people_say_who_waits(ewa, programme) -> None:
    row = EnrolmentFactory(programme=programme)
    ended = EnrolmentFactory(programme=programme, ended=True)

    said = wiring.standings(ewa, [row.person_id, ended.person_id], Side.PARTICIPANT)

    assert {key: str(one.label) for key, one in said.items()} == {row.person_id: "Waiting"}
