"""Facts this room announces; upper rooms listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AnswersSent:
    """Someone sent answers to a questionnaire. What they hold is nobody's news."""

    answers_id: UUID
    person_id: UUID
    programme_id: UUID
    moment: str
