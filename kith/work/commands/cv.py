"""The CV: only what the person wrote, in each language by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.models import Person
from kith.work.commands.shared import require_consent
from kith.work.models import Cv
from kith.work.permissions import KEEP_CV
from kith.work.rules import Shown


@dataclass(frozen=True)
class InOwnWords:
    """What someone wrote about themselves, and what shall stand beside it."""

    contact: str
    about: str
    skills: str
    shows: Collection[Shown]


@command(KEEP_CV, on="person")
def write_cv(actor: Actor, *, person: Person, language: str, words: InOwnWords, today: date) -> Cv:
    """Write the CV of one language. Raises ConsentMissing."""
    require_consent(person)
    row = Cv.objects.filter(person=person, language=language).first()
    row = row or Cv(person=person, language=language)
    row.contact, row.about, row.skills = (
        words.contact.strip(),
        words.about.strip(),
        words.skills.strip(),
    )
    row.shows = [one.value for one in Shown if one in words.shows]
    row.changed_on = today
    row.save()
    return row


@command(KEEP_CV, on="person")
def remove_cv(actor: Actor, *, person: Person, language: str) -> None:
    """Take the CV of one language out for good."""
    Cv.objects.filter(person=person, language=language).delete()
