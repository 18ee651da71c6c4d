"""What may stand on a paper. All of it is text and pictures: nothing here is markup.

A sentence of Kith's own is plain text in the language of the paper. What people wrote themselves is
`written(…)`: it keeps its line breaks and runs in the direction of its own first letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kith.web.words import Text

# plain; lead: the opening; quiet: small print; said: somebody's own words, set apart
Tone = Literal["plain", "lead", "quiet", "said"]
Align = Literal["start", "end"]


@dataclass(frozen=True)
class Written:
    """What somebody wrote themselves, in whatever language and direction."""

    text: str


Words = Text | Written


def written(text: object) -> Written:
    """Words of a person: names, answers, notes."""
    return Written(str(text))


@dataclass(frozen=True)
class Heading:
    """level 2 opens a section, level 3 a part of it."""

    text: Words
    level: Literal[2, 3] = 2


@dataclass(frozen=True)
class Paragraph:
    text: Words
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    items: Sequence[Words]


@dataclass(frozen=True)
class Tick:
    """A box before a sentence, ticked or open."""

    text: Words
    is_ticked: bool = False


@dataclass(frozen=True)
class Ticks:
    items: Sequence[Tick]


@dataclass(frozen=True)
class Facts:
    """Short facts: what, and what about it."""

    items: Sequence[tuple[Words, Words]]


@dataclass(frozen=True)
class Picture:
    """A drawing of Kith's own as SVG, or a picture as PNG. alt says what is seen."""

    content: bytes
    kind: Literal["svg", "png"]
    alt: Text
    width_mm: float = 60


@dataclass(frozen=True)
class Ladder:
    """The five steps of one domain as the pages draw them; says is read aloud.

    now, before  places on the ladder, 1 to 5; None where nothing was chosen
    """

    says: Text
    now: int | None
    before: int | None = None
    width_mm: float = 34


Cell = Words | Picture | Ladder


@dataclass(frozen=True)
class Column:
    """width is its share of the line; numbers stand at the end of their column."""

    title: Words
    width: float = 1
    align: Align = "start"


@dataclass(frozen=True)
class Table:
    """Rows under headings that are repeated on each page; empty_rows are there to write in."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    empty_rows: int = 0

    def __post_init__(self) -> None:
        rows = [*self.rows, *([self.total] if self.total else [])]
        if any(len(row) != len(self.columns) for row in rows):
            raise ValueError("every row of a paper's table has one cell for each column")


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on by hand."""

    number: int = 3
    label: Words = ""


@dataclass(frozen=True)
class SignatureLine:
    """Who signs here. The signature is a drawn picture, a typed name, or a line still empty."""

    name: Words
    note: Words = ""
    drawn: bytes = b""
    typed: str = ""


@dataclass(frozen=True)
class Signatures:
    places: Sequence[SignatureLine]


Part = Heading | Paragraph | Bullets | Ticks | Facts | Table | Lines | Picture | Signatures


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper: who gives it out, in which language, of which day, and what stands on it.

    The title is read aloud first and stands in the properties of the file, so it names the kind of
    paper; a person's name belongs into the context below it. Without an organisation it is a
    person's own paper, such as a CV: the context stands as its heading, and nothing of ours.
    """

    title: Words
    language: str
    organisation: str
    on: date
    parts: Sequence[Part]
    context: Words = ""
    note: Words = ""
