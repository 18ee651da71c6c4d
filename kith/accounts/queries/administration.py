"""Jobs and audit, for those who keep the house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from kith.accounts.permissions import (
    READ_AUDIT,
    SEE_JOBS,
)
from kith.accounts.queries.own import house_of
from kith.accounts.rules import NOTED, RECORDS
from kith.base import jobs
from kith.base.models import JobRun
from kith.gate.actor import Actor
from kith.gate.models import AuditEvent, Membership
from kith.gate.permissions import all_permissions, visible

if TYPE_CHECKING:
    from kith.base.jobs import Job

PAGE = 50


@dataclass(frozen=True)
class JobLine:
    """A periodic job and its last run."""

    job: Job
    run: JobRun | None


def job_lines(actor: Actor) -> list[JobLine]:
    """Every periodic job with its last run."""
    runs = {run.name: run for run in visible(actor, SEE_JOBS, JobRun.objects.all())}
    return [JobLine(job, runs.get(job.name)) for job in jobs.registered() if job.cron]


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit with the name of who did it."""

    event: AuditEvent
    who: str
    sentence: str
    record: str
    fields: list[str]


def audit_page(
    actor: Actor,
    *,
    row_id: UUID | None = None,
    actor_id: str = "",
    before: int | None = None,
    size: int = PAGE,
) -> tuple[list[AuditLine], int | None]:
    """Who did or read what, the newest first, and where the next page starts."""
    rows = visible(actor, READ_AUDIT, AuditEvent.objects.order_by("-seq"))
    if row_id is not None:
        rows = rows.filter(row_id=row_id)
    if actor_id:
        rows = rows.filter(actor_id=actor_id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows[: size + 1])
    names = _names_of(actor, found[:size])
    lines = [_audit_line(event, names) for event in found[:size]]
    return lines, found[size - 1].seq if len(found) > size else None


def _audit_line(event: AuditEvent, names: dict[str, str]) -> AuditLine:
    fields = sorted({name for changed in event.changes.values() for name in changed} - {"+", "-"})
    who = names.get(event.actor_id, event.actor_id)
    return AuditLine(event, who, _sentence(event.verb), _record(event.row_model), fields)


def _record(label: str) -> str:
    return str(RECORDS.get(label, label))


def _sentence(verb: str) -> str:
    name = verb.removeprefix("refused: ")
    known = {one.name: one.sentence for one in all_permissions()} | NOTED
    sentence = str(known.get(name, name))
    return _("Tried in vain: %(what)s") % {"what": sentence} if verb != name else sentence


def _names_of(actor: Actor, events: Sequence[AuditEvent]) -> dict[str, str]:
    users = set(_user_ids(event.actor_id for event in events))
    rows = Membership.objects.filter(organisation_id=house_of(actor), user_id__in=users)
    return {str(row.user_id): str(row.name) for row in rows}


def _user_ids(texts: Iterable[str]) -> Iterator[UUID]:
    for text in texts:
        try:
            yield UUID(text)
        except ValueError:
            continue


def health(actor: Actor) -> dict[str, int]:
    """A few figures by which the platform administrator sees whether things go well."""
    lines = job_lines(actor)
    states = [line.run.state if line.run else "never" for line in lines]
    return {
        "jobs": len(lines),
        "failed": states.count("failed"),
        "never": states.count("never"),
        "organisations": len(jobs.organisations()),
    }
