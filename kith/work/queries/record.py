"""One person's page: what they have learned and done, and what they apply for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kith.consent.queries import in_force
from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import allows, visible
from kith.people.models import Person
from kith.progress.permissions import near
from kith.work.models import Application, Interview, Job, Move, Qualification, Sharing
from kith.work.permissions import OF_PART, SEE_WORK, own_participant
from kith.work.rules import MOST_ENTRIES, PURPOSE, Part

MOST_MOVES = 60


@dataclass(frozen=True)
class Record:
    """What an actor may see of one person; parts that are not shown are empty."""

    person: Person
    parts: frozenset[Part]
    qualifications: list[Qualification]
    jobs: list[Job]
    applications: list[Application]
    interviews: list[Interview]

    def shows(self, part: Part) -> bool:
        """Whether this part is open to the actor."""
        return part in self.parts

    @property
    def going(self) -> list[Application]:
        """Applications that are not over."""
        return [one for one in self.applications if one.closed_on is None]

    @property
    def over(self) -> list[Application]:
        """Applications that are over, the newest first."""
        return [one for one in self.applications if one.closed_on is not None]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not (self.qualifications or self.jobs or self.applications)


def people(actor: Actor) -> "QuerySet[Person]":
    """Participants whose page this actor may open."""
    rows = Person.objects.filter(erased_at__isnull=True, is_participant=True)
    return visible(actor, SEE_WORK, rows)


def own_record(actor: Actor) -> Person | None:
    """The signed-in participant's own record, if there is one."""
    rows = Person.objects.filter(own_participant(actor), erased_at__isnull=True)
    found: Person | None = rows.filter(organisation_id=actor.organisation_id).first()
    return found


def open_parts(actor: Actor, person: Person) -> frozenset[Part]:
    """The parts of a person's page that are open to the actor."""
    return frozenset(part for part, needed in OF_PART.items() if allows(actor, needed, person))


@reads(SEE_WORK, on="person", own=near)
def record(actor: Actor, *, person: Person) -> Record:
    """Open a person's page; the look is noted. Raises Denied, ReasonNeeded."""
    parts = open_parts(actor, person)
    applications = list(_applications(person)) if Part.APPLICATIONS in parts else []
    return Record(
        person=person,
        parts=parts,
        qualifications=list(_qualifications(person)) if Part.QUALIFICATIONS in parts else [],
        jobs=jobs_of(person) if Part.JOBS in parts else [],
        applications=applications,
        interviews=interviews_of([one for one in applications if one.closed_on is None]),
    )


def jobs_of(person: Person) -> list[Job]:
    """What a person did, the latest first, as a CV lists it."""
    rows = list(Job.objects.filter(person=person).order_by("-id")[:MOST_ENTRIES])
    return sorted(rows, key=lambda row: -(row.ended_in or (9999 if row.begun_in else 0)))


def qualifications_of(person: Person) -> list[Qualification]:
    """What a person learned, the latest first, as a CV lists it."""
    rows = list(Qualification.objects.filter(person=person).order_by("-id")[:MOST_ENTRIES])
    return sorted(rows, key=lambda row: -(row.finished_in or 0))


def interviews_of(applications: Sequence[Application]) -> list[Interview]:
    """Talks people are invited to, in the order of their time."""
    rows = Interview.objects.filter(application__in=applications).select_related("application")
    return list(rows.order_by("starts_at", "id")[:MOST_ENTRIES])


def qualification_rows(person: Person) -> "QuerySet[Qualification]":
    """The qualifications of one person."""
    return Qualification.objects.filter(person=person)


def job_rows(person: Person) -> "QuerySet[Job]":
    """The work of one person."""
    return Job.objects.filter(person=person)


def application_rows(person: Person) -> "QuerySet[Application]":
    """The applications of one person."""
    return Application.objects.filter(person=person)


def interview_rows(person: Person) -> "QuerySet[Interview]":
    """The interviews of one person."""
    return Interview.objects.filter(person=person).select_related("application")


def moves_of(row: Qualification | Application) -> list[Move]:
    """When an entry came to stand where, the newest first."""
    own = Move.objects.filter(person_id=row.person_id)
    rows = (
        own.filter(qualification=row)
        if isinstance(row, Qualification)
        else own.filter(application=row)
    )
    return list(rows.order_by("-on", "-id")[:MOST_MOVES])


def shown_parts(person: Person) -> frozenset[Part]:
    """What a person shows their mentor now."""
    found = Sharing.objects.filter(person=person).values_list("parts", flat=True).first()
    return frozenset(Part(part) for part in found or ())


def may_be_kept(person: Person) -> bool:
    """Whether the yes to mentoring, for which all this is kept, is in force."""
    return in_force(person, PURPOSE)


def closed_before(day: date) -> "QuerySet[Application, UUID]":
    """Keys of applications that were over on or before a day."""
    return Application.objects.filter(closed_on__lte=day).values_list("pk", flat=True)


def with_entries(person_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people who have written something here."""
    return {
        person_id
        for table in (Qualification, Job, Application)
        for person_id in table.objects.filter(person__in=person_ids).values_list(
            "person_id", flat=True
        )
    }


def _qualifications(person: Person) -> "QuerySet[Qualification]":
    return qualification_rows(person).order_by("-id")[:MOST_ENTRIES]


def _applications(person: Person) -> "QuerySet[Application]":
    return application_rows(person).order_by("-id")[:MOST_ENTRIES]
