"""Facts that mentoring announces. Rooms above listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class CareReminded:
    """One side of a match is reminded of something today: by a line here, by e-mail above.

    reason  no_first_meeting, quiet or check; nothing about a person is in it
    """

    match_id: UUID
    person_id: UUID
    reason: str
    side: str
    at: datetime


@dataclass(frozen=True)
class MeetingChanged:
    """A meeting was planned, moved or called off; its row says which, and its sequence.

    user_id  whoever did it
    """

    meeting_id: UUID
    match_id: UUID
    user_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class MeetingAnswered:
    """Someone of a match said whether they come."""

    meeting_id: UUID
    match_id: UUID
    person_id: UUID
    at: datetime
