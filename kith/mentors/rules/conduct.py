"""The code of conduct of mentors: the text of the house, and the organisation's own sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from kith.base.content import ParticipantSentences, ParticipantText, read_content

FILE = Path(__file__).parent.parent / "content" / "conduct.toml"

# Whoever accepted an earlier edition has this long to read the new one; until then it counts.
GRACE = timedelta(days=30)
MOST_SENTENCES, LONGEST_SENTENCE = 12, 300
SHOWN_FIRST = "en"


@dataclass(frozen=True)
class HouseConduct:
    """The text that comes with Kith, in one version."""

    version: str
    title: ParticipantText
    why: ParticipantText
    sentences: ParticipantSentences


@cache
def house_conduct() -> HouseConduct:
    """The text of the house. Raises ContentFault with the file and the key at fault."""
    return read_content(FILE, HouseConduct)


def edition_of(own_number: int) -> str:
    """What an edition is called: the version of the house, and the number of the own words."""
    version = house_conduct().version
    return f"{version}.{own_number}" if own_number else version


def sentences_of(text: str) -> list[str]:
    """One sentence a line, as someone wrote them below each other."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


def own_in(own: Mapping[str, Iterable[str]], language: str) -> tuple[str, ...]:
    """The own sentences in a language, or in the first one they were written in."""
    found = own.get(language) or own.get(SHOWN_FIRST) or next(iter(own.values()), ())
    return tuple(found)
