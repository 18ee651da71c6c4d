"""States of matches, meetings and goals, and the limits of what is noted, as data."""

from enum import StrEnum


class MatchState(StrEnum):
    STARTING = "starting"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Coming(StrEnum):
    """What someone says to a planned meeting."""

    YES = "yes"
    NO = "no"


class GoalState(StrEnum):
    ACTIVE = "active"
    REACHED = "reached"
    LET_GO = "let_go"


class ChosenBy(StrEnum):
    """Who chose a goal. A mentor alone never does."""

    PARTICIPANT = "participant"
    TOGETHER = "together"


class Who(StrEnum):
    """Who takes a small step."""

    PARTICIPANT = "participant"
    MENTOR = "mentor"
    BOTH = "both"
    COORDINATOR = "coordinator"


class TalkWay(StrEnum):
    """How the coordinator and one of the two talked."""

    CALL = "call"
    IN_PERSON = "in_person"
    VIDEO = "video"
    MESSAGE = "message"


class PauseReason(StrEnum):
    """Why a match rests. Nobody is asked for more than this."""

    AWAY = "away"
    ILLNESS = "illness"
    WORK = "work"
    FAMILY = "family"
    MOVING = "moving"
    WISH = "wish"
    OTHER = "other"


class CloseReason(StrEnum):
    """Why a match ends. Nobody is asked for more than this."""

    PLANNED_END = "planned_end"
    GOALS_REACHED = "goals_reached"
    WISH_OF_PARTICIPANT = "wish_of_participant"
    WISH_OF_MENTOR = "wish_of_mentor"
    MOVED_AWAY = "moved_away"
    NO_CLICK = "no_click"
    NO_TIME = "no_time"
    NO_CONTACT = "no_contact"
    OTHER = "other"


NEXT: dict[MatchState, frozenset[MatchState]] = {
    MatchState.STARTING: frozenset({MatchState.ACTIVE, MatchState.PAUSED, MatchState.CLOSED}),
    MatchState.ACTIVE: frozenset({MatchState.PAUSED, MatchState.CLOSED}),
    MatchState.PAUSED: frozenset({MatchState.STARTING, MatchState.ACTIVE, MatchState.CLOSED}),
    MatchState.CLOSED: frozenset(),
}

NEXT_MEETING: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset(
        {MeetingState.HELD, MeetingState.MISSED, MeetingState.CANCELLED}
    ),
    MeetingState.HELD: frozenset(),
    MeetingState.MISSED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}

RUNNING = frozenset({MatchState.STARTING, MatchState.ACTIVE, MatchState.PAUSED})
"""Matches that take up a mentor's place."""
WATCHED = frozenset({MatchState.STARTING, MatchState.ACTIVE})
"""Matches that meet; a pause is a pause."""

SHORTEST_MINUTES, LONGEST_MINUTES = 1, 600
USUAL_MINUTES = 60
MINUTES_AT_A_TAP = (30, 60, 90, 120)
"""What one taps on a phone after a meeting."""
MOST_GOALS = 3
MOST_STEPS = 12
FARTHEST_PLAN_DAYS = 365
LONGEST_PAUSE_DAYS = 180
FARTHEST_CALL_DAYS = 90


def lengths_at_a_tap(usual: int) -> list[int]:
    """Lengths of a meeting that one taps, in minutes: the common ones and the usual one here."""
    return sorted({usual, *MINUTES_AT_A_TAP})
