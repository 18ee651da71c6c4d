"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ReferralMoved:
    """A referral took a step. What was said is nobody's news."""

    referral_id: UUID
    person_id: UUID
    state: str
