"""Where learners, attempts, open answers and requests stand."""

from enum import StrEnum


class SeatState(StrEnum):
    """Where somebody's way through a course stands."""

    LEARNING = "learning"
    PASSED = "passed"
    LEFT = "left"


class WorkState(StrEnum):
    """Where an open answer stands. `returned`: the trainer asks for more."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"


NEXT_WORK = {
    WorkState.DRAFT: {WorkState.HANDED_IN},
    WorkState.HANDED_IN: {WorkState.RETURNED, WorkState.ACCEPTED},
    WorkState.RETURNED: {WorkState.HANDED_IN},
    WorkState.ACCEPTED: frozenset(),
}


class Judged(StrEnum):
    """What a trainer says of one thing to look for in an answer about a made-up story."""

    THERE = "there"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class VersionState(StrEnum):
    """Where one wording of a course stands; what was in use once never changes again."""

    DRAFT = "draft"
    IN_USE = "in_use"
    BEFORE = "before"


class PartKind(StrEnum):
    MODULE = "module"
    VIGNETTE = "vignette"


class HoursKind(StrEnum):
    """What keeps a certificate for the sheet valid."""

    REFRESHER = "refresher"
    SUPERVISION = "supervision"


class Revoked(StrEnum):
    """Why a certificate holds no more."""

    MISTAKE = "mistake"
    OWN_WISH = "own_wish"
    REPLACED = "replaced"
    CONDUCT = "conduct"


class BroughtState(StrEnum):
    """Where a certificate from elsewhere stands: whether somebody said that it is its holder's."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"


class RequestState(StrEnum):
    """Where an organisation's request for a training stands."""

    NEW = "new"
    ANSWERED = "answered"
    CLOSED = "closed"
