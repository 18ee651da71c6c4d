"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Accepted:
    """Somebody who knocked is a person of the organisation now, with a place in a programme."""

    application_id: UUID
    person_id: UUID
    side: str
