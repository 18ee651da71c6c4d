"""The CV of one person, as the page and the file show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.people.models import Person, PersonLanguage
from kith.progress.permissions import near
from kith.work.models import Cv, Job, Qualification
from kith.work.permissions import KEEP_CV
from kith.work.queries.record import jobs_of, qualifications_of
from kith.work.rules import Shown

MOST_LANGUAGES = 20


@dataclass(frozen=True)
class Content:
    """Everything that stands in a CV; what the person left out is empty."""

    person: Person
    cv: Cv
    languages: Sequence[PersonLanguage]
    jobs: Sequence[Job]
    qualifications: Sequence[Qualification]


def written(person: Person) -> dict[str, date]:
    """In which languages a CV is written, and when each was last changed."""
    return dict(Cv.objects.filter(person=person).values_list("language", "changed_on"))


@reads(KEEP_CV, on="person", own=near)
def cv_of(actor: Actor, *, person: Person, language: str) -> Cv | None:
    """What was written in one language. Raises Denied, ReasonNeeded."""
    found: Cv | None = Cv.objects.filter(person=person, language=language).first()
    return found


def content(actor: Actor, *, person: Person, language: str) -> Content | None:
    """The whole CV of one language; None while none is written. Raises Denied, ReasonNeeded."""
    cv = cv_of(actor, person=person, language=language)
    if cv is None:
        return None
    shows = {Shown(one) for one in cv.shows}
    spoken = PersonLanguage.objects.filter(person=person).order_by("-level", "id")
    return Content(
        person=person,
        cv=cv,
        languages=list(spoken[:MOST_LANGUAGES]) if Shown.LANGUAGES in shows else [],
        jobs=jobs_of(person) if Shown.JOBS in shows else [],
        qualifications=qualifications_of(person) if Shown.QUALIFICATIONS in shows else [],
    )
