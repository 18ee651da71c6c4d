"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ProgrammeOpened:
    """A programme was opened from a template."""

    programme_id: UUID


@dataclass(frozen=True)
class ProgrammeAdapted:
    """The rules of a running programme were changed; they hold from now on."""

    programme_id: UUID


@dataclass(frozen=True)
class Enrolled:
    """Someone has a place in a programme and waits from now on."""

    enrolment_id: UUID
    person_id: UUID
    side: str


@dataclass(frozen=True)
class PlaceEnded:
    """Someone's place in a programme ended."""

    enrolment_id: UUID
    person_id: UUID
