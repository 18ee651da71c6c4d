"""What is noted of a meeting. There is no field for a worry: that goes to the coordinator."""

from dataclasses import dataclass
from datetime import date

from kith.mentoring.rules.states import USUAL_MINUTES
from kith.mentoring.rules.texts import Way


@dataclass(frozen=True, kw_only=True)
class MeetingNote:
    """When, how long, how, about which areas, and what comes next."""

    held_on: date
    minutes: int = USUAL_MINUTES
    way: str = Way.IN_PERSON.value
    topics: tuple[str, ...] = ()
    next_step: str = ""
