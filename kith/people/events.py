"""Facts this room announces. Upper rooms listen in their wiring; all in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class PersonAdded:
    """Someone was written down, on one side of mentoring."""

    person_id: UUID
    side: str


@dataclass(frozen=True)
class PersonErased:
    """Everything this room knew of someone is gone; upper rooms let go of theirs now."""

    person_id: UUID


@dataclass(frozen=True)
class PeopleImported:
    """Some rows of a list went in. A long list announces this several times, part by part.

    persons  keys of new persons, with the day since when each has been waiting, if the list says
    """

    batch_id: UUID
    kind: str
    persons: Sequence[tuple[UUID, date | None]]


@dataclass(frozen=True)
class ImportUndoAsked:
    """An import is being taken back. Upper rooms remove what they made of the import alone, and
    put persons on whom someone has worked since into `stays`, with the reason in words."""

    batch_id: UUID
    person_ids: Sequence[UUID]
    stays: dict[UUID, str | Promise] = field(default_factory=dict)
