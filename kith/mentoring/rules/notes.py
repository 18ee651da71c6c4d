"""What is noted of a meeting and of a talk. There is no field for a worry in either."""

from dataclasses import dataclass
from datetime import date

from kith.mentoring.rules.states import USUAL_MINUTES, PauseReason, TalkWay
from kith.mentoring.rules.texts import Way
from kith.people.rules import Side


@dataclass(frozen=True, kw_only=True)
class MeetingNote:
    """When, how long, how, about which areas, and what comes next."""

    held_on: date
    minutes: int = USUAL_MINUTES
    way: str = Way.IN_PERSON.value
    topics: tuple[str, ...] = ()
    next_step: str = ""


@dataclass(frozen=True)
class TalkNote:
    """The coordinator asked one side how it is going; `reached` is false when nobody answered.

    note      what was agreed as the next step
    again_on  the day for which the next call was agreed
    """

    side: Side
    on: date
    way: TalkWay
    reached: bool = True
    note: str = ""
    again_on: date | None = None


@dataclass(frozen=True)
class PauseNote:
    """Why and since when a match rests, until when if that is known, and when somebody asks."""

    reason: PauseReason
    from_on: date
    until_on: date | None
    review_on: date
