"""Runs the registered jobs: for each organisation, as a named actor, remembering how it went."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from croniter import croniter
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


def ask_for_due(now: datetime) -> list[str]:
    """Put every periodic job in the queue whose time came since it last ran; gives their names.

    A job that stands in the queue already is not put there twice.
    """
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs Django ready
    from procrastinate.exceptions import AlreadyEnqueued  # noqa: PLC0415

    due = sorted((_last_tick(job.cron, now), job.name) for job in jobs.registered() if job.cron)
    asked = [name for tick, name in due if _has_not_run_since(name, tick)]
    for name in asked:
        with suppress(AlreadyEnqueued), transaction.atomic():
            app.configure_task(name, queueing_lock=name).defer(timestamp=int(now.timestamp()))
    return asked


def _last_tick(cron: str, now: datetime) -> datetime:
    """The last moment up to now that a cron line names; Procrastinate reads them as UTC."""
    ticks = croniter(cron, now.astimezone(UTC) + timedelta(seconds=1))
    found: datetime = ticks.get_prev(datetime)
    return found


def _has_not_run_since(name: str, tick: datetime) -> bool:
    for organisation_id in jobs.organisations():
        with scope.entered(organisation_id):
            if not JobRun.objects.filter(name=name, started_at__gte=tick).exists():
                return True
    return False


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
