"""Runs the registered jobs: for each organisation, as a named actor, remembering how it went."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import close_old_connections, transaction

from kith.base import clock, jobs, permit, scope
from kith.base.models import JobRun, Organisation
from kith.gate.actor import job_actor


def on_app_ready(app: Any) -> None:
    """Take the registered jobs to Procrastinate once Django is ready."""
    for job in jobs.registered():
        if job.cron:
            task = app.task(name=job.name, queueing_lock=job.name)(partial(_tick, job.name))
            app.periodic(cron=job.cron)(task)
        else:
            app.task(name=job.name)(partial(_once, job.name))


def _tick(name: str, timestamp: int) -> None:
    close_old_connections()
    run_everywhere(name)


def _once(name: str, organisation_id: str, **keys: str) -> None:
    close_old_connections()
    run(name, UUID(organisation_id), **keys)


def run_everywhere(name: str) -> None:
    """Run a job for every organisation; one that fails does not keep the others from theirs."""
    failures = []
    for organisation_id in jobs.organisations():
        try:
            run(name, organisation_id)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{name} failed for {len(failures)} organisations", failures)


def run(name: str, organisation_id: UUID, **keys: str) -> str:
    """Run a job for one organisation and keep its result; gives the result."""
    job = jobs.job(name)
    with scope.entered(organisation_id):
        actor = job_actor(name, Organisation.objects.get(pk=organisation_id))
        started = clock.now()
        try:
            result = job.work(actor, **keys)
        except Exception as failure:
            _remember(name, started, state="failed", result=type(failure).__name__)
            raise
        _remember(name, started, state="done", result=result)
    return result


def _remember(name: str, started: Any, *, state: str, result: str) -> None:
    with transaction.atomic(), permit.lifted():
        JobRun.objects.filter(name=name).delete()
        JobRun.objects.create(
            name=name, started_at=started, ended_at=clock.now(), state=state, result=result[:300]
        )
