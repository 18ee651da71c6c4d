"""Where questionnaires come from, who reads answers, and the states they go through."""

from enum import StrEnum

PURPOSE = "mentoring"
"""Answers are kept for this purpose."""
STATISTICS = "statistics"
"""Answers that nobody reads with a name are counted only for those who agreed to this."""
COUNTED_FROM = 10
"""Answers that nobody reads with a name leave this room when at least so many people answered."""


class Source(StrEnum):
    """Where the questions come from."""

    PACK = "pack"
    FILE = "file"
    WRITTEN = "written"


class VersionState(StrEnum):
    """A version is changed while it is a draft, and never again."""

    DRAFT = "draft"
    READY = "ready"


class Readers(StrEnum):
    """Who reads the answers, beside the person who gave them."""

    COORDINATOR = "coordinator"
    NOBODY = "nobody"


class AnswersState(StrEnum):
    """Answers are open until they are sent; who would rather not leaves nothing behind."""

    OPEN = "open"
    SENT = "sent"
    DECLINED = "declined"
