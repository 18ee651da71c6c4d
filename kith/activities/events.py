"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ActivityMoved:
    """An activity has another time or place, or is called off: these people wanted to come."""

    activity_id: UUID
    person_ids: Sequence[UUID]


@dataclass(frozen=True)
class PlaceFound:
    """Somebody who waited for a place can come now."""

    activity_id: UUID
    person_id: UUID
