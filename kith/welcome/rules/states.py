"""Where an application stands, whose turn it is, and by when. Data and pure functions."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from kith.people.rules import Side


class State(StrEnum):
    """Where it stands."""

    RECEIVED = "received"  # it is our turn
    ASKED = "asked"  # we asked something back
    PLANNED = "planned"  # a talk has its day
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # no answer to our question, and the time is over


NEXT: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset(
        {State.ASKED, State.PLANNED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN}
    ),
    State.ASKED: frozenset(
        {
            State.RECEIVED,
            State.ASKED,
            State.PLANNED,
            State.ACCEPTED,
            State.DECLINED,
            State.WITHDRAWN,
            State.LAPSED,
        }
    ),
    State.PLANNED: frozenset(
        {
            State.RECEIVED,
            State.ASKED,
            State.PLANNED,
            State.ACCEPTED,
            State.DECLINED,
            State.WITHDRAWN,
        }
    ),
    State.ACCEPTED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.LAPSED: frozenset(),
}
OPEN = frozenset(state for state, following in NEXT.items() if following)
# Who looks for a mentor is never told that the time is over: we call.
MAY_LAPSE = frozenset({Side.MENTOR})

ANSWER_WITHIN = {Side.PARTICIPANT: timedelta(days=7), Side.MENTOR: timedelta(days=14)}
THEIR_TIME = timedelta(days=30)
AFTER_A_TALK = timedelta(days=7)

KEEP_WITHDRAWN = timedelta(days=7)
KEEP_DECIDED = timedelta(days=90)
KEEP_UNTOUCHED = timedelta(days=365)


def may_become(present: State, wanted: State) -> bool:
    """Whether the one state follows from the other."""
    return wanted in NEXT[present]


def due_on(state: State, side: Side, *, today: date, talk: date | None = None) -> date | None:
    """By when the next move is promised: ours, or after a question theirs. None when it is over."""
    if state is State.RECEIVED:
        return today + ANSWER_WITHIN[side]
    if state is State.ASKED:
        return today + THEIR_TIME
    if state is State.PLANNED:
        return (talk or today) + AFTER_A_TALK
    return None


def is_our_turn(state: State, *, talk: date | None, today: date) -> bool:
    """Whether a coordinator has to do something now; on the day of a talk it is so."""
    if state is State.PLANNED:
        return talk is not None and talk <= today
    return state is State.RECEIVED


def talk_is_over(talk_at: datetime, now: datetime) -> bool:
    """Whether a talk has begun or lies behind."""
    return talk_at <= now


class AskedBy(StrEnum):
    """Who writes: the person, someone who helps them, or an organisation."""

    SELF = "self"
    HELPER = "helper"
    ORGANISATION = "organisation"


class Agreed(StrEnum):
    """How the person said that they know of the request and want it."""

    HERE = "here"  # they sit beside whoever writes
    TOLD = "told"
    WROTE = "wrote"


class Deed(StrEnum):
    """One thing that happened, as the history tells it."""

    RECEIVED = "received"
    QUESTION = "question"
    ANSWER = "answer"
    INVITED = "invited"
    COMING = "coming"
    OTHER_TIME = "other_time"
    NOTE = "note"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


# What stays between coordinators; everything else the person reads too.
INSIDE = frozenset({Deed.NOTE})
