"""References: whom a mentor names, what they are asked, and how long answers are kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from kith.base.content import ParticipantText, read_content

FILE = Path(__file__).parent.parent / "content" / "references.toml"

LINK_LASTS = timedelta(days=30)
KEEP_DECIDED = timedelta(days=30)
KEEP_UNANSWERED = timedelta(days=90)
# Two are usual; somebody may not answer, and then another one is named.
MOST_NAMED = 6
LONGEST_ANSWER = 1000


class State(StrEnum):
    """Where a reference stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    REFUSED = "refused"  # would rather not say anything
    COUNTS = "counts"
    COUNTS_NOT = "counts_not"


OPEN = frozenset({State.ASKED, State.ANSWERED})
DECIDED = frozenset({State.COUNTS, State.COUNTS_NOT})


@dataclass(frozen=True)
class Question:
    """One question to somebody who knows the mentor."""

    key: str
    text: ParticipantText
    help: ParticipantText


@dataclass(frozen=True)
class Questions:
    """The five questions, in one version."""

    version: str
    questions: tuple[Question, ...]


@cache
def questions() -> Questions:
    """The questions in force. Raises ContentFault with the file and the key at fault."""
    return read_content(FILE, Questions)


def link_until(today: date) -> date:
    """The last day on which a link of today opens."""
    return today + LINK_LASTS
