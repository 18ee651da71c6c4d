"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class BookingMoved:
    """A booking took a step."""

    booking_id: UUID
    person_id: UUID
    state: str
