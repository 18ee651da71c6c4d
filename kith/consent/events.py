"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ConsentDecided:
    """Someone said yes or no to a purpose, or took a yes back. It holds from this moment."""

    person_id: UUID
    purpose: str
    state: str  # given | refused | withdrawn
