"""Work a person has done."""

from dataclasses import dataclass

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.models import Person
from kith.work.commands.shared import require_consent, require_own, require_room
from kith.work.models import Job
from kith.work.permissions import KEEP_JOBS


@dataclass(frozen=True)
class Done:
    """What someone did, where, and in which years."""

    title: str
    employer: str = ""
    what: str = ""
    begun_in: int | None = None
    ended_in: int | None = None


@command(KEEP_JOBS, on="person")
def add_job(actor: Actor, *, person: Person, done: Done) -> Job:
    """Write down work that was done. Raises ConsentMissing, ListIsFull."""
    require_consent(person)
    require_room(Job.objects.filter(person=person))
    return _write(Job(person=person), done)


@command(KEEP_JOBS, on="person")
def change_job(actor: Actor, *, person: Person, job: Job, done: Done) -> Job:
    """Change an entry. Raises ConsentMissing, NotOfThisPerson."""
    require_consent(person)
    require_own(person, job)
    return _write(job, done)


@command(KEEP_JOBS, on="person")
def remove_job(actor: Actor, *, person: Person, job: Job) -> None:
    """Take an entry out for good. Raises NotOfThisPerson."""
    require_own(person, job)
    job.delete()


def _write(row: Job, done: Done) -> Job:
    row.title, row.employer, row.what = done.title.strip(), done.employer.strip(), done.what.strip()
    row.begun_in, row.ended_in = done.begun_in, done.ended_in
    row.save()
    return row
