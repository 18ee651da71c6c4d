"""Jobs run for each organisation under their own name, and their last run is remembered."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kith.base import jobs, scope
from kith.base.models import JobRun
from kith.base.tests.factories import OrganisationFactory
from kith.gate.jobs import ask_for_due, run, run_everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(monkeypatch):
    monkeypatch.setattr(jobs, "_register", {})
    return jobs


def runs(organisation):
    with scope.entered(organisation.pk):
        return list(JobRun.objects.values_list("name", "state", "result"))


def test_a_periodic_job_runs_for_each_organisation_and_remembers_the_result(register) -> None:
    mine, other = OrganisationFactory(), OrganisationFactory()
    register.every(
        jobs.DAILY, "test.count", "Count", lambda actor: f"for {actor.organisation.name}"
    )

    run_everywhere("test.count")

    assert runs(mine) == [("test.count", "done", f"for {mine.name}")]
    assert runs(other) == [("test.count", "done", f"for {other.name}")]


def test_the_second_run_replaces_the_first(register) -> None:
    mine = OrganisationFactory()
    results = iter(["first", "second"])
    register.on_demand("test.count", "Count", lambda actor: next(results))

    run("test.count", mine.pk)
    run("test.count", mine.pk)

    assert runs(mine) == [("test.count", "done", "second")]


def test_a_failing_job_is_remembered_by_the_kind_of_its_fault_and_keeps_no_one_waiting(
    register,
) -> None:
    mine, other = OrganisationFactory(), OrganisationFactory()

    def stumble(actor):
        if actor.organisation == mine:
            raise ValueError("Ewa Kowalczuk cannot be counted")
        return "counted"

    register.every(jobs.DAILY, "test.count", "Count", stumble)

    with pytest.raises(ExceptionGroup):
        run_everywhere("test.count")

    assert runs(mine) == [("test.count", "failed", "ValueError")]
    assert runs(other) == [("test.count", "done", "counted")]


def test_a_job_works_as_itself_with_the_keys_it_was_given(register) -> None:
    mine = OrganisationFactory()
    seen = []

    def work(actor, row):
        seen.append((actor.job, row))
        return "done"

    register.on_demand("test.one", "One", work)

    run("test.one", mine.pk, row="17")

    assert seen == [("test.one", "17")]


def test_two_jobs_of_one_name_are_refused(register) -> None:
    register.on_demand("test.one", "One", lambda actor: "")

    with pytest.raises(jobs.JobTwice):
        register.on_demand("test.one", "Another", lambda actor: "")


def test_a_job_is_deferred_in_the_transaction_of_its_act() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    mine = OrganisationFactory()
    name = next(job.name for job in jobs.registered())

    number = jobs.ask_for(name, mine.pk, timestamp=0)

    waiting = ProcrastinateJob.objects.get(pk=number)
    assert (waiting.task_name, waiting.args) == (
        name,
        {"organisation_id": str(mine.pk), "timestamp": "0"},
    )


def test_every_periodic_job_of_procrastinate_is_in_our_register() -> None:
    from procrastinate.contrib.django import app

    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert periodic == {job.name for job in jobs.registered() if job.cron}


AT_TEN = datetime(2026, 11, 22, 10, 7, 30, tzinfo=UTC)


@pytest.fixture
def hourly(register):
    """A job at seven minutes past each hour that ran half a minute late at ten."""
    mine = OrganisationFactory()
    register.every(jobs.HOURLY, "test.hourly", "Each hour", lambda actor: "done")
    with time_machine.travel(AT_TEN, tick=False):
        run("test.hourly", mine.pk)
    return mine


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        (timedelta(seconds=1), []),
        (timedelta(minutes=59, seconds=29), []),
        (timedelta(minutes=59, seconds=30), ["test.hourly"]),
        (timedelta(days=40), ["test.hourly"]),
    ],
    ids=str,
)
def test_a_periodic_job_is_asked_for_once_its_time_has_come_again(hourly, later, asked) -> None:
    assert ask_for_due(AT_TEN + later) == asked


def test_a_job_that_an_organisation_has_never_seen_is_asked_for(hourly) -> None:
    OrganisationFactory()

    assert ask_for_due(AT_TEN + timedelta(seconds=1)) == ["test.hourly"]


def test_a_job_that_waits_in_the_queue_is_not_put_there_twice(hourly) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    for hours in (1, 2):
        ask_for_due(AT_TEN + timedelta(hours=hours))

    assert ProcrastinateJob.objects.filter(task_name="test.hourly").count() == 1


def test_what_was_due_first_is_asked_for_first(register) -> None:
    OrganisationFactory()
    register.every(jobs.HOURLY, "a.hourly", "Each hour", lambda actor: "")
    register.every(jobs.DAILY, "z.nightly", "Each night", lambda actor: "")
    register.on_demand("b.one", "When asked", lambda actor: "")

    assert ask_for_due(AT_TEN) == ["z.nightly", "a.hourly"]
