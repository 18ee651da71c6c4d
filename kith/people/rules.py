"""Words and limits of the people room, as data."""

from enum import StrEnum

from kith.methods.tables.targets import AGE_BANDS, CHANNELS, CHILD_BANDS, DAYS, PARTS, SLOTS

__all__ = ["AGE_BANDS", "CHANNELS", "CHILD_BANDS", "DAYS", "LEVELS", "PARTS", "SLOTS"]

LEVELS = (1, 2, 3, 4, 5)


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


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    STORED = "stored"
    UNDONE = "undone"
