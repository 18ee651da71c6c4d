"""Words and limits of the people room, as data."""

from enum import StrEnum

from kith.methods.tables.targets import AGE_BANDS, CHANNELS, CHILD_BANDS, DAYS, PARTS, SLOTS
from kith.methods.tables.topics import TOPICS

__all__ = [
    "AGE_BANDS",
    "BIG_LIST_ROWS",
    "BUSY",
    "CHANNELS",
    "CHECK_WARNING_DAYS",
    "CHILD_BANDS",
    "DAYS",
    "GROUP_ROLES",
    "INTERESTS",
    "LEVELS",
    "NEXT_IMPORT_STATES",
    "OPEN",
    "PARTS",
    "ROWS_AT_ONCE",
    "SLOTS",
    "TOPICS",
    "CheckKind",
    "Choice",
    "Gender",
    "GenderWish",
    "ImportKind",
    "ImportState",
    "InProgrammes",
    "RowState",
    "Side",
]

LEVELS = (1, 2, 3, 4, 5)


class Side(StrEnum):
    """The two sides of mentoring. Someone may be on both."""

    PARTICIPANT = "participant"
    MENTOR = "mentor"


class InProgrammes(StrEnum):
    """Where someone stands in all programmes together, on one side."""

    NOWHERE = "nowhere"
    WAITING = "waiting"
    HELD = "held"


class GenderWish(StrEnum):
    """A participant's own wish about the mentor."""

    NONE = "none"
    WOMAN = "woman"
    MAN = "man"


class Gender(StrEnum):
    """A mentor's own, voluntary word, kept only because participants may wish."""

    UNSAID = "unsaid"
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class CheckKind(StrEnum):
    """What is looked at before a mentor meets anyone."""

    IDENTITY = "identity"
    REFERENCES = "references"
    RECORD_CHECK = "record_check"
    INTERVIEW = "interview"
    CODE_OF_CONDUCT = "code_of_conduct"
    TRAINING = "training"
    CHILD_WORK_CHECK = "child_work_check"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    MONEY_RULES = "money_rules"


class ImportKind(StrEnum):
    """Which list is brought in."""

    PARTICIPANTS = "participants"
    MENTORS = "mentors"


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"  # the file is read; someone looks at the columns
    CHECKING = "checking"
    CHECKED = "checked"  # someone looks at what would be stored
    STORING = "storing"
    STOPPED = "stopped"
    STORED = "stored"
    UNDOING = "undoing"
    UNDONE = "undone"


NEXT_IMPORT_STATES: dict[ImportState, frozenset[ImportState]] = {
    ImportState.UPLOADED: frozenset({ImportState.CHECKING}),
    ImportState.CHECKING: frozenset({ImportState.CHECKED}),
    ImportState.CHECKED: frozenset({ImportState.CHECKING, ImportState.STORING}),
    ImportState.STORING: frozenset({ImportState.STORED, ImportState.STOPPED}),
    ImportState.STOPPED: frozenset({ImportState.STORING, ImportState.UNDOING}),
    ImportState.STORED: frozenset({ImportState.UNDOING}),
    ImportState.UNDOING: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
}
BUSY = frozenset({ImportState.CHECKING, ImportState.STORING, ImportState.UNDOING})
OPEN = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.STOPPED})


class RowState(StrEnum):
    """Where a row of a list stands."""

    READY = "ready"
    CORRECT = "correct"
    DONE = "done"


class Choice(StrEnum):
    """What shall become of a row."""

    NEW = "new"  # a new person
    SAME = "same"  # the same person as one already known: fill in what is empty
    KNOWN = "known"  # this very row came in with an earlier list
    LEAVE = "leave"  # left out by hand


BIG_LIST_ROWS = 1_000  # longer lists are worked on behind the page
ROWS_AT_ONCE = 500
CHECK_WARNING_DAYS = 30

INTERESTS = (
    "sport",
    "walking",
    "cooking",
    "music",
    "singing",
    "films",
    "reading",
    "crafts",
    "gardening",
    "games",
    "travel",
    "nature",
    "computers",
    "photos",
    "theatre",
    "repairs",
)
GROUP_ROLES = ("housing", "money", "health", "school", "transport", "welcome", "language")
