"""Jobs run for each organisation under their own name, and their last run is remembered."""

import pytest

from kith.base import jobs, scope
from kith.base.models import JobRun
from kith.base.tests.factories import OrganisationFactory
from kith.gate.jobs import run, run_everywhere

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
