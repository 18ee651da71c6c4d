"""Work behind the page: one register of periodic and deferred jobs.

A job works for one organisation at a time, under its own name; its arguments are keys of rows and
never words about people. The gate runs them on Procrastinate, whose queue lies in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise

Work = Callable[..., str]

HOURLY = "7 * * * *"
DAILY = "17 3 * * *"
WEEKLY = "37 4 * * 1"


@dataclass(frozen=True)
class Job:
    """A named piece of work: `work(actor, **keys)` gives one short sentence without names."""

    name: str
    sentence: str | Promise
    work: Work
    cron: str = ""


class JobTwice(RuntimeError):
    """Two rooms registered a job of the same name."""


_register: dict[str, Job] = {}


def _add(job: Job) -> None:
    known = _register.get(job.name)
    if known is not None and known != job:
        raise JobTwice(job.name)
    _register[job.name] = job


def every(cron: str, name: str, sentence: str | Promise, work: Work) -> None:
    """Register a periodic job, from a room's wiring. Raises JobTwice."""
    _add(Job(name, sentence, work, cron))


def on_demand(name: str, sentence: str | Promise, work: Work) -> None:
    """Register a job that acts ask for, from a room's wiring. Raises JobTwice."""
    _add(Job(name, sentence, work))


def registered() -> list[Job]:
    """All jobs by name."""
    return [_register[name] for name in sorted(_register)]


def job(name: str) -> Job:
    """One job. Raises KeyError."""
    return _register[name]


def ask_for(name: str, organisation_id: UUID, **keys: Any) -> int:
    """Put a job in the queue, in the transaction of the act that needs it; gives its number."""
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs Django ready

    known = job(name)
    arguments = {key: str(value) for key, value in keys.items()}
    task = app.configure_task(known.name)
    return int(task.defer(organisation_id=str(organisation_id), **arguments))


def organisations() -> list[UUID]:
    """The keys of all organisations: the one thing that may be known without a scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kith_organisations()")
        return [row[0] for row in cursor.fetchall()]
