"""What is noted of a meeting and of a talk. There is no field for a worry in either."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kith.mentoring.rules.states import USUAL_MINUTES, PauseReason, TalkWay
from kith.mentoring.rules.texts import Way
from kith.people.rules import Side


@dataclass(frozen=True, kw_only=True)
class MeetingNote:
    """When, how long, how, about which areas, and what comes next.

    present  the members who were there; None for everybody
    """

    held_on: date
    minutes: int = USUAL_MINUTES
    way: str = Way.IN_PERSON.value
    topics: tuple[str, ...] = ()
    next_step: str = ""
    interpreter_came: bool = False
    present: frozenset[UUID] | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingPlan:
    """When and for how long people of a match want to meet, how, and where.

    place  an address or a link; may be empty
    """

    at: datetime
    minutes: int = USUAL_MINUTES
    way: str = Way.IN_PERSON.value
    place: str = ""
    interpreter_wanted: bool = False


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
