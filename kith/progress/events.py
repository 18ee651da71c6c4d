"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class MapBegun:
    """Someone began a domain map. Which steps were chosen is nobody's news."""

    map_id: UUID
    person_id: UUID
