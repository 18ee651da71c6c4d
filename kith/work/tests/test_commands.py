"""Acts on qualifications, work, applications, and on what a mentor sees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.consent.models import Consent
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.tests.factories import PersonFactory
from kith.work import commands
from kith.work.commands import Done, Learned, Outcome, Wanted
from kith.work.models import Application, Cv, Interview, Job, Move, Qualification, Sharing
from kith.work.queries import record
from kith.work.rules import MOST_ENTRIES, Part, Recognition, Stage, Way
from kith.work.tests.factories import (
    ApplicationFactory,
    CvFactory,
    InterviewFactory,
    JobFactory,
    MoveFactory,
    QualificationFactory,
    SharingFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
NURSE = Learned("Nurse", "Nursing school", 2014)
R = Recognition


@pytest.fixture(autouse=True)
def _inside(ewa):
    with scope.entered(ewa.organisation_id):
        yield


def added(me, amal):
    return commands.add_qualification(
        actor_of(me), person=amal, learned=NURSE, today=TODAY, now=NOW
    )


def moved(me, amal, row, state, **more):
    outcome = Outcome(state, more.pop("on", TODAY), **more)
    return commands.move_qualification(
        actor_of(me), person=amal, qualification=row, outcome=outcome, now=NOW
    )


def test_a_qualification_begins_at_home_and_keeps_its_day(me, amal) -> None:
    row = added(me, amal)

    assert (row.state, row.state_on) == ("at_home", TODAY)
    assert [(one.state, one.on) for one in record.moves_of(row)] == [("at_home", TODAY)]


def test_recognition_goes_on_with_office_and_expected_day(me, amal) -> None:
    row = added(me, amal)
    due = TODAY + timedelta(days=90)

    moved(me, amal, row, R.HANDED_IN, office=" Chamber of nurses ", answer_due_on=due)

    row.refresh_from_db()
    assert (row.state, row.office, row.answer_due_on) == ("handed_in", "Chamber of nurses", due)
    assert [one.state for one in record.moves_of(row)] == ["handed_in", "at_home"]


def test_an_expected_day_ends_with_the_answer(me, amal) -> None:
    row = added(me, amal)
    moved(me, amal, row, R.HANDED_IN, answer_due_on=TODAY)

    moved(me, amal, row, R.RECOGNISED, answer_due_on=TODAY)

    assert row.answer_due_on is None


def test_a_step_the_table_does_not_have_is_refused(me, amal) -> None:
    with pytest.raises(commands.RecognitionMovedOn):
        moved(me, amal, added(me, amal), R.RECOGNISED)


@pytest.mark.parametrize("state", [R.PARTLY, R.NOT_RECOGNISED])
def test_a_no_asks_what_comes_next(me, amal, state) -> None:
    row = added(me, amal)
    moved(me, amal, row, R.HANDED_IN)

    with pytest.raises(commands.NextStepMissing):
        moved(me, amal, row, state, next_step="  ")
    moved(me, amal, row, state, next_step="A course that fills the gap", next_on=TODAY)

    assert (row.state, row.next_step) == (state.value, "A course that fills the gap")


def test_a_day_without_a_step_is_not_kept(me, amal) -> None:
    row = added(me, amal)

    commands.plan_step(actor_of(me), person=amal, qualification=row, next_step=" ", next_on=TODAY)

    assert (row.next_step, row.next_on) == ("", None)


def test_without_the_yes_to_mentoring_nothing_is_written(me, amal) -> None:
    with permit.lifted():
        Consent.objects.filter(person=amal).delete()

    with pytest.raises(commands.ConsentMissing):
        added(me, amal)
    with pytest.raises(commands.ConsentMissing):
        commands.add_job(actor_of(me), person=amal, done=Done("Nurse"))
    with pytest.raises(commands.ConsentMissing):
        apply(me, amal)


def test_a_list_ends(me, amal) -> None:
    for _number in range(MOST_ENTRIES):
        JobFactory(person=amal)

    with pytest.raises(commands.ListIsFull):
        commands.add_job(actor_of(me), person=amal, done=Done("Nurse"))


def test_an_entry_of_somebody_else_is_not_changed(ewa, me, amal) -> None:
    other = QualificationFactory(person=PersonFactory(organisation=ewa.organisation))

    for act in (
        lambda: commands.change_qualification(
            actor_of(me), person=amal, qualification=other, learned=NURSE
        ),
        lambda: commands.remove_qualification(actor_of(me), person=amal, qualification=other),
        lambda: moved(me, amal, other, R.TRANSLATING),
    ):
        with pytest.raises(commands.NotOfThisPerson):
            act()


def test_years_of_work_follow_each_other(amal) -> None:
    with pytest.raises(IntegrityError):
        JobFactory(person=amal, begun_in=2020, ended_in=2019)


# ── Applications ─────────────────────────────────────────────────────────────────────────────────


def apply(me, amal):
    return commands.add_application(
        actor_of(me), person=amal, wanted=Wanted(Way.JOB, "Cook"), today=TODAY, now=NOW
    )


def on(me, amal, row, stage, **more):
    given = {"on": TODAY, "answer_due_on": None, "starts_on": None, **more}
    return commands.move_application(
        actor_of(me), person=amal, application=row, stage=stage, now=NOW, **given
    )


def test_an_application_goes_from_plan_to_yes(me, amal) -> None:
    row = apply(me, amal)
    first_day = TODAY + timedelta(days=30)

    on(me, amal, row, Stage.SENT, answer_due_on=first_day)
    on(me, amal, row, Stage.OFFERED, answer_due_on=first_day, starts_on=first_day)
    on(me, amal, row, Stage.ACCEPTED, starts_on=first_day)

    assert (row.stage, row.closed_on, row.answer_due_on, row.starts_on) == (
        "accepted",
        TODAY,
        None,
        first_day,
    )
    assert len(record.moves_of(row)) == 4


def test_what_is_over_reminds_of_nothing(me, amal) -> None:
    row = commands.add_application(
        actor_of(me),
        person=amal,
        wanted=Wanted(Way.JOB, "Cook", "", "Write the letter", TODAY),
        today=TODAY,
        now=NOW,
    )

    on(me, amal, row, Stage.LET_GO)

    assert (row.next_step, row.next_on) == ("", None)
    with pytest.raises(commands.ApplicationMovedOn):
        on(me, amal, row, Stage.SENT)


def test_an_interview_says_that_somebody_is_invited(me, amal) -> None:
    row = apply(me, amal)
    on(me, amal, row, Stage.SENT, answer_due_on=TODAY)

    commands.add_interview(
        actor_of(me), person=amal, application=row, starts_at=NOW, place="", bring="", today=TODAY
    )

    assert (row.stage, row.answer_due_on) == ("invited", None)
    assert Interview.objects.filter(application=row).count() == 1


def test_no_interview_is_noted_when_it_is_over(me, amal) -> None:
    row = apply(me, amal)
    on(me, amal, row, Stage.LET_GO)

    with pytest.raises(commands.ApplicationMovedOn):
        commands.add_interview(
            actor_of(me),
            person=amal,
            application=row,
            starts_at=NOW,
            place="",
            bring="",
            today=TODAY,
        )


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


def test_a_mentor_writes_what_is_shown_and_nothing_else(jan, amal) -> None:
    SharingFactory(person=amal, parts=["applications"])

    apply(jan, amal)

    with pytest.raises(Denied):
        added(jan, amal)
    with pytest.raises(Denied):
        commands.add_job(actor_of(jan), person=amal, done=Done("Nurse"))


def test_a_mentor_of_somebody_else_writes_nothing(ewa, jan, amal) -> None:
    SharingFactory(person=amal, parts=[part.value for part in Part])
    other = MembershipFactory(organisation=ewa.organisation, mentor=True)

    with pytest.raises(Denied):
        apply(other, amal)


def test_a_mentor_does_not_open_a_part_for_themselves(jan, amal) -> None:
    SharingFactory(person=amal, parts=["jobs"])

    with pytest.raises(Denied):
        commands.show_to_mentor(actor_of(jan), person=amal, parts=list(Part), today=TODAY)


def test_what_is_shown_is_said_by_the_person_and_changed_at_any_time(me, amal) -> None:
    commands.show_to_mentor(actor_of(me), person=amal, parts=[Part.JOBS], today=TODAY)
    row = commands.show_to_mentor(actor_of(me), person=amal, parts=[], today=TODAY)

    assert (row.parts, row.noted_by) == ([], None)
    assert Sharing.objects.filter(person=amal).count() == 1


def test_a_coordinator_notes_it_only_for_someone_without_a_sign_in(ewa, amal) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)

    row = commands.show_to_mentor(actor_of(ewa), person=other, parts=[Part.JOBS], today=TODAY)

    assert row.noted_by == ewa
    with pytest.raises(Denied):
        commands.show_to_mentor(actor_of(ewa), person=amal, parts=[Part.JOBS], today=TODAY)


@pytest.mark.parametrize("role", ["volunteer_matcher", "supervisor", "platform_administrator"])
def test_other_roles_write_nothing(ewa, amal, role) -> None:
    member = MembershipFactory(organisation=ewa.organisation, roles=[role])

    with pytest.raises(Denied):
        added(member, amal)


# ── Letting go ───────────────────────────────────────────────────────────────────────────────────


def test_erasing_someone_takes_everything_and_leaves_the_others(ewa, amal) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)
    for person in (amal, other):
        MoveFactory(qualification=QualificationFactory(person=person))
        InterviewFactory(application=ApplicationFactory(person=person))
        JobFactory(person=person)
        SharingFactory(person=person)
        CvFactory(person=person)

    with permit.lifted():
        commands.let_go_of_person(amal.pk)

    tables = (Move, Interview, Application, Qualification, Job, Cv, Sharing)
    assert [list(one.objects.values_list("person", flat=True)) for one in tables] == [
        [other.pk]
    ] * 7


def test_applications_go_two_years_after_they_were_over(amal) -> None:
    old = ApplicationFactory(person=amal, stage="declined", closed_on=TODAY - timedelta(days=731))
    ApplicationFactory(person=amal, stage="declined", closed_on=TODAY - timedelta(days=729))
    ApplicationFactory(person=amal)

    due = list(record.closed_before(TODAY - timedelta(days=730)))
    with permit.lifted():
        number = commands.remove_applications(due)

    assert (due, number, Application.objects.count()) == ([old.pk], 1, 2)
